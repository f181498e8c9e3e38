"""bigWig and bigBed files of this machine, read where they lie by the readers of `io.big`.

Those read BED's columns by this room, so they are imported when a file is opened.
"""

from pathlib import Path

from genoview.io.formats.contents import Contents
from genoview.io.formats.text_lines import Chromosomes

WHOLE_UP_TO = 1 << 20  # bp read base by base; wider from the file's own summaries
MOST_BYTES = 64_000_000  # packed, of the blocks that are read for one place


def read_bigwig(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Values, read when they are looked at."""
    from genoview.io.big.bigwig import BigWig
    from genoview.io.big.byte_source import LocalBytes
    from genoview.io.big.file import BigFile

    file = BigFile(LocalBytes(title, path), genome.assembly, MOST_BYTES)
    signals = BigWig(file, WHOLE_UP_TO)
    return Contents(dict(file.chromosomes), file.header.n_bases, signals=signals)


def read_bigbed(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Features, read when they are looked at."""
    from genoview.io.big.bigbed import BigBed
    from genoview.io.big.byte_source import LocalBytes
    from genoview.io.big.file import BigFile

    file = BigFile(LocalBytes(title, path), genome.assembly, MOST_BYTES)
    return Contents(dict(file.chromosomes), file.header.n_data, features=BigBed(file))
