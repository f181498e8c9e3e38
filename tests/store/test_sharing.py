"""Several processes and threads on one folder."""

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock, Timeout

from genoview.errors import StoreError
from genoview.store import Store
from genoview.store.files.engine import attached
from tests.store.samples import entry, key_of, prediction_of, same

N_ROUNDS = 8
WAITED = "was in use by another process"


def read_and_write(folder: Path, worker: int) -> list[str]:
    """Put own and shared predictions, read everybody's; returns what went wrong."""
    store, problems = Store(folder, 10**8), []
    for i in range(N_ROUNDS):
        store.put(key_of(f"{worker} {i}"), prediction_of(seed=worker))
        store.put(key_of(f"shared {i}"), prediction_of(seed=i))
        store.history.record(entry(f"query {i}"))
        for seed, key in ((worker, key_of(f"{worker} {i}")), (i, key_of(f"shared {i}"))):
            kept = store.get(key)
            if kept is None or not same(kept, prediction_of(seed=seed)):
                problems.append(f"{worker} {i}: {kept}")
    store.close()
    # A machine with much else to do may let a process wait so long that it is noted.
    return problems + [word for word in store.take_warnings() if WAITED not in word]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def check_shared(folder: Path) -> None:
    store = Store(folder, 10**8)
    assert store.size().entries == 3 * N_ROUNDS
    assert [one.times for one in store.history.entries()] == [2] * N_ROUNDS
    assert store.take_warnings() == []


def test_two_processes_read_and_write_at_once(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        problems = list(pool.map(read_and_write, [folder] * 2, [101, 102]))
    assert problems == [[], []]
    check_shared(folder)


def test_two_threads_with_a_store_each_read_and_write_at_once(folder: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        problems = list(pool.map(read_and_write, [folder] * 2, [101, 102]))
    assert problems == [[], []]
    check_shared(folder)


def hold(path: Path, held: "multiprocessing.synchronize.Event", go: object) -> None:
    with duckdb.connect(str(path)):
        held.set()
        go.wait(60)  # type: ignore[attr-defined]


def test_a_file_that_stays_locked_is_told_and_reading_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genoview.store.database.WAIT_S", 2.0)
    store = Store(folder, 10**8)
    store.put(key_of("A"), prediction_of())
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(folder / "index.duckdb", held, go))
    holder.start()
    try:
        assert held.wait(60)
        with pytest.raises(StoreError, match="locked by another process"):
            store.size()
        assert store.get(key_of("A")) is not None
        store.history.record(entry("HNF4A"))
    finally:
        go.set()
        holder.join()
    assert store.size().entries == 1


def test_a_save_waits_for_another_process_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genoview.store.database.NOTED_S", 0.1)
    store = Store(folder, 10**8)
    store.history.record(entry("ADA"))
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(folder / "library.duckdb", held, go))
    holder.start()
    try:
        assert held.wait(60)
        threading.Timer(0.5, go.set).start()
        store.history.record(entry("HNF4A"))
    finally:
        go.set()
        holder.join()
    [warning] = store.take_warnings()
    assert "in use by another process" in warning
    assert len(store.history.entries()) == 2


def test_slow_work_of_its_own_is_no_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genoview.store.database.NOTED_S", 0.0)
    store = Store(folder, 10**8)
    store.history.record(entry("ADA"))
    assert store.take_warnings() == []


def test_no_process_opens_a_file_before_the_one_that_writes_it_has_closed_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, seen = Store(folder, 10**8), []
    store.history.record(entry("ADA"))

    @contextmanager
    def locked(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        with attached(path) as connection:
            with pytest.raises(Timeout):
                FileLock(f"{path}.lock", timeout=0).acquire()
            seen.append(path.name)
            yield connection

    monkeypatch.setattr("genoview.store.database.attached", locked)
    store.history.record(entry("HNF4A"))
    assert seen == ["library.duckdb"]
    FileLock(folder / "library.duckdb.lock", timeout=0).acquire().lock.release()


def test_threads_of_one_store_count_every_use(folder: Path) -> None:
    store = Store(folder, 10**8)
    store.put(key_of("A"), prediction_of())
    barrier = threading.Barrier(4)

    def read(_: int) -> None:
        barrier.wait()
        for _ in range(5):
            assert store.get(key_of("A")) is not None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, range(4)))
    store.close()
    with duckdb.connect(str(folder / "index.duckdb")) as connection:
        assert connection.execute("SELECT hits FROM predictions").fetchone() == (20,)
