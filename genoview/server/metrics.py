"""What a server counts, in Prometheus' text format on a port of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from genoview.errors import SettingsError
from genoview.server.handlers import remade

SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)


@dataclass
class CallRecord:
    """One call; `code` is UNKNOWN until something better is known."""

    code: str = "UNKNOWN"


class Metrics:
    """Requests by method and code, seconds, calls inside, bytes of messages."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "genoview_requests",
            "Calls that ended, by method and status code",
            ("method", "code"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "genoview_request_seconds",
            "Seconds from a call's begin to its end, waiting included",
            ("method",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._queue = Gauge(
            "genoview_queue_length", "Calls that run or wait", registry=self.registry
        )
        self._received = Counter(
            "genoview_received_bytes", "Bytes of messages received", registry=self.registry
        )
        self._sent = Counter(
            "genoview_sent_bytes", "Bytes of messages sent", registry=self.registry
        )

    def queue_length(self, n_calls: int) -> None:
        """So many calls run or wait."""
        self._queue.set(n_calls)

    def received(self, message: bytes) -> None:
        """A message as it came."""
        self._received.inc(len(message))

    def sent(self, message: bytes) -> None:
        """A message as it goes."""
        self._sent.inc(len(message))

    def refused(self, method: str, code: str) -> None:
        """A call that never began."""
        self._requests.labels(method, code).inc()

    @contextmanager
    def call(self, method: str) -> Iterator[CallRecord]:
        """Count what is noted in the record while it lasts."""
        record, began = CallRecord(), time.perf_counter()
        try:
            yield record
        finally:
            self._requests.labels(method, record.code).inc()
            self._seconds.labels(method).observe(time.perf_counter() - began)

    def serve(self, host: str, port: int) -> tuple[int, Callable[[], None]]:
        """Answer GET /metrics; the port that was taken, and how to end it.

        Raises:
            SettingsError: the port cannot be had.
        """
        try:
            server, thread = start_http_server(port, host, self.registry)
        except OSError as error:
            raise SettingsError(
                f"Metrics cannot be served on {host}:{port}: {error.strerror or error}."
            ) from error

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return int(server.server_port), stop


class ByteCount(grpc.ServerInterceptor):  # type: ignore[misc]
    """Counts messages where they are bytes already: to ask a message for its size is a copy."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        """The handler of a call, its messages counted on the way."""
        handler = continuation(details)
        if handler is None or handler.response_serializer is None:
            return handler
        read, write = handler.request_deserializer, handler.response_serializer

        def reading(message: bytes) -> Any:
            self._metrics.received(message)
            return read(message)

        def writing(message: Any) -> Any:
            encoded = write(message)
            self._metrics.sent(encoded)
            return encoded

        return remade(handler, read=reading, write=writing)
