"""Files of the reader -> values and features of an interval, to stand beside predictions.

file = open_local(Path("peaks.bed.gz"), assembly="GRCh38", chroms=reference.chromosomes)
file.features(interval, limit=500)
"""

from genoview.io.formats.detect import ACCEPTED, UPLOADED, Kind, LocalFileError
from genoview.io.formats.local_file import LocalFile, open_local

__all__ = ["ACCEPTED", "UPLOADED", "Kind", "LocalFile", "LocalFileError", "open_local"]
