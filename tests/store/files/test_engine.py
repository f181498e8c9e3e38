"""One engine for all files: each is open only while work is done, whatever becomes of it."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from genoview.store.files import engine
from genoview.store.files.engine import attached


def rows_of(path: Path) -> list[tuple[int]]:
    with attached(path) as connection:
        return connection.execute("SELECT i FROM t").fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "it's.duckdb"
    with attached(path) as connection:
        connection.execute("CREATE TABLE t (i INTEGER)")
    return path


def test_a_file_is_free_for_other_processes_and_whole_between_work(path: Path) -> None:
    with attached(path) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    lock = f"{path.name}.lock"
    assert {each.name for each in path.parent.iterdir()} == {path.name, lock}
    code = "import sys, duckdb; duckdb.connect(sys.argv[1]).execute('INSERT INTO t VALUES (2)')"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert rows_of(path) == [(1,), (2,)]


def test_work_that_fails_leaves_nothing_and_gives_the_file_back(path: Path) -> None:
    with pytest.raises(duckdb.CatalogException), attached(path) as connection:
        connection.begin()
        connection.execute("INSERT INTO t VALUES (1)")
        connection.execute("SELECT * FROM absent")
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT i FROM t").fetchall() == []


def test_threads_take_turns_at_a_file(path: Path) -> None:
    def add() -> None:
        for number in range(10):
            with attached(path) as connection:
                connection.execute("INSERT INTO t VALUES (?)", [number])

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(rows_of(path)) == [(number,) for number in range(10) for _ in range(3)]


def test_two_files_are_open_at_once_and_an_engine_that_is_closed_is_made_again(
    path: Path, tmp_path: Path
) -> None:
    with attached(path) as one, attached(tmp_path / "other.duckdb") as two:
        two.execute("CREATE TABLE t (i VARCHAR)")
        one.execute("INSERT INTO t VALUES (1)")
    engine.close()
    engine.close()
    assert rows_of(path) == [(1,)]


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_used_as_it_is(
    path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr("genoview.store.private.fcntl.flock", refuse)
    assert rows_of(path) == []


def test_a_lock_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.duckdb.lock").mkdir()
    with pytest.raises(OSError, match="directory"), attached(tmp_path / "a.duckdb"):
        raise AssertionError
    assert not (tmp_path / "a.duckdb").exists()


def test_a_second_engine_of_this_process_cannot_have_the_file_meanwhile(path: Path) -> None:
    """DuckDB's own guard, which holds where an engine that broke still has a file."""
    other, text = duckdb.connect(":memory:"), str(path).replace("'", "''")
    with attached(path), pytest.raises(duckdb.ResourceInUseException, match="already attached"):
        other.execute(f"ATTACH '{text}' AS again")
    other.close()
    assert rows_of(path) == []
