"""What the queue promises: one run at a time a device, one run a key, a stop when nobody waits."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from genoview.data.progress import Progress
from genoview.errors import BackendError, Cancelled, QueryError
from genoview.runtime.jobs import Job, JobQueue, State

T = TypeVar("T")
LONG_S = 20.0  # so long no test waits unless it fails


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Gate:
    """Work that begins, waits to be let through, and can be asked to report progress."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.runs = 0

    def __call__(self, progress: Progress) -> str:
        self.runs += 1
        self.begun.set()
        assert self.go.wait(LONG_S)
        progress(0.5)
        return "result"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(clock: Clock) -> Iterator[JobQueue]:
    queue = JobQueue(keep_finished=3, keep_s=60, clock=clock)
    yield queue
    queue.shutdown()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.go.set()


def raising(error: BaseException) -> Callable[[Progress], None]:
    def work(progress: Progress) -> None:
        raise error

    return work


def finished(job: Job[T]) -> Job[T]:
    assert job.wait(LONG_S)
    return job


def test_a_job_returns_what_its_work_returned(queue: JobQueue) -> None:
    job = finished(queue.submit("k", lambda progress: 42, "Sum"))
    assert (job.state, job.result, job.error, job.share) == (State.DONE, 42, None, 1.0)


def test_the_same_key_runs_once_while_waiting_running_and_done(queue: JobQueue, gate: Gate) -> None:
    running = queue.submit("k", gate, "Model", owner="a")
    assert gate.begun.wait(LONG_S)
    assert queue.submit("k", gate, "Model", owner="b") is running
    waiting = queue.submit("l", gate, "Model", owner="a")
    assert queue.submit("l", gate, "Model", owner="b") is waiting
    gate.go.set()
    finished(running), finished(waiting)
    assert queue.submit("k", gate, "Model", owner="c") is running
    assert gate.runs == 2


def test_jobs_of_one_device_run_one_after_another_in_order(queue: JobQueue, gate: Gate) -> None:
    order: list[str] = []
    first = queue.submit("first", gate, "Model")
    assert gate.begun.wait(LONG_S)
    second = queue.submit("second", lambda progress: order.append("second"), "Model")
    third = queue.submit("third", lambda progress: order.append("third"), "Model")
    assert (second.state, second.elapsed_s) == (State.QUEUED, 0.0)
    assert [queue.ahead(job) for job in (first, second, third)] == [0, 1, 2]
    gate.go.set()
    finished(third)
    assert order == ["second", "third"]


def test_jobs_of_two_devices_run_at_once(queue: JobQueue, gate: Gate) -> None:
    queue.submit("slow", gate, "Model", device="cpu")
    assert gate.begun.wait(LONG_S)
    other = finished(queue.submit("quick", lambda progress: 1, "Model", device="cuda"))
    assert other.state is State.DONE


def test_a_running_job_stops_at_its_next_progress(queue: JobQueue, gate: Gate) -> None:
    job = queue.submit("k", gate, "Model")
    assert gate.begun.wait(LONG_S)
    assert job.cancel()
    assert job.state.value == "running"
    gate.go.set()
    assert finished(job).state.value == "cancelled"
    assert isinstance(job.error, Cancelled)
    assert job.result is None


def test_a_waiting_job_is_cancelled_at_once_and_never_begins(queue: JobQueue, gate: Gate) -> None:
    queue.submit("k", gate, "Model")
    assert gate.begun.wait(LONG_S)
    never = Gate()
    waiting = queue.submit("l", never, "Model")
    assert waiting.cancel()
    assert waiting.state is State.CANCELLED
    gate.go.set()
    finished(queue.submit("m", lambda progress: None, "Model"))
    assert not never.begun.is_set()


def test_a_job_stops_only_when_all_who_want_it_cancelled(queue: JobQueue, gate: Gate) -> None:
    job = queue.submit("k", gate, "Model", owner="a")
    queue.submit("k", gate, "Model", owner="b")
    queue.submit("k", gate, "Model", owner="b")
    assert not job.cancel("a")
    assert not job.cancel("never asked")
    gate.begun.wait(LONG_S)
    gate.go.set()
    assert finished(job).state is State.DONE


def test_the_last_to_cancel_stops_the_job(queue: JobQueue, gate: Gate) -> None:
    job = queue.submit("k", gate, "Model", owner="a")
    queue.submit("k", gate, "Model", owner="b")
    assert (job.cancel("a"), job.cancel("b")) == (False, True)
    gate.go.set()
    assert finished(job).state is State.CANCELLED


def test_what_waits_is_told_when_it_will_begin_as_far_as_that_is_known(
    queue: JobQueue, clock: Clock, gate: Gate
) -> None:
    running = queue.submit("run", gate, "Model")
    assert gate.begun.wait(LONG_S)
    second = queue.submit("k2", lambda progress: 1, "Model")
    third = queue.submit("k3", lambda progress: 1, "Model")
    elsewhere = queue.submit("m", lambda progress: 1, "Model", "memory")
    assert (queue.wait_s(second), queue.wait_s(third)) == (None, None)
    running.expected_s = 30.0  # as long as it took before
    clock.now += 10
    assert (queue.wait_s(second), queue.wait_s(third)) == (20.0, None)
    second.expected_s = 5.0
    assert (queue.wait_s(third), queue.wait_s(running)) == (25.0, 0)
    assert queue.wait_s(finished(elsewhere)) == 0
    clock.now += 100  # longer than expected
    assert queue.wait_s(third) == 5.0
    gate.go.set()
    assert finished(third).estimate_s == 0


