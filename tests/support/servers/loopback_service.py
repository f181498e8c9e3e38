"""An AlphaGenome service on the loopback: the protocol is real, the numbers can be worked out.

A bin's value in track t is (t + 1) * the share of G in it.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import numpy as np
import pandas as pd
from alphagenome.data import genome, junction_data, track_data
from alphagenome.models.v1 import junction_data_utils, track_data_utils
from alphagenome.protos import tensor_pb2
from alphagenome.protos.v1 import (
    dna_model_pb2,
    dna_model_service_pb2,
    dna_model_service_pb2_grpc,
)

ZSTD = tensor_pb2.CompressionType.COMPRESSION_TYPE_ZSTD
RESOLUTIONS = {"CHIP_TF": 128, "CHIP_HISTONE": 128, "CONTACT_MAPS": 2048}
LIVER = {"curie": "UBERON:0001114", "name": "right liver lobe"}
BRAIN = {"curie": "UBERON:0000955", "name": "brain"}
CHUNK_BYTES = 100_000
JUNCTION = (100, 900)  # of every sequence
LONG_S = 20.0


def table(name: str) -> pd.DataFrame:
    """Metadata of one output: two tissues, two strands where the assay has strands."""
    if name == "SPLICE_SITES":
        return pd.DataFrame({"name": ["donor", "acceptor"] * 2, "strand": ["+", "+", "-", "-"]})
    stranded = name in ("RNA_SEQ", "CAGE", "PROCAP", "SPLICE_SITE_USAGE")
    factor = {"CHIP_TF": "transcription_factor", "CHIP_HISTONE": "histone_mark"}.get(name)
    rows = []
    for tissue in (LIVER, BRAIN):
        for code in ("CTCF", "HNF4A") if factor else ("",):
            for strand in "+-" if stranded else ".":
                rows.append(
                    {
                        "name": f"{tissue['curie']} {name} {code}".strip(),
                        "strand": strand,
                        "ontology_curie": tissue["curie"],
                        "biosample_name": tissue["name"],
                        "biosample_type": "tissue",
                        "Assay title": f"total {name}",
                    }
                    | ({factor: code} if factor else {})
                )
    found = pd.DataFrame(rows)
    return found.drop(columns="strand") if name == "SPLICE_JUNCTIONS" else found


def shares(sequence: str, resolution: int) -> np.ndarray:
    is_g = np.frombuffer(sequence.encode(), np.uint8) == ord("G")
    return is_g.reshape(-1, resolution).mean(axis=1).astype(np.float32)


class Service(dna_model_service_pb2_grpc.DnaModelServiceServicer):
    """Answers `GetMetadata` and `PredictSequence`; fails as `faults` says, first one first."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.n_asked = 0
        self.faults: list[grpc.StatusCode] = []
        self.sequences: list[str] = []
        self.asked: list[list[str]] = []  # names of outputs, request by request
        self.terms: list[int] = []  # how many, request by request
        self.hold = False
        self.begun, self.gone = threading.Event(), threading.Event()

    def GetMetadata(self, request, context):  # noqa: N802
        self._check(context)
        kinds = dna_model_pb2.OutputType
        for name in kinds.keys():  # noqa: SIM118
            short = name.removeprefix("OUTPUT_TYPE_")
            if short == "UNSPECIFIED":
                continue
            if short == "SPLICE_JUNCTIONS":
                told = {"junctions": junction_data_utils.metadata_to_proto(table(short))}
            else:
                told = {"tracks": track_data_utils.metadata_to_proto(table(short))}
            one = dna_model_pb2.OutputMetadata(output_type=kinds.Value(name), **told)
            yield dna_model_service_pb2.MetadataResponse(output_metadata=[one])

    def PredictSequence(self, requests, context):  # noqa: N802
        self._check(context)
        request = next(requests)
        self.sequences.append(request.sequence)
        names = [
            dna_model_pb2.OutputType.Name(kind).removeprefix("OUTPUT_TYPE_")
            for kind in request.requested_outputs
        ]
        self.asked.append(names)
        self.terms.append(len(request.ontology_terms))
        if self.hold:
            context.add_callback(self.gone.set)
            self.begun.set()
            self.gone.wait(LONG_S)
            return
        wanted = {term.id for term in request.ontology_terms}
        for name in names:
            yield from self._output(name, request.sequence, wanted)

    def _output(self, name: str, sequence: str, wanted: set[int]) -> Iterator[object]:
        metadata = table(name)
        if wanted and "ontology_curie" in metadata:
            ids = metadata["ontology_curie"].str.partition(":")[2].astype(int)
            metadata = metadata[ids.isin(wanted)].reset_index(drop=True)
        scale = np.arange(1, len(metadata) + 1, dtype=np.float32)
        packing = {"bytes_per_chunk": CHUNK_BYTES, "compression_type": ZSTD}
        if name == "SPLICE_JUNCTIONS":
            found = np.array([genome.Interval("", *JUNCTION, "+")])
            data = junction_data.JunctionData(found, scale[None, :], metadata)
            proto, chunks = junction_data_utils.to_protos(data, **packing)
            told = {"junction_data": proto}
        else:
            resolution = RESOLUTIONS.get(name, 1)
            values = shares(sequence, resolution)
            if name == "CONTACT_MAPS":
                values = values[:, None] + values[None, :]
            data = track_data.TrackData(values[..., None] * scale, metadata, resolution)
            proto, chunks = track_data_utils.to_protos(data, **packing)
            told = {"track_data": proto}
        kind = dna_model_pb2.OutputType.Value(f"OUTPUT_TYPE_{name}")
        answer = dna_model_service_pb2.PredictSequenceResponse
        yield answer(output=dna_model_pb2.Output(output_type=kind, **told))
        for chunk in chunks:
            yield answer(tensor_chunk=chunk)

    def _check(self, context) -> None:
        self.n_asked += 1
        sent = dict(context.invocation_metadata()).get("x-goog-api-key", "")
        if sent != self.key:
            context.abort(grpc.StatusCode.UNAUTHENTICATED, f"the key {sent} is not known")
        if self.faults:
            context.abort(self.faults.pop(0), f"as the test wants, with {sent}")


def serve(
    service: Service, credentials: grpc.ServerCredentials | None = None
) -> tuple[grpc.Server, str]:
    """The server, started, and its address; with credentials it speaks TLS."""
    server = grpc.server(
        ThreadPoolExecutor(4),
        options=[("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)],
    )
    dna_model_service_pb2_grpc.add_DnaModelServiceServicer_to_server(service, server)
    if credentials is None:
        port = server.add_insecure_port("127.0.0.1:0")
    else:
        port = server.add_secure_port("localhost:0", credentials)
    server.start()
    return server, f"{'127.0.0.1' if credentials is None else 'localhost'}:{port}"
