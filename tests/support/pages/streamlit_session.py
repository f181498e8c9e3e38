"""A reader's session with a dashboard on loopback, as its page speaks to it, without a browser."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

LONGEST_S = 300


@dataclass
class Shown:
    """What one run of a page sent.

    Attributes:
        kinds: elements by kind.
        text: of all that is written, with Markdown and HTML.
        is_whole: the script ran to its end.
        exceptions: tracebacks on the page.
        buttons: their ids by label.
        labels: of the parts that open and close.
        redirect: where the page sends the browser, as to sign in.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    text: str = ""
    is_whole: bool = False
    exceptions: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    redirect: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether a page with tracks came, and no traceback."""
        return self.is_whole and not self.exceptions and self.kinds["bidi_component"] > 0


class Session:
    """A connection; each run of its page is waited for."""

    def __init__(self, url: str, page: str, cookies: Mapping[str, str] | None = None) -> None:
        """Args: cookies: of the browser; Streamlit's `_streamlit_xsrf` vouches for the others."""
        self._page = page
        named = cookies or {}
        words = ["streamlit", named.get("_streamlit_xsrf", "")]
        header = "; ".join(f"{name}={value}" for name, value in named.items())
        self._stack = ExitStack()
        self._opening = connect(
            f"{url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=[word for word in words if word],  # type: ignore[misc]
            additional_headers={"Cookie": header} if header else None,
            origin=url,  # type: ignore[arg-type]
            max_size=None,
            open_timeout=LONGEST_S,
            ping_interval=None,  # a busy server answers later
        )

    def send(self, query: str, click: str = "") -> None:
        """Ask for a run of the page, by a click on a button where its id is given."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = self._page
        if click:
            message.rerun_script.widget_states.widgets.add(id=click, trigger_value=True)
        self._socket.send(message.SerializeToString())

    def run(self, query: str, click: str = "") -> Shown:
        """The page of a query, whole or with what went wrong."""
        self.send(query, click)
        shown = Shown()
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(LONGEST_S))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "delta":
                _add(shown, message.delta)
            elif kind == "auth_redirect":
                shown.redirect = message.auth_redirect.url
            elif kind == "session_event" and message.session_event.HasField(
                "script_compilation_exception"
            ):
                shown.exceptions.append("the script cannot be compiled")
            elif kind == "script_finished":
                shown.is_whole = message.script_finished == 0
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return shown

    def __enter__(self) -> Self:
        self._socket = self._stack.enter_context(self._opening)
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._stack.close()  # the tab is closed


def _add(shown: Shown, delta: Any) -> None:
    if delta.WhichOneof("type") == "add_block":
        shown.labels.add(delta.add_block.expandable.label)
        return
    if delta.WhichOneof("type") != "new_element":
        return
    kind = delta.new_element.WhichOneof("type") or ""
    shown.kinds[kind] += 1
    element = getattr(delta.new_element, kind, None)
    shown.text += getattr(element, "body", "")
    if kind == "button":
        shown.buttons[element.label] = element.id  # type: ignore[union-attr]
    if kind == "exception":
        shown.exceptions.append(f"{element.type}: {element.message}"[:300])  # type: ignore[union-attr]


def at_once(readers: list[Session], visit: Callable[[int], Shown]) -> list[Shown]:
    """What each reader's visit shows; all begin together."""
    shown = [Shown() for _ in readers]

    def run(i: int) -> None:
        shown[i] = visit(i)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(readers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_S)
    return shown


def answer_of(reader: Session, query: str) -> Shown:
    """The page as it is once every model has spoken."""
    deadline = time.monotonic() + LONGEST_S
    shown = reader.run(query)
    while shown.is_answer and "So far" in shown.text and time.monotonic() < deadline:
        time.sleep(2)
        shown = reader.run(query)
    return shown
