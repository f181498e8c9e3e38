"""Values are sent while those behind them are computed, and are those of a model in process."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import numpy as np
import pytest
from alphagenome import tensor_utils
from alphagenome.protos.v1 import dna_model_service_pb2

from genoview.data.genome import Locus, Variant
from genoview.data.request import Request
from genoview.runtime.jobs import State
from genoview.runtime.workbench import Workbench
from genoview.server import protocol
from tests.server.server_toys import Steps
from tests.server.serving import EVERYTHING, OURS, SNV, WINDOW, O, client_of, serving, stub_of
from tests.support.models.toy_backend import LONG_S

SITES = {**EVERYTHING, "requested_outputs": [O.SPLICE_SITES]}
KEY = f"GRCh37-demo|{OURS}|None|steps"
TILE_CHUNKS = 4  # chunks of a tile of the model


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(protocol, "CHUNK_BYTES", Steps.tile_length * 4 * 4 // TILE_CHUNKS)
    monkeypatch.setattr(Steps, "steps", threading.Semaphore(0))
    monkeypatch.setattr(Steps, "fails", False)
    yield
    Steps.steps.release(100)


def call_of(port: int) -> grpc.Call:
    asked = dna_model_service_pb2.PredictIntervalRequest(
        interval=WINDOW.to_proto(), requested_outputs=[O.SPLICE_SITES.value]
    )
    return stub_of(port).PredictInterval(iter([asked]), timeout=LONG_S)


def in_process(bench: Workbench, model: str, variant: Variant | None = None):  # type: ignore[no-untyped-def]
    job = bench.submit(Request("", "GRCh37-demo", Locus(OURS, ""), OURS, variant), model)
    assert job.wait(LONG_S)
    return job.result


def test_the_first_bins_are_sent_while_the_next_are_computed(toys: Workbench) -> None:
    with serving(toys, "steps") as (server, _):
        call = call_of(server.port)
        tensor = next(call).output.track_data.values
        assert list(tensor.shape) == [2**14, 4]
        sent = []
        for _ in range(4):
            Steps.steps.release()
            sent += [next(call).tensor_chunk for _ in range(TILE_CHUNKS)]
        assert list(call) == []
        found = tensor_utils.unpack_proto(tensor, sent)
    job = toys.queue.find(KEY)
    assert job is not None
    assert job.wait(LONG_S)
    assert job.result is not None
    assert np.array_equal(found, job.result.ref.data.values)
    assert found.any(axis=0).all()


def test_a_failure_behind_what_was_sent_ends_the_stream(toys: Workbench) -> None:
    with serving(toys, "steps") as (server, _):
        call = call_of(server.port)
        Steps.steps.release(2)
        for _ in range(1 + 2 * TILE_CHUNKS):
            next(call)
        Steps.fails = True
        Steps.steps.release()
        with pytest.raises(grpc.RpcError) as caught:
            next(call)
        count = server.metrics.registry.get_sample_value
        failed = {"method": "PredictInterval", "code": "INTERNAL"}
    assert caught.value.code() is grpc.StatusCode.INTERNAL
    assert caught.value.details() == "The third tile could not be made."
    assert count("genoview_requests_total", failed) == 1


def test_who_goes_in_the_middle_of_a_stream_stops_the_model(toys: Workbench) -> None:
    with serving(toys, "steps") as (server, _):
        call = call_of(server.port)
        Steps.steps.release()
        next(call), next(call)
        job = toys.queue.find(KEY)
        assert job is not None
        call.cancel()
        while not job._stop:
            assert not job.wait(0.01)
        Steps.steps.release()
        assert job.wait(LONG_S)
        assert job.state is State.CANCELLED
        assert server._service.gate.emptied(LONG_S)
        count = server.metrics.registry.get_sample_value
        gone = {"method": "PredictInterval", "code": "CANCELLED"}
    assert count("genoview_requests_total", gone) == 1


def test_two_callers_of_one_run_get_all_of_it(toys: Workbench) -> None:
    with serving(toys, "steps") as (server, _), ThreadPoolExecutor(2) as apart:
        early = call_of(server.port)
        Steps.steps.release(2)
        for _ in range(1 + 2 * TILE_CHUNKS):
            next(early)
        late = apart.submit(client_of(server.port).predict_interval, WINDOW, **SITES)
        job = toys.queue.find(KEY)
        assert job is not None
        while len(job._owners) < 2:
            assert not job.wait(0.01)
        Steps.steps.release(2)
        assert len(list(early)) == 2 * TILE_CHUNKS
        values = late.result(LONG_S).splice_sites.values
        assert job.wait(LONG_S)
        assert job.state is State.DONE
    assert job.result is not None
    assert np.array_equal(values, job.result.ref.data.values)


def test_every_way_to_ask_gives_the_arrays_of_a_model_in_process(toys: Workbench) -> None:
    Steps.steps.release(1000)
    variant = Variant("chr20", SNV.position, SNV.reference_bases, SNV.alternate_bases)
    bases = toys.assembly().reference.fetch(OURS)
    with serving(toys, "splice", "steps") as (_, client):
        served = client.predict_variant(WINDOW, SNV, **SITES)
        placed = client.predict_interval(WINDOW, **SITES).splice_sites.values
        bare = client.predict_sequence(bases, **SITES).splice_sites.values
    own = [in_process(toys, name, variant) for name in ("splice", "steps")]
    ref = np.concatenate([answer.ref.data.values for answer in own], axis=1)
    alt = np.concatenate([answer.alt.data.values for answer in own], axis=1)
    assert ref.shape == (2**14, 8)
    assert (ref != alt).any()
    assert np.array_equal(served.reference.splice_sites.values, ref)
    assert np.array_equal(served.alternate.splice_sites.values, alt)
    assert np.array_equal(placed, ref)
    assert np.array_equal(bare, ref)  # these toys look at one base alone
