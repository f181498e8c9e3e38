"""How far a job is, in words, for whoever waits for it."""

from typing import Any

from genoview.runtime.jobs import Job, State
from genoview.ui.page import shell


def words(job: Job[Any]) -> str:
    """Its title, then its place in the queue, or the share done and the time left."""
    if job.state is State.QUEUED:
        ahead = shell.bench().queue.ahead(job)
        return f"{job.title}: waits for its turn, {ahead} before it"
    rest = job.estimate_s
    about = "" if rest is None else f", about {max(rest, 1):,.0f} s left"
    return f"{job.title}: {job.share:.0%}{about}"
