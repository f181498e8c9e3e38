"""A gRPC handler with other steps: what an interceptor returns."""

from collections.abc import Callable
from typing import Any

import grpc

Step = Callable[[Any], Any]
MAKERS = {
    "unary_unary": grpc.unary_unary_rpc_method_handler,
    "unary_stream": grpc.unary_stream_rpc_method_handler,
    "stream_unary": grpc.stream_unary_rpc_method_handler,
    "stream_stream": grpc.stream_stream_rpc_method_handler,
}


def remade(
    handler: grpc.RpcMethodHandler,
    answer: Callable[[Callable[..., Any]], Callable[..., Any]] | None = None,
    read: Step | None = None,
    write: Step | None = None,
) -> grpc.RpcMethodHandler:
    """The handler with other steps, where they are given.

    Args:
        answer: what answers calls before -> what answers them now.
        read, write: messages from and to bytes.
    """
    kind = next(kind for kind in MAKERS if getattr(handler, kind) is not None)
    before = getattr(handler, kind)
    return MAKERS[kind](
        before if answer is None else answer(before),
        request_deserializer=read or handler.request_deserializer,
        response_serializer=write or handler.response_serializer,
    )
