"""A disk without room is said as such; what was kept stays, and is read."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from genoview.errors import StoreError
from genoview.store import Store
from tests.store.samples import entry, key_of, prediction_of, saved

LIMIT = 200_000  # bytes that a file may grow to, in place of a full disk


def _filled(folder: Path, said: "multiprocessing.SimpleQueue[tuple[list[str], list[str]]]") -> None:
    """Save of every kind until nothing fits."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, resource.RLIM_INFINITY))
    store, errors = Store(folder, 10**8), []
    for i in range(3):
        saves: tuple[Callable[[], object], ...] = (
            lambda i=i: store.scores.put({f"{i} {j}": os.urandom(400).hex() for j in range(300)}),
            lambda i=i: store.history.record(entry(f"query {i} " + "x" * LIMIT)),
            lambda i=i: store.loci.save(saved(f"locus {i}", note="x" * 19_000)),
        )
        for save in saves:
            try:
                save()
            except StoreError as error:
                errors.append(str(error))
    said.put((errors, store.take_warnings()))


def test_a_full_disk_is_said_and_nothing_is_moved_aside_or_lost(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    store = Store(folder, 10**8)
    store.scores.put({"kept": "yes"})
    store.history.record(entry("kept"))
    store.loci.save(saved("kept"))
    store.put(key_of("A"), prediction_of())

    context = multiprocessing.get_context("spawn")
    said = context.SimpleQueue()
    child = context.Process(target=_filled, args=(folder, said))
    child.start()
    errors, warnings = said.get()
    child.join()

    assert errors
    assert all("is full" in error for error in errors), errors
    assert warnings == []
    assert not [path for path in folder.iterdir() if "broken" in path.name]
    assert store.scores.get(["kept"]) == {"kept": "yes"}
    assert "kept" in [one.normalised for one in store.history.entries()]
    assert "kept" in [one.name for one in store.loci.entries()]
    assert store.get(key_of("A")) is not None
