"""The loopback service with scorers: value and quantile of track t are worked out by hand.

Each scorer has tracks of the liver and of the brain; those of genes have two genes. Score of row r
and track t is 10 * r + t + 1, its quantile the same over 100.
"""

from concurrent.futures import ThreadPoolExecutor

import grpc
import numpy as np
from alphagenome import tensor_utils
from alphagenome.models.v1 import track_data_utils
from alphagenome.protos.v1 import (
    dna_model_pb2,
    dna_model_service_pb2,
    dna_model_service_pb2_grpc,
)
from grpc_health.v1 import health, health_pb2_grpc

from genoview.models.alphagenome.server_identity import GENOME_HEADER, MODELS_HEADER
from genoview.server.identity import Introduction
from tests.support.servers.loopback_service import Service, table

GENES = ("HNF4A", "ADA")
OF_GENES = ("gene_mask", "gene_mask_splicing", "gene_mask_active")
OUTPUT_FIELD = "requested_output"


class ScoringService(Service):
    """Answers `ScoreVariant` too; without quantiles where `has_quantiles` is False."""

    has_quantiles = True

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.scored: list[object] = []  # requests

    def ScoreVariant(self, requests, context):  # noqa: N802
        self._check(context)
        request = next(requests)
        self.scored.append(request)
        if self.hold:
            context.add_callback(self.gone.set)
            self.begun.set()
            self.gone.wait(20)
            return
        for scorer in request.variant_scorers:
            yield self._scores(scorer, request.variant)

    def _scores(self, scorer, variant):
        kind = scorer.WhichOneof("scorer")
        own = getattr(scorer, kind)
        output = getattr(own, OUTPUT_FIELD, dna_model_pb2.OUTPUT_TYPE_RNA_SEQ)
        name = dna_model_pb2.OutputType.Name(output).removeprefix("OUTPUT_TYPE_")
        metadata = track_data_utils.metadata_to_proto(table(name)).metadata
        genes = GENES if kind in OF_GENES else ()
        rows = np.arange(max(len(genes), 1), dtype=np.float32)[:, None] * 10
        raw = rows + np.arange(1, len(metadata) + 1, dtype=np.float32)
        values = np.stack([raw, raw / 100]) if self.has_quantiles else raw[None]
        tensor, chunks = tensor_utils.pack_tensor(values, bytes_per_chunk=0)
        assert not chunks
        told = dna_model_pb2.VariantMetadata(
            variant=variant,
            track_metadata=metadata,
            gene_metadata=[
                dna_model_pb2.GeneScorerMetadata(
                    gene_id=f"ENSG0{i}.1",
                    name=gene,
                    strand=dna_model_pb2.STRAND_POSITIVE,
                )
                for i, gene in enumerate(genes)
            ],
        )
        data = dna_model_pb2.VariantData(values=tensor, metadata=told)
        return dna_model_service_pb2.ScoreVariantResponse(
            output=dna_model_pb2.ScoreVariantOutput(variant_data=data)
        )


class RefusingService(ScoringService):
    """Has no scorers."""

    def ScoreVariant(self, requests, context):  # noqa: N802
        self.scored.append(next(requests))
        context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "the quota of today is used up")


def serve_named(service: Service, genome: str = "GRCh37") -> tuple[grpc.Server, str]:
    """The server, started, which says which genome it has, and its address."""
    headers = ((MODELS_HEADER, "0123456789abcdef"), (GENOME_HEADER, genome))
    server = grpc.server(ThreadPoolExecutor(4), interceptors=[Introduction(headers)])
    dna_model_service_pb2_grpc.add_DnaModelServiceServicer_to_server(service, server)
    health_pb2_grpc.add_HealthServicer_to_server(health.HealthServicer(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, f"127.0.0.1:{port}"
