"""Runs of a server: queued, stopped, cut off, found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.errors import GenoviewError
from genoview.runtime.batch import Plan
from genoview.runtime.batch_runs import BatchRuns
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


def finished(batch_runs: BatchRuns, run_id: str) -> str:
    """The state once nothing is at work."""
    at_work = batch_runs.at_work(run_id)
    assert at_work is None or at_work.job.wait(LONG_S)
    run = batch_runs.find(run_id)
    assert run
    return run.state


def test_a_run_is_done_and_another_server_finds_it(bench: Workbench, tmp_path: Path) -> None:
    batch_runs = BatchRuns(bench)
    run = batch_runs.start(LIST, PLAN)
    assert finished(batch_runs, run.run_id) == "done"
    later = workbench(tmp_path)
    other = BatchRuns(later)
    [found] = other.runs()
    assert found.words == ("3 variants read, 2 scored, 1 skipped: 1 not readable as a variant")
    assert other.rows(run.run_id) == batch_runs.rows(run.run_id)
    assert [name for name, _ in found.versions] == ["promoter-activity"]
    later.close()


def test_the_same_file_again_is_the_same_run(bench: Workbench) -> None:
    batch_runs = BatchRuns(bench)
    first = batch_runs.start(LIST, PLAN)
    finished(batch_runs, first.run_id)
    assert batch_runs.start(LIST, PLAN).run_id == first.run_id
    assert batch_runs.at_work(first.run_id) is None
    assert (
        batch_runs.start(LIST, Plan("my list", "GRCh37-demo", ("promoter-activity",), 51)) != first
    )
    assert len(batch_runs.runs()) == 2


def test_a_run_that_is_stopped_goes_on_when_asked(bench: Workbench) -> None:
    batch_runs = BatchRuns(bench)
    blocker = batch_runs.start(LIST + b"chr20:42984253:C>T\n", PLAN)
    run = batch_runs.start(LIST, PLAN)
    batch_runs.stop(run.run_id)
    assert finished(batch_runs, run.run_id) == "stopped"
    batch_runs.resume(run.run_id)
    assert finished(batch_runs, run.run_id) == "done"
    assert finished(batch_runs, blocker.run_id) == "done"


def test_a_run_that_was_cut_off_is_there_to_go_on(bench: Workbench, tmp_path: Path) -> None:
    closed = workbench(tmp_path)
    closed.close()
    with pytest.raises(GenoviewError):  # the server ends before the run begins
        BatchRuns(closed).start(LIST, PLAN)
    batch_runs = BatchRuns(bench)
    [run] = batch_runs.runs()
    assert (run.state, batch_runs.at_work(run.run_id)) == ("begun", None)
    batch_runs.resume(run.run_id)
    assert finished(batch_runs, run.run_id) == "done"


def test_a_file_that_cannot_be_read_fails_with_its_reason(bench: Workbench) -> None:
    batch_runs = BatchRuns(bench)
    run = batch_runs.start(b"\x1f\x8bnothing", PLAN)
    assert finished(batch_runs, run.run_id) == "failed"
    found = batch_runs.find(run.run_id)
    assert found and "my list cannot be read" in found.words


def test_a_run_that_is_removed_is_gone(bench: Workbench) -> None:
    batch_runs = BatchRuns(bench)
    run = batch_runs.start(LIST, PLAN)
    batch_runs.remove(run.run_id)
    assert batch_runs.runs() == []
    with pytest.raises(GenoviewError, match="no longer exists"):
        batch_runs.resume(run.run_id)
