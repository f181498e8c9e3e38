"""A table of chromosomes, as UCSC's chrom.sizes -> their lengths."""

from pathlib import Path

from genoview.data.genome import canonical_chrom
from genoview.data.input.decoding import decoding, whole_number
from genoview.errors import GenomeError


def read_sizes(path: Path) -> dict[str, int]:
    """Lengths in bp by canonical name.

    Raises:
        GenomeError: absent, or a line is not a name and a number.
    """
    lengths: dict[str, int] = {}
    with decoding(f"{path}, a table of chromosome sizes,", GenomeError):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, 1):
        words = line.split()
        length = whole_number(words[1]) if len(words) > 1 else None
        if length is None:
            raise GenomeError(
                f"{path.name}, line {number}: a chromosome and its length in bp were expected."
            )
        lengths[canonical_chrom(words[0])] = length
    return lengths
