"""Calls of a gRPC channel, remembered so that they can be cancelled."""

from typing import Any

import grpc


class _Remember(grpc.StreamStreamClientInterceptor, grpc.UnaryStreamClientInterceptor):  # type: ignore[misc]
    def __init__(self, calls: list[Any]) -> None:
        self._calls = calls

    def intercept_stream_stream(self, go_on: Any, details: Any, requests: Any) -> Any:
        return self._remembered(go_on(details, requests))

    def intercept_unary_stream(self, go_on: Any, details: Any, request: Any) -> Any:
        return self._remembered(go_on(details, request))

    def _remembered(self, call: Any) -> Any:
        self._calls.append(call)
        return call


def remembering(channel: grpc.Channel, calls: list[Any]) -> grpc.Channel:
    """The channel; each of its streaming calls is added to `calls`."""
    return grpc.intercept_channel(channel, _Remember(calls))
