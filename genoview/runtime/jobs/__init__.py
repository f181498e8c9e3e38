"""Jobs of a server: a queue a device, progress, cancel, estimates."""

from genoview.runtime.jobs.job import Job, State
from genoview.runtime.jobs.queue import JobQueue

__all__ = ["Job", "JobQueue", "State"]
