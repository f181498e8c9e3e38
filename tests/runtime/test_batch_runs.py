"""Runs of a server: queued, stopped, cut off, found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.errors import GenoviewError
from genoview.runtime.batch import Plan
from genoview.runtime.batch_runs import Desk
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

LONG_S = 120.0  # so long no test waits unless it fails
LIST = b"chr20:42984253:C>G\nchr20:42984264:G>A\nrs1\n"
PLAN = Plan("my list", "GRCh37-demo", ("promoter-activity",))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = workbench(tmp_path)
    yield made
    made.close()


def workbench(folder: Path) -> Workbench:
    environment = {"GENOVIEW_CACHE": str(folder), "GENOVIEW_CONFIG": str(folder / "none.toml")}
    return Workbench(read_settings(environment | {"GENOVIEW_THREADS": "1"}))


def finished(desk: Desk, run_id: str) -> str:
    """The state once nothing is at work."""
    at_work = desk.at_work(run_id)
    assert at_work is None or at_work.job.wait(LONG_S)
    run = desk.find(run_id)
    assert run
    return run.state


def test_a_run_is_done_and_another_server_finds_it(bench: Workbench, tmp_path: Path) -> None:
    desk = Desk(bench)
    run = desk.start(LIST, PLAN)
    assert finished(desk, run.run_id) == "done"
    later = workbench(tmp_path)
    other = Desk(later)
    [found] = other.runs()
    assert found.words == ("3 variants read, 2 scored, 1 passed over: 1 not readable as a variant")
    assert other.rows(run.run_id) == desk.rows(run.run_id)
    assert [name for name, _ in found.versions] == ["promoter-activity"]
    later.close()


def test_the_same_file_again_is_the_same_run(bench: Workbench) -> None:
    desk = Desk(bench)
    first = desk.start(LIST, PLAN)
    finished(desk, first.run_id)
    assert desk.start(LIST, PLAN).run_id == first.run_id
    assert desk.at_work(first.run_id) is None
    assert desk.start(LIST, Plan("my list", "GRCh37-demo", ("promoter-activity",), 51)) != first
    assert len(desk.runs()) == 2


def test_a_run_that_is_stopped_goes_on_when_asked(bench: Workbench) -> None:
    desk = Desk(bench)
    blocker = desk.start(LIST + b"chr20:42984253:C>T\n", PLAN)
    run = desk.start(LIST, PLAN)
    desk.stop(run.run_id)
    assert finished(desk, run.run_id) == "stopped"
    desk.resume(run.run_id)
    assert finished(desk, run.run_id) == "done"
    assert finished(desk, blocker.run_id) == "done"


def test_a_run_that_was_cut_off_is_there_to_go_on(bench: Workbench, tmp_path: Path) -> None:
    closed = workbench(tmp_path)
    closed.close()
    with pytest.raises(GenoviewError):  # the server ends before the run begins
        Desk(closed).start(LIST, PLAN)
    desk = Desk(bench)
    [run] = desk.runs()
    assert (run.state, desk.at_work(run.run_id)) == ("begun", None)
    desk.resume(run.run_id)
    assert finished(desk, run.run_id) == "done"


def test_a_file_that_cannot_be_read_fails_with_its_reason(bench: Workbench) -> None:
    desk = Desk(bench)
    run = desk.start(b"\x1f\x8bnothing", PLAN)
    assert finished(desk, run.run_id) == "failed"
    found = desk.find(run.run_id)
    assert found and "my list cannot be read" in found.words


def test_a_run_that_is_removed_is_gone(bench: Workbench) -> None:
    desk = Desk(bench)
    run = desk.start(LIST, PLAN)
    desk.remove(run.run_id)
    assert desk.runs() == []
    with pytest.raises(GenoviewError, match="gone"):
        desk.resume(run.run_id)