def test_a_job_is_found_by_its_key_until_it_ends_without_a_result(
    queue: JobQueue, gate: Gate
) -> None:
    assert queue.find("k") is None
    job = queue.submit("k", gate, "Model")
    assert gate.begun.wait(LONG_S)
    assert queue.find("k") is job
    job.cancel()
    gate.go.set()
    assert finished(job).state is State.CANCELLED
    assert queue.find("k") is None


def test_a_result_stands_also_where_the_queue_let_it_go_until_everything_is_emptied(
    queue: JobQueue, clock: Clock, gate: Gate
) -> None:
    jobs = []
    for i in range(5):
        jobs.append(finished(queue.submit(f"k{i}", lambda progress: 1, "Model")))
        clock.now += 1
    running = queue.submit("run", gate, "Model")
    assert gate.begun.wait(LONG_S)
    assert queue.find("k0") is None
    assert [queue.stands(job) for job in [*jobs, running]] == [True] * 5 + [False]
    queue.empty()
    assert not any(queue.stands(job) for job in jobs)
    assert queue.find("k4") is None
    assert queue.find("run") is running
    clock.now += 1
    gate.go.set()
    assert queue.stands(finished(running))
    failed = finished(queue.submit("f", raising(QueryError("no such gene")), "Model"))
    assert not queue.stands(failed)


def test_a_job_being_stopped_is_not_joined(queue: JobQueue, gate: Gate) -> None:
    job = queue.submit("k", gate, "Model")
    assert gate.begun.wait(LONG_S)
    job.cancel()
    again = queue.submit("k", gate, "Model")
    gate.go.set()
    assert again is not job
    assert finished(again).state is State.DONE
    assert finished(job).state is State.CANCELLED


@pytest.mark.parametrize("error", [QueryError("no such gene"), Cancelled("stopped inside")])
def test_a_failed_or_stopped_job_is_run_anew_when_asked_again(
    queue: JobQueue, error: Exception
) -> None:
    job = finished(queue.submit("k", raising(error), "Model"))
    assert job.error is error
    again = finished(queue.submit("k", lambda progress: 7, "Model"))
    assert (again is not job, again.result) == (True, 7)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("weights.0"), "KeyError"),
        (MemoryError(), "ran out of memory on cpu"),
        (SystemExit(1), "SystemExit"),
    ],
)
def test_an_unforeseen_failure_is_logged_and_told_as_a_backend_error(
    queue: JobQueue, error: BaseException, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "genoview.runtime.jobs"):
        job = finished(queue.submit("k", raising(error), "Splicing model"))
    assert job.state is State.FAILED
    assert type(job.error) is BackendError
    assert words in str(job.error)
    assert "Splicing model" in caplog.text
    assert finished(queue.submit("l", lambda progress: 1, "Model")).state is State.DONE


@pytest.mark.parametrize(
    ("share", "elapsed", "estimate"),
    [(0.0, 5.0, None), (0.25, 10.0, 30.0), (0.5, 10.0, 10.0), (1.0, 3.0, 0.0), (7.0, 3.0, 0.0)],
)
def test_the_estimate_follows_from_share_and_time(
    queue: JobQueue, clock: Clock, share: float, elapsed: float, estimate: float | None
) -> None:
    seen = []

    def work(progress: Progress) -> None:
        clock.now += elapsed
        progress(share)
        seen.append(ready.wait(LONG_S) and (job.estimate_s, job.elapsed_s))

    ready = threading.Event()
    job = queue.submit("k", work, "Model")
    ready.set()
    finished(job)
    assert seen == [(estimate, elapsed)]
    clock.now += 100
    assert (job.estimate_s, job.elapsed_s) == (0.0, elapsed)


def test_old_results_are_forgotten(queue: JobQueue, clock: Clock) -> None:
    job = finished(queue.submit("k", lambda progress: 1, "Model"))
    clock.now = 59.0
    assert queue.submit("k", lambda progress: 2, "Model") is job
    clock.now = 61.0
    assert finished(queue.submit("k", lambda progress: 2, "Model")).result == 2


def test_only_the_newest_results_are_kept(queue: JobQueue, clock: Clock) -> None:
    def make(name: str) -> Job[object]:
        clock.now += 1
        return finished(queue.submit(name, lambda progress: object(), "Model"))

    jobs = {name: make(name) for name in "abcd"}
    assert make("d") is jobs["d"]
    assert make("a") is not jobs["a"]


def test_shutdown_stops_what_runs_and_what_waits(gate: Gate) -> None:
    queue = JobQueue()
    running = queue.submit("k", gate, "Model", owner="a")
    waiting = queue.submit("l", gate, "Model", owner="b")
    assert gate.begun.wait(LONG_S)
    stopper = threading.Thread(target=queue.shutdown)
    stopper.start()
    finished(waiting)
    gate.go.set()
    stopper.join(LONG_S)
    assert not stopper.is_alive()
    assert (running.state, waiting.state) == (State.CANCELLED, State.CANCELLED)
    with pytest.raises(BackendError, match="shut down"):
        queue.submit("m", gate, "Model")
