"""Headers that identify a server, so that a client can drop answers cached from another one."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

import grpc

from genoview import __version__
from genoview.io.assembly import Assembly
from genoview.models.alphagenome.server_identity import GENOME_HEADER, MODELS_HEADER
from genoview.models.base import Backend
from genoview.server.handlers import remade

Headers = tuple[tuple[str, str], ...]


def headers_of(backends: Iterable[Backend], assembly: Assembly) -> Headers:
    """Equal while values and scores are: models in their order, genome, genes, and this code."""
    facts = (
        __version__,
        [[backend.card.name, backend.version] for backend in backends],
        *(assembly.name, assembly.family, assembly.annotation.name),
    )
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
    family = (assembly.family or assembly.name).encode("ascii", "replace").decode()
    return ((MODELS_HEADER, digest), (GENOME_HEADER, family))


class Introduction(grpc.ServerInterceptor):  # type: ignore[misc]
    """Sends the headers with every answer, also with those that refuse."""

    def __init__(self, headers: Headers) -> None:
        self._headers = headers

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        """The handler of a call, which says first who it is."""
        handler = continuation(details)
        if handler is None:
            return None

        def introduced(answer: Callable[..., Any]) -> Callable[..., Any]:
            def introduce_and_answer(request: Any, context: grpc.ServicerContext) -> Any:
                context.send_initial_metadata(self._headers)
                return answer(request, context)

            return introduce_and_answer

        return remade(handler, introduced)
