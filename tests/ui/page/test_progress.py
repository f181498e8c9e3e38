"""How far a job is, in words: from what remains of it, never from what is over."""

from collections.abc import Callable
from typing import Any

import pytest

from genoview.runtime.jobs import Job, State
from genoview.ui.page import progress, shell
from tests.support.models.toy_backend import LONG_S, Gated

pytestmark = pytest.mark.usefixtures("own_server")


def running(share: float, expected_s: float | None = None) -> Job[Any]:
    """A job that has run for no time."""
    job: Job[Any] = Job("k", "Model", "cpu", lambda: 0.0)
    job.started, job.share, job.expected_s = 0.0, share, expected_s
    return job


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (running(0.4, 12.0), "Model: 40%, about 12 s left"),
        (running(0.4, 150.0), "Model: 40%, about 2 min left"),
        (running(0.0), "Model: 0%"),
        (running(0.4, 0.9), "Model: 40%"),
        (running(0.994, 0.0), "Model: 99%"),
        (running(0.997, 12.0), "Model: finishing"),
        (running(1.0), "Model: finishing"),
    ],
)
def test_a_running_job_says_what_remains_and_at_the_end_that_it_finishes(
    job: Job[Any], words: str
) -> None:
    assert progress.words(job) == words


@pytest.mark.parametrize(
    ("expected_s", "about"), [(None, ""), (40.0, ", about 40 s"), (300.0, ", about 5 min")]
)
def test_a_queued_job_says_its_place_and_when_it_begins(
    expected_s: float | None, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Gated.close()
    queue = shell.bench().queue

    def wait(report: Callable[[float], None]) -> None:
        Gated.go.wait(LONG_S)

    monkeypatch.setattr(queue, "wait_s", lambda job: expected_s)
    _, _, third = (queue.submit(key, wait, key.upper()) for key in "abc")
    try:
        assert third.state is State.QUEUED
        assert progress.words(third) == f"C: queued (third in line{about})"
        third.cancel()
        assert third.wait(LONG_S) and progress.ended(third) == "C: skipped"
    finally:
        Gated.go.set()
    assert [progress.place(n) for n in (0, 8, 9)] == ["first", "ninth", "number 10"]
