"""A real server on loopback and the official client against it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import grpc
from alphagenome.data import genome
from alphagenome.models import dna_client
from alphagenome.protos.v1 import dna_model_service_pb2_grpc

from genoview.data.genome import Interval
from genoview.runtime.workbench import Workbench
from genoview.server.app import Options, Server

O = dna_client.OutputType  # noqa: E741
START = 42_984_000  # of the demo's chr20; a multiple of every model's bin
WINDOW = genome.Interval("chr20", START, START + dna_client.SEQUENCE_LENGTH_16KB)
OURS = Interval("chr20", START, START + dna_client.SEQUENCE_LENGTH_16KB)
SNV = genome.Variant("chr20", 42_992_264, "C", "A")
EVERYTHING = {"requested_outputs": list(O), "ontology_terms": None}


def client_of(port: int, metadata: Sequence[tuple[str, str]] = ()) -> dna_client.DnaClient:
    """The official client with its channel as it comes."""
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    return dna_client.DnaClient(channel=channel, metadata=metadata)


@contextmanager
def serving(
    bench: Workbench, *models: str, **options: Any
) -> Iterator[tuple[Server, dna_client.DnaClient]]:
    """A server of the models, and a client of it."""
    server = Server(bench, Options(models, port=0, **options))
    server.start()
    try:
        yield server, client_of(server.port)
    finally:
        server.stop(0)


def stub_of(port: int) -> dna_model_service_pb2_grpc.DnaModelServiceStub:
    """The calls without the client's own checks and without its tries again."""
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    return dna_model_service_pb2_grpc.DnaModelServiceStub(channel)
