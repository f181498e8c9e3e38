"""What readers keep on purpose: saved loci and the history of queries, in one folder."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from genoview.store.database import Database, Warn
from genoview.store.files import migrations
from genoview.store.history import History
from genoview.store.saved_loci import SavedLoci, restore_saved


@dataclass(frozen=True, slots=True)
class Library:
    """Of all readers of a server, or of one.

    Attributes:
        folder: where it lies.
    """

    folder: Path
    loci: SavedLoci
    history: History


def open_library(folder: Path, warn: Warn) -> Library:
    """Touches no file yet.

    Args:
        warn: called with a sentence on what was repaired.
    """
    mirror = folder / "saved-loci.json"
    restore = partial(restore_saved, mirror=mirror, warn=warn)
    database = Database(folder / "library.duckdb", migrations.LIBRARY, warn, restore)
    return Library(folder, SavedLoci(database, mirror), History(database))
