"""Callers who do not read, do not ask or ask for too much together: nothing is held for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from alphagenome.protos.v1 import dna_model_service_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc

from genoview.runtime.workbench import Workbench
from genoview.server import predict
from genoview.server.app import Server
from genoview.server.call import CallJobs
from genoview.server.deadlines import Caller
from genoview.server.health import MOST_WATCHERS
from genoview.server.limits import Budget, Limits
from genoview.server.status import Refusal
from tests.server.serving import EVERYTHING, WINDOW, O, serving, stub_of
from tests.support.models.toy_backend import LONG_S, Gated

SITES = {**EVERYTHING, "requested_outputs": [O.SPLICE_SITES]}
WIDE = WINDOW.resize(2**19)  # 8 MB of splice sites: more than a stream takes by itself
HASTY = Limits(patience=0.4)


def request_of(interval: Any = WIDE) -> Any:
    return dna_model_service_pb2.PredictIntervalRequest(
        interval=interval.to_proto(), requested_outputs=[O.SPLICE_SITES.value]
    )


def counted(server: Server, code: str, method: str = "PredictInterval") -> float | None:
    labels = {"method": method, "code": code}
    return server.metrics.registry.get_sample_value("genoview_requests_total", labels)


def soon(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    until = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_who_stops_reading_is_dropped_and_told_why(toys: Workbench) -> None:
    with serving(toys, "splice", limits=HASTY) as (server, _):
        call = stub_of(server.port).PredictInterval(iter([request_of()]))
        next(call)
        assert server._service.gate.emptied(LONG_S)
        with pytest.raises(grpc.RpcError) as caught:
            list(call)
        soon(lambda: counted(server, "DEADLINE_EXCEEDED") == 1)
        assert server._service._budget._n_taken == 0
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert "for its caller to send a request or to take the answer" in caught.value.details()


def test_who_reads_on_is_not_dropped(toys: Workbench) -> None:
    with serving(toys, "splice", limits=HASTY) as (server, client):
        values = client.predict_interval(WIDE, **SITES).splice_sites.values
        soon(lambda: counted(server, "OK") == 1)
    assert values.shape == (2**19, 4)


def test_waiting_for_the_model_costs_no_patience(toys: Workbench) -> None:
    with serving(toys, "gated", limits=Limits(patience=0.1)) as (server, _):
        asked = dna_model_service_pb2.PredictIntervalRequest(
            interval=WINDOW.to_proto(), requested_outputs=[O.PROCAP.value]
        )
        call = stub_of(server.port).PredictInterval(iter([asked]))
        assert Gated.begun.wait(LONG_S)
        assert not server._service.gate.emptied(0.5)
        Gated.go.set()
        assert len(list(call)) == 2


def test_who_sends_no_request_is_dropped(toys: Workbench) -> None:
    never = threading.Event()

    def silent() -> Iterator[Any]:
        never.wait(LONG_S)
        yield from ()

    with serving(toys, "splice", limits=HASTY) as (server, _):
        with pytest.raises(grpc.RpcError) as caught:
            list(stub_of(server.port).PredictInterval(silent()))
        never.set()
        soon(lambda: counted(server, "DEADLINE_EXCEEDED") == 1)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


def test_who_goes_before_a_request_is_counted_as_gone(toys: Workbench) -> None:
    never = threading.Event()

    def silent() -> Iterator[Any]:
        yield request_of(WINDOW)
        never.wait(LONG_S)

    with serving(toys, "splice") as (server, _):
        call = stub_of(server.port).PredictInterval(silent())
        next(call), next(call)
        soon(lambda: server._service.gate.emptied(0))
        call.cancel()
        never.set()
        # Which of the two depends on what gRPC hears first: the end of requests, or of the call.
        soon(lambda: 1 in (counted(server, "CANCELLED"), counted(server, "OK")))
        assert counted(server, "UNKNOWN") is None


def test_a_call_that_is_read_too_slowly_ends_with_its_time() -> None:
    call_jobs, ended = CallJobs(100), CallJobs(-1)

    class Context:
        n_cancelled = 0

        def cancel(self) -> None:
            Context.n_cancelled += 1

    for one, expected in ((call_jobs, False), (ended, True)):
        caller = Caller(Context(), one)
        taken = caller.taking(iter("ab"))
        next(taken)
        caller.check(caller._since or 0, patience_s=1)
        assert caller.was_dropped is expected
    assert Context.n_cancelled == 1


def test_answers_of_all_calls_have_room_together(toys: Workbench) -> None:
    one = 2**14 * 4 * 4  # bytes of an answer
    with serving(toys, "splice", limits=Limits(held_bytes=int(1.5 * one))) as (server, client):
        server._service._budget.take(one)  # as a call that is still sent
        held = stub_of(server.port).PredictInterval(iter([request_of(WINDOW)]))
        with pytest.raises(grpc.RpcError) as caught:
            list(held)
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        server._service._budget.give(one)
        assert client.predict_interval(WINDOW, **SITES).splice_sites.values.shape == (2**14, 4)
        assert server._service._budget._n_taken == 0


def test_an_answer_larger_than_the_room_is_made_when_it_is_alone() -> None:
    budget = Budget(10)
    budget.take(11)
    with pytest.raises(Refusal, match="no room for"):
        budget.take(1)
    budget.give(11)
    budget.take(1)


def test_a_server_ends_while_a_stream_is_open(toys: Workbench) -> None:
    with serving(toys, "splice") as (server, _):
        call = stub_of(server.port).PredictInterval(iter([request_of()]))
        next(call)
        server.stop(0.2)
        with pytest.raises(grpc.RpcError) as caught:
            list(call)
        soon(lambda: server._service.gate.emptied(0))
        assert caught.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)
        assert counted(server, "OK") is None


def test_a_stream_that_is_read_ends_within_the_grace_time(toys: Workbench) -> None:
    with serving(toys, "splice") as (server, _):
        call = stub_of(server.port).PredictInterval(iter([request_of()]))
        next(call)
        end = threading.Thread(target=server.stop, args=(LONG_S,))
        end.start()
        with pytest.raises(grpc.RpcError) as caught:
            while True:  # until the server has heard that it ends
                list(stub_of(server.port).GetMetadata(dna_model_service_pb2.MetadataRequest()))
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
        assert len(list(call)) == 8
        end.join(LONG_S)
        assert not end.is_alive()


def test_a_few_may_watch_the_health_and_none_keeps_the_server_from_its_end(
    toys: Workbench,
) -> None:
    with serving(toys, "splice", key="a-key") as (server, _):
        stub = health_pb2_grpc.HealthStub(grpc.insecure_channel(f"127.0.0.1:{server.port}"))
        watched = health_pb2.HealthCheckRequest()
        watchers = [stub.Watch(watched) for _ in range(MOST_WATCHERS)]
        told = [next(one).status for one in watchers]
        assert told == [health_pb2.HealthCheckResponse.SERVING] * MOST_WATCHERS
        with pytest.raises(grpc.RpcError) as caught:
            next(stub.Watch(watched))
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        watchers.pop().cancel()
        soon(lambda: server._health._n_watchers == MOST_WATCHERS - 1)
        assert next(stub.Watch(watched)).status == health_pb2.HealthCheckResponse.SERVING
        end = threading.Thread(target=server.stop, args=(10 * LONG_S,))
        end.start()
        end.join(LONG_S)
        assert not end.is_alive()
        assert next(watchers[0]).status == health_pb2.HealthCheckResponse.NOT_SERVING


def test_a_stream_of_many_requests_holds_the_jobs_of_one(toys: Workbench) -> None:
    call_jobs, submit = CallJobs(100), toys.queue.submit
    gate = threading.Event()
    with call_jobs.answering():
        first = call_jobs.take(
            lambda owner: submit("1", lambda told: gate.wait(LONG_S), "", "", owner)
        )
    call_jobs.release()
    gate.set()
    assert first.wait(LONG_S)
    assert first.error is None  # answered, so what it still did went on
    with pytest.raises(Refusal), call_jobs.answering():
        second = call_jobs.take(lambda owner: submit("2", lambda told: None, "", "", owner))
        raise Refusal(grpc.StatusCode.INTERNAL, "It cannot be sent.")
    assert call_jobs._jobs == [second]


def test_answers_at_hand_are_no_more_than_may_be_sent_at_once(toys: Workbench) -> None:
    with serving(toys, "splice") as (_, client):
        for number in range(4):
            client.predict_interval(WINDOW.shift(number * 2**14), **SITES)
        jobs = [job for job in toys.queue._jobs.values() if job.is_finished]
    assert len(jobs) <= 3  # two, and the one that came after they were counted


def test_a_defect_of_any_kind_is_told_without_its_words(
    toys: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(*_: object) -> None:
        raise RuntimeError("/a/path/of/this/machine")

    monkeypatch.setattr(predict, "side_by_side", defect)
    with serving(toys, "splice") as (server, client):
        with pytest.raises(grpc.RpcError) as caught:
            client.predict_interval(WINDOW, **SITES)
        assert counted(server, "INTERNAL") == 1
    assert caught.value.code() is grpc.StatusCode.INTERNAL
    assert "/a/path" not in str(caught.value)
