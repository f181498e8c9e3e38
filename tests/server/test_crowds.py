"""Many callers, callers who go, and the server's own end: nothing runs on for nobody."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest

from genoview.data.answer import Answer
from genoview.runtime.jobs import Job, State
from genoview.runtime.workbench import Workbench
from genoview.server.limits import Limits
from tests.server.serving import EVERYTHING, OURS, WINDOW, O, client_of, serving, stub_of
from tests.support.models.toy_backend import LONG_S, Gated
from tests.support.paths import ROOT

KEY = f"GRCh37-demo|{OURS}|None|gated"
PROCAP = {**EVERYTHING, "requested_outputs": [O.PROCAP]}


@pytest.fixture
def apart() -> ThreadPoolExecutor:
    with ThreadPoolExecutor(4) as threads:
        yield threads
        Gated.go.set()


def asked(apart: ThreadPoolExecutor, port: int) -> tuple[Future[object], Callable[[], None]]:
    """A call that is under way, and how its caller goes."""
    client = client_of(port)
    return apart.submit(client.predict_interval, WINDOW, **PROCAP), client._channel.close


def running(bench: Workbench) -> Job[Answer]:
    assert Gated.begun.wait(LONG_S)
    job = bench.queue.find(KEY)
    assert job is not None
    assert job.state is State.RUNNING
    return job


def test_a_run_stops_when_its_caller_goes(toys: Workbench, apart: ThreadPoolExecutor) -> None:
    with serving(toys, "gated") as (server, _):
        call, go_away = asked(apart, server.port)
        job = running(toys)
        go_away()
        assert isinstance(call.exception(LONG_S), grpc.RpcError | ValueError)
        told = threading.Event()
        threading.Thread(target=lambda: (_until_told(job), told.set())).start()
        assert told.wait(LONG_S)
        Gated.go.set()
        assert job.wait(LONG_S)
        assert job.state is State.CANCELLED


def _until_told(job: Job[Answer]) -> None:
    """The server hears of it a moment later."""
    while not job._stop:
        job.wait(0.01)


def test_a_run_goes_on_for_who_still_waits(toys: Workbench, apart: ThreadPoolExecutor) -> None:
    with serving(toys, "gated") as (server, _):
        first, go_away = asked(apart, server.port)
        job = running(toys)
        second, _ = asked(apart, server.port)
        while len(job._owners) < 2:
            assert not job.wait(0.01)
        go_away()
        assert first.exception(LONG_S) is not None
        Gated.go.set()
        assert second.result(LONG_S).procap.values.shape == (1639, 1)
        assert job.wait(LONG_S)
        assert job.state is State.DONE


def test_one_more_than_the_queue_takes_is_refused(
    toys: Workbench, apart: ThreadPoolExecutor
) -> None:
    with serving(toys, "gated", limits=Limits(queue=1)) as (server, client):
        call, _ = asked(apart, server.port)
        running(toys)
        request = client_request()
        with pytest.raises(grpc.RpcError) as caught:
            list(stub_of(server.port).PredictInterval(iter([request])))
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert caught.value.details() == "1 calls run or wait already; try again later."
        assert server.metrics.registry.get_sample_value("genoview_queue_length") == 1
        Gated.go.set()
        call.result(LONG_S)
        client.predict_interval(WINDOW, **PROCAP)
        assert server.metrics.registry.get_sample_value("genoview_queue_length") == 0


def test_a_call_that_takes_too_long_is_ended_and_its_run_with_it(
    toys: Workbench, apart: ThreadPoolExecutor
) -> None:
    with serving(toys, "gated", limits=Limits(seconds=0.3)) as (server, _):
        call, _ = asked(apart, server.port)
        job = running(toys)
        error = call.exception(LONG_S)
        assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        Gated.go.set()
        assert job.wait(LONG_S)
        assert job.state is State.CANCELLED


def client_request():  # type: ignore[no-untyped-def]
    from alphagenome.protos.v1 import dna_model_service_pb2

    return dna_model_service_pb2.PredictIntervalRequest(
        interval=WINDOW.to_proto(), requested_outputs=[O.PROCAP.value]
    )


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from tests.support.models.toy_backend import Gated
from genoview.models import registry
from genoview.models.entry import Entry
from genoview.cli.main import main

class Patient(Gated):
    def predict_batch(self, sequences):
        if not Gated.go.is_set():
            print("begun", flush=True)
            sys.stdin.readline()
            Gated.go.set()
        return super().predict_batch(sequences)

registry.MODELS = (*registry.MODELS, Entry("gated", "__main__", "Patient"))
sys.exit(main(["serve", "--models", "gated", "--port", "0"]))
"""


def test_sigterm_lets_a_running_call_end_and_takes_no_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: ThreadPoolExecutor
) -> None:
    monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GENOVIEW_CONFIG", str(tmp_path / "genoview.toml"))
    pipe = subprocess.PIPE
    program = PROGRAM.format(tests=str(ROOT))
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    with process:
        assert process.stdin and process.stdout and process.stderr
        started = "genoview serves PROCAP on 127.0.0.1:"
        greeting = next(line for line in process.stderr if line.startswith(started))
        port = int(greeting.rpartition(":")[2])
        call, _ = asked(apart, port)
        assert process.stdout.readline() == "begun\n"
        process.terminate()
        assert process.stderr.readline() == "Ending: no new calls are taken.\n"
        with pytest.raises(grpc.RpcError) as caught:
            list(stub_of(port).PredictInterval(iter([client_request()])))
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
        assert caught.value.details() == "This server is ending and takes no new calls."
        process.stdin.write("go on\n")
        process.stdin.flush()
        assert call.result(LONG_S).procap.values.shape == (1639, 1)
        assert process.wait(LONG_S) == 0
