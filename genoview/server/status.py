"""GenoviewError -> gRPC status code: what a caller gets, and whether trying again can help."""

import grpc

from genoview.errors import (
    AnnotationError,
    BackendError,
    Cancelled,
    GenomeError,
    GenoviewError,
    QueryError,
    SettingsError,
    TrackError,
)

CODES: tuple[tuple[type[GenoviewError], grpc.StatusCode], ...] = (
    (Cancelled, grpc.StatusCode.CANCELLED),
    (QueryError, grpc.StatusCode.INVALID_ARGUMENT),
    (GenomeError, grpc.StatusCode.INVALID_ARGUMENT),
    (AnnotationError, grpc.StatusCode.INVALID_ARGUMENT),
    (TrackError, grpc.StatusCode.INVALID_ARGUMENT),
    (SettingsError, grpc.StatusCode.FAILED_PRECONDITION),
    (BackendError, grpc.StatusCode.INTERNAL),
)
"""The first that fits; the official client tries again on RESOURCE_EXHAUSTED and UNAVAILABLE."""


class Refusal(GenoviewError):
    """A request that is not answered, with the code that says why."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code


def invalid(message: str) -> Refusal:
    """The request is invalid."""
    return Refusal(grpc.StatusCode.INVALID_ARGUMENT, message)


def unimplemented(message: str) -> Refusal:
    """The protocol has it, and this server has not."""
    return Refusal(grpc.StatusCode.UNIMPLEMENTED, message)


def code_of(error: GenoviewError) -> grpc.StatusCode:
    """The status code of an error."""
    if isinstance(error, Refusal):
        return error.code
    fitting = (code for kind, code in CODES if isinstance(error, kind))
    return next(fitting, grpc.StatusCode.INTERNAL)
