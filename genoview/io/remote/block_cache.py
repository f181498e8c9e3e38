"""A folder of remote files in blocks, with a limit: the blocks used longest ago go first."""

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np

from genoview.errors import StoreError
from genoview.io.remote.block_file import BLOCK, LIMIT_MB, BlockFile
from genoview.io.remote.cached_file import CachedFile
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile


class BlockCache:
    """A folder of block files; the blocks used longest ago go where there are too many.

    Args:
        limit_bytes: for all files together, what is kept on purpose not counted.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_MB * 10**6) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._since_count = 0
        self._counted: int | None = None
        self._files: dict[str, CachedFile] = {}

    def open(self, file: RemoteFile, client: RangeClient) -> CachedFile:
        """One for each file of a process, so that its threads share requests.

        Raises:
            StoreError: the folder cannot be written.
        """
        with self._lock:
            if file.key not in self._files:
                try:
                    disk = BlockFile(self.folder / file.key)
                except OSError as error:
                    raise StoreError(
                        f"{self.folder} cannot be written: {error.strerror or error}. Choose "
                        "another folder by GENOVIEW_CACHE."
                    ) from error
                self._files[file.key] = CachedFile(disk, client, self.wrote)
            return self._files[file.key]

    def wrote(self, n_bytes: int) -> None:
        """Count what was written, and evict where that is too much."""
        with self._lock:
            self._since_count += n_bytes
            if self._counted is None or self._counted + self._since_count > self.limit_bytes:
                self._evict()

    def _evict(self) -> None:
        """Down to 9 tenths of the limit."""
        disks = [BlockFile(path) for path in sorted(self.folder.glob("[!.]*")) if path.is_dir()]
        used = [np.where(disk.kept_blocks(), 0, disk.last_used()) for disk in disks]
        ages = np.concatenate([*used, np.zeros(0, np.uint32)])
        n_evictable = int(np.count_nonzero(ages))
        n_over = n_evictable - int(self.limit_bytes * 0.9) // BLOCK
        if n_evictable * BLOCK <= self.limit_bytes:
            n_over = 0
        if n_over > 0:
            oldest = np.argsort(np.where(ages == 0, np.iinfo(np.uint32).max, ages), kind="stable")
            going = np.zeros(len(ages), bool)
            going[oldest[:n_over]] = True
            bounds = np.cumsum([0, *map(len, used)])
            for disk, (first, end) in zip(disks, pairwise(bounds), strict=True):
                if not disk.drop(np.flatnonzero(going[first:end]).tolist()):
                    disk.drop(np.flatnonzero(ages[first:end]).tolist())
        self._counted, self._since_count = (n_evictable - max(n_over, 0)) * BLOCK, 0
