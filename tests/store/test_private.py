"""The cache is its owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from genoview.store import HistoryEntry, SavedLocus, Store
from genoview.store.database import utc_now
from genoview.store.private import private_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_what_is_stored_is_closed_to_others(tmp_path, open_umask):
    folder = tmp_path / "cache"
    folder.mkdir(0o777)  # as an earlier version made it
    store = Store(folder, 10**9)
    store.history.record(HistoryEntry("ADA", "ADA", "GRCh37", "locus", "x", 1.0, utc_now()))
    store.loci.save(SavedLocus.new("ADA", "GRCh37", "x"))
    store.size()
    assert mode(folder) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files and {mode(path) for path in files} == {0o600}
    assert {mode(path) for path in folder.rglob("*") if path.is_dir()} <= {0o700}


@pytest.mark.parametrize("bit", [stat.S_ISVTX, stat.S_ISGID])
def test_a_folder_that_many_share_by_intent_stays_open(tmp_path, bit):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o775 | bit)
    private_folder(folder)
    assert mode(folder) & 0o777 == 0o775
