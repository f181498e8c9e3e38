"""Damage: told once in words, repaired where it can be, and never more than a recompute."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from genoview.errors import StoreError
from genoview.store import Store
from genoview.store.database import Database
from genoview.store.files.migrations import INDEX
from tests.store.samples import entry, key_of, prediction_of, same, saved

KEY = key_of("ACGT")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    path.write_bytes(b"no such format " * 500)


def flip(path: Path) -> None:
    """Change a byte in the middle of the values."""
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(bytes(data))


Harm = Callable[[Path], None]
HARMS = [truncate, empty, scribble, flip]


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("suffix", [".parquet", ".sites"])
def test_a_damaged_file_is_dropped_told_and_can_be_put_again(
    store: Store, harm: Harm, suffix: str
) -> None:
    store.put(KEY, prediction_of(n_bins=2000))
    path = (store.folder / KEY.path).with_suffix(suffix)
    harm(path)
    assert store.get(KEY) is None
    assert not path.exists()
    [warning] = store.take_warnings()
    assert "computed again" in warning
    assert store.take_warnings() == []
    assert store.size().entries == 0
    store.put(KEY, prediction_of())
    again = store.get(KEY)
    assert again is not None
    assert same(again, prediction_of())


def test_missing_sites_are_damage_and_a_missing_prediction_is_none(store: Store) -> None:
    store.put(KEY, prediction_of())
    (store.folder / KEY.path).with_suffix(".sites").unlink()
    assert store.get(KEY) is None
    assert len(store.take_warnings()) == 1
    store.put(KEY, prediction_of())
    (store.folder / KEY.path).unlink()
    assert store.get(KEY) is None
    assert store.take_warnings() == []
    assert store.size().entries == 0


def test_a_file_under_another_keys_name_is_not_believed(store: Store) -> None:
    store.put(KEY, prediction_of())
    other = store.folder / key_of("TTTT").path
    other.parent.mkdir(exist_ok=True)
    (store.folder / KEY.path).rename(other)
    assert store.get(key_of("TTTT")) is None
    assert "another key" in store.take_warnings()[0]


@pytest.mark.parametrize("harm", [truncate, empty, scribble, flip, Path.unlink])
def test_a_damaged_or_lost_index_is_rebuilt_from_the_files(store: Store, harm: Harm) -> None:
    keys = [key_of(base) for base in "ACG"]
    for key in keys:
        store.put(key, prediction_of())
    before = store.size()
    harm(store.folder / "index.duckdb")
    again = Store(store.folder, store.limit_bytes)
    assert again.size() == before
    kept = again.get(keys[0])
    assert kept is not None
    assert same(kept, prediction_of())
    aside = store.folder / "index.duckdb.broken-1"
    assert aside.exists() == (harm is not Path.unlink)
    assert len(again.take_warnings()) == aside.exists()


def test_a_second_damage_is_kept_beside_the_first(store: Store) -> None:
    for _ in range(2):
        store.put(KEY, prediction_of())
        scribble(store.folder / "index.duckdb")
    store.put(KEY, prediction_of())
    names = {path.name for path in store.folder.glob("index.duckdb.broken-*")}
    assert names == {"index.duckdb.broken-1", "index.duckdb.broken-2"}
    assert len(store.take_warnings()) == 2


@pytest.mark.parametrize("harm", [truncate, scribble, Path.unlink])
def test_saved_loci_outlive_a_damaged_library(store: Store, harm: Harm) -> None:
    kept = store.loci.save(saved("HNF4A P2", tags=("diabetes",)))
    store.history.record(entry("HNF4A"))
    harm(store.folder / "library.duckdb")
    assert store.loci.entries() == [kept]
    assert store.history.entries() == []
    assert any("history of queries starts empty" in text for text in store.take_warnings())


def test_an_unreadable_copy_of_the_saved_loci_is_not_written_over(store: Store) -> None:
    store.loci.save(saved("HNF4A P2"))
    scribble(store.folder / "library.duckdb")
    scribble(store.folder / "saved-loci.json")
    store.loci.save(saved("ADA"))
    assert [locus.name for locus in store.loci.entries()] == ["ADA"]
    assert (store.folder / "saved-loci.json.unread").exists()
    assert any("saved-loci.json.unread" in text for text in store.take_warnings())


def test_a_damaged_index_leaves_the_library_alone(store: Store) -> None:
    store.put(KEY, prediction_of())
    kept = store.loci.save(saved("HNF4A P2"))
    store.history.record(entry("HNF4A"))
    scribble(store.folder / "index.duckdb")
    store.clear()
    assert store.loci.entries() == [kept]
    assert len(store.history.entries()) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.put(KEY, prediction_of()),
        lambda store: store.size(),
        lambda store: store.clear(),
        lambda store: store.history.record(entry("HNF4A")),
        lambda store: store.history.entries(),
        lambda store: store.loci.save(saved("HNF4A P2")),
        lambda store: store.loci.entries(),
    ],
)
def test_an_unwritable_folder_is_told_with_its_path(
    tmp_path: Path, use: Callable[[Store], object]
) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "cache", 10**6)
    with pytest.raises(StoreError, match=r"file.cache.*Check that"):
        use(store)


def test_reading_from_an_unwritable_folder_is_a_miss(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert Store(tmp_path / "file" / "cache", 10**6).get(KEY) is None


def test_a_prediction_is_given_although_its_use_cannot_be_noted(store: Store) -> None:
    store.put(KEY, prediction_of())
    (store.folder / "index.duckdb").unlink()
    (store.folder / "index.duckdb").mkdir()
    again = Store(store.folder, store.limit_bytes)
    kept = again.get(KEY)
    assert kept is not None
    assert "cannot be opened" in again.take_warnings()[0]


def test_a_database_of_a_newer_genoview_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "index.duckdb"
    warnings: list[str] = []
    Database(path, [*INDEX, lambda connection: None], warnings.append).run(lambda connection: None)
    with pytest.raises(StoreError, match="newer genoview"):
        Database(path, INDEX, warnings.append).run(lambda connection: None)
    assert path.exists()
    assert warnings == []


def test_migrations_run_once_each_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    done: list[int] = []

    def step(number: int) -> Callable[[duckdb.DuckDBPyConnection], None]:
        return lambda connection: done.append(number)

    for steps in ([step(1)], [step(1), step(2), step(3)], [step(1), step(2), step(3)]):
        Database(path, steps, print).run(lambda connection: None)
    assert done == [1, 2, 3]


def test_work_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.duckdb", INDEX, print)

    def half(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("INSERT INTO predictions VALUES ('d', 'b', 'v', 1, now(), now(), 0)")
        raise StoreError("stop")

    with pytest.raises(StoreError, match="stop"):
        database.run(half)
    count = "SELECT count(*) FROM predictions"
    assert database.run(lambda connection: connection.execute(count).fetchone()) == (0,)


def test_what_a_dead_writer_left_is_swept_away_and_fresh_work_is_not(store: Store) -> None:
    store.put(KEY, prediction_of())
    folder = (store.folder / KEY.path).parent
    names = [f"{'a' * 64}.parquet.{i}.tmp" for i in range(2)] + [f"{'b' * 64}.sites"]
    for name in names:
        (folder / name).write_text("half")
    long_ago = time.time() - 7200
    for name in (names[0], names[2]):
        os.utime(folder / name, (long_ago, long_ago))
    store.size()
    assert [(folder / name).exists() for name in names] == [False, True, False]
