"""Whose saved loci, history and runs a reader sees: everybody's, or each signed-in reader's own."""

import hashlib
import threading
from pathlib import Path

from genoview.errors import SettingsError
from genoview.runtime.batch_runs import BatchRuns
from genoview.runtime.suggestions import Suggestions
from genoview.runtime.workbench import Workbench
from genoview.store.library import Library, open_library

SIGN_IN = "Sign in first: on this server each reader has saved loci, history and runs of their own."


class ReaderLibrary:
    """One library, its runs, and what is suggested from it; each made at its first use."""

    def __init__(self, bench: Workbench, library: Library) -> None:
        self.loci, self.history = library.loci, library.history
        self.runs = BatchRuns(bench, library.folder / "batches")
        self.suggestions = Suggestions(bench, library)


class Libraries:
    """Of one server; thread safe."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._lock = threading.Lock()
        self._open: dict[Path, ReaderLibrary] = {}

    def of(self, identity: str) -> ReaderLibrary:
        """The library of a reader, or the one that all share.

        Args:
            identity: what a signed-in reader is known by for good; empty of others.

        Raises:
            SettingsError: each reader has their own here, and this one is not signed in.
        """
        folder = self.folder_of(identity)
        with self._lock:
            known = self._open.get(folder)
            if known is None:
                store = self._bench.store
                is_own = folder != store.folder
                library = open_library(folder, store.warn) if is_own else store.library
                known = self._open[folder] = ReaderLibrary(self._bench, library)
            return known

    def folder_of(self, identity: str) -> Path:
        """Named by a digest: who signs in is not written into the cache."""
        settings = self._bench.settings
        if not settings.own_library:
            return settings.cache_dir
        if not identity:
            raise SettingsError(SIGN_IN)
        digest = hashlib.sha256(identity.encode()).hexdigest()[:32]
        return settings.cache_dir / "readers" / digest
