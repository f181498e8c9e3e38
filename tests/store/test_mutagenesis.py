"""Effects of substitutions: kept by content, found again, the first ones out beyond the limit."""

import math
import threading
from pathlib import Path

import pytest

from genoview.store import Store
from genoview.store.database import Database
from genoview.store.files.migrations import SUBSTITUTIONS
from genoview.store.mutagenesis import Effects, Substitutions

NAN = math.nan


def effects_of(n: int) -> Effects:
    return (NAN, 0.25 * n, -0.5 * n, 0.0)


def test_what_was_put_comes_back_and_nothing_else(store: Store) -> None:
    store.substitutions.put({"one": effects_of(1), "two": effects_of(2)})
    found = store.substitutions.get(["two", "three", "one"])
    assert set(found) == {"one", "two"}
    assert math.isnan(found["one"][0])
    assert found["one"][1:] == effects_of(1)[1:]
    assert found["two"][1:] == effects_of(2)[1:]


def test_a_new_store_of_the_same_folder_knows_them(store: Store) -> None:
    store.substitutions.put({"one": effects_of(1)})
    again = Store(store.folder, store.limit_bytes)
    assert again.substitutions.get(["one"])["one"][1:] == effects_of(1)[1:]


def test_the_last_word_on_a_digest_stays(store: Store) -> None:
    store.substitutions.put({"one": effects_of(1)})
    store.substitutions.put({"one": effects_of(3)})
    assert store.substitutions.get(["one"])["one"][1:] == effects_of(3)[1:]
    assert store.substitutions.count() == 1


def test_nothing_is_asked_and_nothing_is_put(store: Store) -> None:
    store.substitutions.put({})
    assert store.substitutions.get([]) == {}
    assert not (store.folder / "substitutions.duckdb").exists()


def test_those_put_first_go_where_there_are_too_many(tmp_path: Path) -> None:
    warned: list[str] = []
    database = Database(tmp_path / "substitutions.duckdb", SUBSTITUTIONS, warned.append)
    kept = Substitutions(database, most_bases=3)
    for n in range(5):
        kept.put({f"base {n}": effects_of(n)})
    assert set(kept.get([f"base {n}" for n in range(5)])) == {"base 2", "base 3", "base 4"}
    assert warned == []


def test_clearing_the_cache_forgets_them(store: Store) -> None:
    store.substitutions.put({"one": effects_of(1)})
    store.clear()
    assert store.substitutions.get(["one"]) == {}


def test_a_damaged_file_is_begun_anew(store: Store) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "substitutions.duckdb").write_bytes(b"no database" * 1_000)
    assert store.substitutions.get(["one"]) == {}
    store.substitutions.put({"one": effects_of(1)})
    assert store.substitutions.count() == 1
    assert any("substitutions.duckdb was damaged" in text for text in store.take_warnings())


@pytest.mark.parametrize("n_threads", [4])
def test_several_threads_put_side_by_side(store: Store, n_threads: int) -> None:
    def put(thread: int) -> None:
        for n in range(5):
            store.substitutions.put({f"{thread} {n}": effects_of(n)})

    threads = [threading.Thread(target=put, args=(i,)) for i in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.substitutions.count() == 5 * n_threads
