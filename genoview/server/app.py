"""Options -> a running server -> its end."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import grpc
from alphagenome.protos.v1 import dna_model_service_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from genoview.errors import SettingsError
from genoview.runtime.workbench import Workbench
from genoview.server.access import KeyCheck
from genoview.server.health import Health
from genoview.server.identity import Headers, Introduction, headers_of
from genoview.server.limits import MAX_MESSAGE_BYTES, Limits
from genoview.server.metrics import ByteCount, Metrics
from genoview.server.output_types import OutputTypes
from genoview.server.protocol import Packing
from genoview.server.runner import Runner
from genoview.server.service import NAME, Service
from genoview.server.tracks_served import ServedTracks

KEEPALIVE_MS = 60_000
LAST_WORDS_S = 1.0  # in which the status of the last call is sent
SPARE_CALLS = 8  # beyond the queue's length: to be refused in words, and to ask for health


@dataclass(frozen=True, slots=True)
class Options:
    """How a server is reached, and by whom.

    Attributes:
        assembly: name of a genome; empty for the embedded one.
        port: 0 for any that is free.
        metrics_port: None for no metrics.
        key: callers must send; empty for none.
        credentials: for TLS; None for plain text.
    """

    models: tuple[str, ...]
    assembly: str = ""
    host: str = "127.0.0.1"
    port: int = 50051
    metrics_port: int | None = None
    key: str = ""
    credentials: grpc.ServerCredentials | None = None
    limits: Limits = field(default_factory=Limits)
    packing: Packing = field(default_factory=Packing)


class Server:
    """Answers from `start` to `stop`; models and genome are loaded when it is made.

    Attributes:
        port, metrics_port: that were taken.
        asks_for_key: of its callers.
        outputs: what is offered.
    """

    def __init__(self, bench: Workbench, options: Options) -> None:
        """Raises: GenoviewError: a model, the genome or a port cannot be had."""
        assembly = bench.assembly(options.assembly)
        backends = {name: bench.backend(name) for name in options.models}
        self.outputs = OutputTypes(backends.values())
        if not self.outputs.columns:
            raise SettingsError("None of these models has a track that the protocol has room for.")
        self.asks_for_key = bool(options.key)
        self.metrics = Metrics()
        self.metrics_port: int | None = None
        self._end_metrics: Callable[[], None] | None = None
        self._health = Health()
        self._server = self._made(options, headers_of(backends.values(), assembly))
        # Answers stay at hand as far as those that are sent may go; the others are in the cache.
        bench.queue.keep(max(options.limits.held_bytes // options.limits.answer_bytes, 1))
        served = ServedTracks(Runner(bench, assembly.name, backends), self.outputs, options.limits)
        self._service = Service(served, self.metrics, options.packing)
        add = dna_model_service_pb2_grpc.add_DnaModelServiceServicer_to_server
        add(self._service, self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        self.port = self._bound(options)
        if options.metrics_port is not None:
            started = self.metrics.serve(options.host, options.metrics_port)
            self.metrics_port, self._end_metrics = started

    def start(self) -> None:
        """Answer calls."""
        self._server.start()
        self._service.patience.start()
        self._tell(health_pb2.HealthCheckResponse.SERVING)

    def refuse(self) -> None:
        """Take no new calls; those that run go on."""
        self._tell(health_pb2.HealthCheckResponse.NOT_SERVING)
        self._service.gate.close()

    def stop(self, grace_s: float) -> None:
        """Let running calls end within the grace time, and cut the rest off."""
        self.refuse()
        until = time.monotonic() + grace_s
        # The port stays open meanwhile, so that late callers get UNAVAILABLE.
        is_empty = self._service.gate.emptied(grace_s)
        rest_s = max(until - time.monotonic(), 0)
        # Who asks nothing, as a watcher of its health, need not be waited for.
        self._server.stop(min(rest_s, LAST_WORDS_S) if is_empty else rest_s).wait()
        self._service.patience.stop()
        if self._end_metrics is not None:
            self._end_metrics()

    def _made(self, options: Options, headers: Headers) -> grpc.Server:
        n_calls = options.limits.queue + SPARE_CALLS
        check = [KeyCheck(options.key, self.metrics)] if options.key else []
        return grpc.server(
            ThreadPoolExecutor(n_calls, "genoview-call"),
            interceptors=[Introduction(headers), *check, ByteCount(self.metrics)],
            maximum_concurrent_rpcs=n_calls,
            options=[
                ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
                ("grpc.so_reuseport", 0),  # or two servers would share a port in silence
                ("grpc.keepalive_time_ms", KEEPALIVE_MS),  # detects a machine that went silent
            ],
        )

    def _bound(self, options: Options) -> int:
        address = f"{options.host}:{options.port}"
        try:
            if options.credentials is None:
                port = self._server.add_insecure_port(address)
            else:
                port = self._server.add_secure_port(address, options.credentials)
        except RuntimeError as error:
            raise SettingsError(
                f"{address} cannot be listened on: it is taken, or the certificate and its key "
                "cannot be used."
            ) from error
        return int(port)

    def _tell(self, status: int) -> None:
        for name in ("", NAME):
            self._health.set(name, status)
