"""A chain file by its address -> Liftover; fetched once, then on this machine."""

from collections.abc import Callable

from genoview.data.progress import Progress, no_progress
from genoview.errors import GenomeError
from genoview.io.liftover import Liftover
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.catalogue import ChainEntry
from genoview.io.remote.connection import PATIENCE, Patience
from genoview.io.remote.consent import NetworkPolicy
from genoview.io.remote.ranges import RangeClient


def fetch_liftover(
    entry: ChainEntry,
    cache: BlockCache,
    policy: Callable[[], NetworkPolicy],
    progress: Progress = no_progress,
    patience: Patience = PATIENCE,
) -> Liftover:
    """Read the chain file, from its address where it is not here yet.

    Raises:
        NetworkError: it cannot be had.
        StoreError: it cannot be written.
        GenomeError: it is not the published file; then it is deleted.
    """
    file = cache.open(entry.file, RangeClient(entry.file, policy, patience))
    file.keep("whole", [(0, file.size())], progress)
    try:
        return Liftover.parse(entry.source, entry.target, file.read(0, file.size()), entry.md5)
    except GenomeError:
        file.remove()
        raise
