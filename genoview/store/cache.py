"""PredictionKey -> Prediction on disk: Parquet files, a DuckDB index, least recently used out.

A file is found by its key alone; the index says what to evict. So a reader waits for nobody,
and an index that was lost is rebuilt from the files.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from genoview.data.prediction import Prediction
from genoview.errors import StoreError
from genoview.store import index
from genoview.store.arrays import (
    DamagedFile,
    file_bytes,
    is_kept,
    read_prediction,
    remove_files,
    write_prediction,
)
from genoview.store.database import Database, utc_now
from genoview.store.documents import Documents
from genoview.store.files import migrations
from genoview.store.key import PredictionKey
from genoview.store.library import open_library
from genoview.store.mutagenesis import Substitutions
from genoview.store.variant_scores import Scores

FLUSH_S = 5.0  # how long uses are gathered before the index hears of them
MAX_WARNINGS = 50


@dataclass(frozen=True, slots=True)
class CacheSize:
    """What the cache holds; `bytes` and `limit` in bytes."""

    entries: int
    bytes: int
    limit: int


class Store:
    """Predictions by key, the history of queries and the saved loci, in one folder.

    Safe to use from several threads and processes. Every method raises StoreError only; what
    was repaired on the way is in `take_warnings`.

    Attributes:
        history: of queries.
        loci: what was saved.
        library: both, of all readers who have none of their own.
        substitutions: results of in-silico mutagenesis, base by base.
        scores: what models say of single variants; read and written through `cached`.
        documents: what earlier versions kept of them.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        """Touches no file yet."""
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.documents = Documents(folder / "documents")
        self._warnings: deque[str] = deque(maxlen=MAX_WARNINGS)
        self._lock = threading.Lock()
        self._uses: dict[str, index.Use] = {}
        self._flushed = time.monotonic() - FLUSH_S
        warn = self._warnings.append
        reconcile = partial(index.reconcile, folder=folder)
        self._index = Database(folder / "index.duckdb", migrations.INDEX, warn, reconcile)
        self.library = open_library(folder, warn)
        self.history, self.loci = self.library.history, self.library.loci
        effects = Database(folder / "substitutions.duckdb", migrations.SUBSTITUTIONS, warn)
        self.substitutions = Substitutions(effects)
        self.scores = Scores(Database(folder / "scores.duckdb", migrations.SCORES, warn))

    def get(
        self,
        key: PredictionKey,
        columns: Sequence[int] | None = None,
        bins: tuple[int, int] | None = None,
    ) -> Prediction | None:
        """What was put under `key`, at the place where it was predicted first; None if absent.

        Args:
            columns: only these tracks, in this order; None is all.
            bins: only from the first bin to before the second; None is all.

        Raises:
            StoreError: such a column or bin does not exist.
        """
        path = self.folder / key.path
        if not is_kept(path):
            return None
        try:
            prediction = read_prediction(path, key, columns, bins)
        except DamagedFile as error:
            if not is_kept(path):  # another process evicted it just now
                return None
            self._drop(key, path)
            self._warnings.append(f"A cached prediction was damaged and is computed again: {error}")
            return None
        self._note_use(key)
        return prediction

    def holds(self, key: PredictionKey) -> bool:
        """Whether `get` would find it, unless its file is damaged."""
        return is_kept(self.folder / key.path)

    def put(self, key: PredictionKey, prediction: Prediction) -> None:
        """Keep a prediction, and remove the least recently used ones beyond the limit.

        Raises:
            StoreError: the folder or the index cannot be written.
        """
        path = self.folder / key.path
        write_prediction(path, key, prediction)
        n_bytes = file_bytes(path)
        if n_bytes > self.limit_bytes:
            self._drop(key, path)
            self._warnings.append(
                f"A prediction of {n_bytes / 1e6:,.1f} MB was not cached: the cache may hold "
                f"{self.limit_bytes / 1e6:,.1f} MB. Raise its limit in the settings."
            )
            return
        uses = [*self._take_uses(), index.Use(key, utc_now(), 0)]

        def enter(connection: duckdb.DuckDBPyConnection) -> None:
            index.record_uses(connection, self.folder, uses)
            index.evict(connection, self.folder, self.limit_bytes, key.digest)

        self._index.run(enter)

    def size(self) -> CacheSize:
        """Number and bytes of the predictions that the folder holds now."""
        uses = self._take_uses()

        def count(connection: duckdb.DuckDBPyConnection) -> CacheSize:
            index.record_uses(connection, self.folder, uses)
            index.reconcile(connection, self.folder)
            return CacheSize(*index.total(connection), self.limit_bytes)

        return self._index.run(count)

    def clear(self) -> None:
        """Remove every prediction, substitution, score and document; history and loci stay."""
        self._take_uses()
        self.substitutions.clear()
        self.scores.clear()
        self.documents.clear()

        def empty(connection: duckdb.DuckDBPyConnection) -> None:
            for path in list(index.prediction_files(self.folder)):
                remove_files(path)
            index.reconcile(connection, self.folder)

        self._index.run(empty)

    def close(self) -> None:
        """Write down the uses gathered so far."""
        if uses := self._take_uses():
            self._index.run(partial(index.record_uses, folder=self.folder, uses=uses))

    def warn(self, words: str) -> None:
        """Note what went wrong, in a sentence, for `take_warnings`."""
        self._warnings.append(words)

    def take_warnings(self) -> list[str]:
        """Warnings on what was repaired since the last call, each once."""
        taken: list[str] = []
        with suppress(IndexError):
            while True:
                taken.append(self._warnings.popleft())
        return taken

    def _note_use(self, key: PredictionKey) -> None:
        with self._lock:
            before = self._uses.get(key.digest)
            hits = 1 if before is None else before.hits + 1
            self._uses[key.digest] = index.Use(key, utc_now(), hits)
            due = time.monotonic() - self._flushed >= FLUSH_S
        if due:
            try:
                self.close()
            except StoreError as error:  # the prediction is at hand: only its use goes unnoted
                self._warnings.append(str(error))

    def _take_uses(self) -> list[index.Use]:
        with self._lock:
            uses = list(self._uses.values())
            self._uses.clear()
            self._flushed = time.monotonic()
        return uses

    def _drop(self, key: PredictionKey, path: Path) -> None:
        remove_files(path)
        with self._lock:
            self._uses.pop(key.digest, None)
        with suppress(StoreError):  # the row is swept away when the index works again
            self._index.run(partial(index.forget, digest=key.digest))
