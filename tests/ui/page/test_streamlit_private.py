"""What Streamlit still sends to the browser when a fragment runs again, and which it runs."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from genoview.ui.page import streamlit_private
from genoview.ui.page.streamlit_private import send_what_fragments_drew

TRACKS = "fragment of the tracks"


@pytest.fixture(autouse=True)
def _patched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # put back afterwards
    send_what_fragments_drew()
    yield


def unsent_run() -> ForwardMsgQueue:
    """A whole run that drew a title and a fragment and ended well, and was not sent yet."""
    queue = ForwardMsgQueue()
    for place, fragment in enumerate(("", TRACKS)):
        drawn = ForwardMsg()
        drawn.metadata.delta_path.append(place)
        drawn.delta.fragment_id = fragment
        drawn.delta.new_element.text.body = "drawn"
        queue.enqueue(drawn)
    ended = ForwardMsg()
    ended.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    queue.enqueue(ended)
    return queue


def test_what_a_whole_run_drew_in_a_fragment_is_sent_before_word_of_its_end() -> None:
    queue = unsent_run()
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[TRACKS])
    first, second, ended = queue.flush()
    assert [first.delta.fragment_id, second.delta.fragment_id] == ["", TRACKS]
    assert ended.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def test_a_whole_run_takes_back_what_the_one_before_it_drew_and_its_good_end() -> None:
    queue = unsent_run()
    queue.clear(retain_lifecycle_msgs=True)
    (ended,) = queue.flush()
    assert ended.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


@pytest.mark.parametrize(
    ("fragments", "is_run"),
    [([], True), ([TRACKS], True), (["gone"], False), (["gone", TRACKS], True)],
)
def test_a_run_of_fragments_of_the_page_before_alone_is_not_begun(
    fragments: list[str], is_run: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[RerunData] = []
    monkeypatch.setattr(streamlit_private, "_run", lambda _, data: runs.append(data))
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)  # put back
    streamlit_private.run_no_fragment_that_is_gone()
    storage = MemoryFragmentStorage()
    storage._fragments[TRACKS] = lambda: None
    ScriptRunner._run_script(
        SimpleNamespace(_fragment_storage=storage),  # type: ignore[arg-type]
        RerunData(fragment_id_queue=fragments),
    )
    assert bool(runs) is is_run
