"""The user's files -> values and features of an interval, to draw next to predictions.

file = open_local(Path("peaks.bed.gz"), assembly="GRCh38", chroms=reference.chromosomes)
file.features(interval, limit=500)
"""

from genoview.io.formats.catalogue import Format, accepted, format_faults, suffixes
from genoview.io.formats.local_file import LocalFile, open_local
from genoview.io.formats.text_lines import LocalFileError
from genoview.io.formats.track_lines import open_tracks

__all__ = [
    "Format",
    "LocalFile",
    "LocalFileError",
    "accepted",
    "format_faults",
    "open_local",
    "open_tracks",
    "suffixes",
]
