"""Health service, open without a key, for a limited number of watchers."""

import threading
from collections.abc import Callable
from typing import Any

import grpc
from grpc_health.v1 import health

MOST_WATCHERS = 4  # half of the calls that a server has beyond its queue


class Health(health.HealthServicer):  # type: ignore[misc]
    """`Watch` lasts as long as its caller likes, and needs no key: a few may, so that calls can."""

    def __init__(self) -> None:
        super().__init__()
        self._counting = threading.Lock()
        self._n_watchers = 0

    def Watch(  # noqa: N802
        self,
        request: Any,
        context: Any,
        send_response_callback: Callable[[Any], None] | None = None,
    ) -> Any:
        """As the library does it; one more than a few is refused with RESOURCE_EXHAUSTED."""
        with self._counting:
            is_full = self._n_watchers >= MOST_WATCHERS
            self._n_watchers += not is_full
        if is_full:
            context.abort(
                grpc.StatusCode.RESOURCE_EXHAUSTED,
                f"{MOST_WATCHERS} callers watch this server already; ask by Check.",
            )
        if not context.add_callback(self._gone):
            self._gone()
        return super().Watch(request, context, send_response_callback)

    def _gone(self) -> None:
        with self._counting:
            self._n_watchers -= 1
