"""The one place that sets what Streamlit keeps to itself; each says why no public way serves.

All are called before the first visit.
"""

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

_clear = ForwardMsgQueue.clear
_run = ScriptRunner._run_script


def use_navigation_alone() -> None:
    """Acts as a call of `st.navigation`.

    Streamlit runs the scripts of a folder `pages/` beside the main script by themselves, until a
    first call of `st.navigation` says otherwise: a first visit to /variant would run
    pages/variant.py without app.py around it. No option turns that off, the name of the folder is
    kept for its readers, and a call of `st.navigation` before the server starts prints a warning
    for each page.
    """
    PagesManager.uses_pages_directory = False


def send_what_fragments_drew() -> None:
    """A fragment that runs again takes nothing back that was drawn and not sent yet.

    Streamlit 1.67 takes back what the fragment drew, but still sends that the run of the whole page
    ended well. The browser then removes what that run did not draw: the fragment with its tracks,
    until the fragment has run. It shows on a busy machine, where little is sent while a run draws.
    """
    ForwardMsgQueue.clear = _clear_of_whole_runs  # type: ignore[method-assign]


def _clear_of_whole_runs(
    self: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    """What is cleared where a fragment runs is of no fragment."""
    no_fragment: list[str] | None = None if fragment_ids_this_run is None else []
    _clear(self, retain_lifecycle_msgs, no_fragment)


def run_no_fragment_that_is_gone() -> None:
    """A fragment of the page before, whose browser does not know of the next one yet, is not run.

    Streamlit 1.67 begins a run for it, and names the page before to the browser; then it finds
    that there is no such fragment. The browser empties the page for that run, and nothing follows.
    """
    ScriptRunner._run_script = _run_of_what_is_here  # type: ignore[method-assign]


def _run_of_what_is_here(self: ScriptRunner, rerun_data: RerunData) -> None:
    fragments = rerun_data.fragment_id_queue
    if not fragments or any(map(self._fragment_storage.contains, fragments)):
        _run(self, rerun_data)
