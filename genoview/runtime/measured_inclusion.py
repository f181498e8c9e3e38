"""The table of measured inclusion of a build: whole where it was added, else of the demo's exons.

What was added is a package with CSV files; they are made into tables once, in the cache.
"""

from pathlib import Path

from genoview.data.assets import ASSETS
from genoview.data.progress import Progress, no_progress
from genoview.errors import AnnotationError
from genoview.io.inclusion.table import InclusionTable
from genoview.io.inclusion.wheel import FILES, convert
from genoview.models.registry import measured_rows
from genoview.models.weights import Presence
from genoview.models.weights.lock import alone
from genoview.runtime.settings import Settings, folder_of

BUILDS = tuple(FILES)
EMBEDDED = {"GRCh37": ASSETS / "genes" / "inclusion-GRCh37-demo.parquet"}  # exons of the demo


def measured_table(settings: Settings, build: str) -> InclusionTable | None:
    """Of a build; None where there is none.

    Raises:
        AnnotationError: it cannot be read or made.
    """
    path = _whole(settings, build) or EMBEDDED.get(build)
    return None if path is None else InclusionTable.open(path)


def prepare(settings: Settings, progress: Progress = no_progress) -> None:
    """Make the table of each build, so that no page waits for it; nothing where it isn't here.

    Raises:
        AnnotationError: it cannot be made.
    """
    for number, build in enumerate(FILES, 1):
        _whole(settings, build)
        progress(number / len(FILES))


def _whole(settings: Settings, build: str) -> Path | None:
    folder = folder_of(settings)
    rows = [row for row in measured_rows() if folder.presence(row) is Presence.HERE]
    if not rows or build not in FILES:
        return None
    [wheel], name = rows[0].files, rows[0].name
    path = settings.cache_dir / "inclusion" / f"{build}-{wheel.sha256[:16]}.parquet"
    if path.is_file():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.parent / build, lambda: None):
            if not path.is_file():
                begun = path.with_suffix(".part")
                convert(folder.of(name) / wheel.name, build, begun)
                begun.replace(path)
    except OSError as error:
        raise AnnotationError(f"{path.parent} cannot be written: {error.strerror}.") from error
    return path
