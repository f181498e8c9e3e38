"""Who may call: an API key in a call's metadata, and TLS on the wire."""

import hmac
import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc

from genoview.errors import SettingsError
from genoview.server.metrics import Metrics

KEY_HEADER = "x-goog-api-key"  # as the official client sends it
HEALTH = "/grpc.health.v1.Health/"  # open to callers without a key
REFUSED = (
    "The API key is missing or wrong. Give the server's key, as "
    "dna_client.create(api_key=...) or as metadata x-goog-api-key."
)


class KeyCheck(grpc.ServerInterceptor):  # type: ignore[misc]
    """Lets calls pass that carry the key; says nothing about how near another one came."""

    def __init__(self, key: str, metrics: Metrics) -> None:
        self._key = key.encode()
        self._metrics = metrics

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        """The handler of a call, or one that refuses it."""
        handler = continuation(details)
        if handler is None or details.method.startswith(HEALTH) or self._fits(details):
            return handler
        method = details.method.rpartition("/")[2]

        def refuse(_: object, context: grpc.ServicerContext) -> None:
            self._metrics.refused(method, grpc.StatusCode.UNAUTHENTICATED.name)
            context.abort(grpc.StatusCode.UNAUTHENTICATED, REFUSED)

        if handler.request_streaming:
            return grpc.stream_stream_rpc_method_handler(refuse)
        return grpc.unary_stream_rpc_method_handler(refuse)

    def _fits(self, details: Any) -> bool:
        sent = [value for name, value in details.invocation_metadata if name == KEY_HEADER]
        given = sent[0] if len(sent) == 1 else ""
        encoded = given if isinstance(given, bytes) else given.encode()
        return hmac.compare_digest(encoded, self._key)


def read_key(path: Path | None, environment: str) -> str:
    """The key of a file, or of the environment; empty where none is wanted.

    Raises:
        SettingsError: the file cannot be read, or holds no key.
    """
    if path is None:
        return environment.strip()
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The key file {path} cannot be read.") from error
    if not key or not key.isascii() or not key.isprintable():
        raise SettingsError(f"The key file {path} must hold one line of plain letters: the key.")
    return key


def credentials(certificate: Path | None, key: Path | None) -> grpc.ServerCredentials | None:
    """For TLS; None where neither file is given.

    Raises:
        SettingsError: one of two is given, or a file cannot be read.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise SettingsError("TLS needs both --tls-cert and --tls-key.")
    try:
        pair = (key.read_bytes(), certificate.read_bytes())
    except OSError as error:
        raise SettingsError(f"{error.filename} cannot be read: {error.strerror}.") from error
    return grpc.ssl_server_credentials([pair])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
