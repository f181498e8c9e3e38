"""How far a job is, in words, for whoever waits for it."""

from typing import Any

from genoview.runtime.jobs import Job, State
from genoview.ui.page import shell

NEARLY = 0.995  # share from which only the end is awaited: writing down, tables
LEAST_S = 1.5  # s; less is no time to say
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def words(job: Job[Any]) -> str:
    """`CI-SpliceAI: 40%, about 12 s left`, or `PromID: queued (second in line, about 40 s)`."""
    if job.state is State.QUEUED:
        queue = shell.bench().queue
        return f"{job.title}: queued ({place(queue.ahead(job))} in line{_about(queue.wait_s(job))})"
    if job.share >= NEARLY:
        return f"{job.title}: finishing"
    rest = _about(job.estimate_s)
    return f"{job.title}: {job.share:.0%}{rest and f'{rest} left'}"


def ended(job: Job[Any]) -> str:
    """Of a job that its reader stopped."""
    return f"{job.title}: {'skipped' if job.started is None else 'stopped'}"


def place(n_ahead: int) -> str:
    """`third`, of one with two before it."""
    return PLACES[n_ahead] if n_ahead < len(PLACES) else f"number {n_ahead + 1}"


def _about(seconds: float | None) -> str:
    """`, about 12 s`; nothing while it is not known or too short to say."""
    if seconds is None or seconds < LEAST_S:
        return ""
    if seconds < 90:
        return f", about {seconds:,.0f} s"
    return f", about {seconds / 60:,.0f} min"
