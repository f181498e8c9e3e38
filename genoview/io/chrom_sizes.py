"""A table of chromosomes, as UCSC's chrom.sizes -> their lengths."""

from pathlib import Path

from genoview.data.genome import canonical_chrom
from genoview.errors import GenomeError


def read_sizes(path: Path) -> dict[str, int]:
    """Lengths in bp by canonical name.

    Raises:
        GenomeError: absent, or a line is not a name and a number.
    """
    lengths: dict[str, int] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GenomeError(f"{path} cannot be read as chromosome sizes: {error}.") from error
    for number, line in enumerate(lines, 1):
        words = line.split()
        if len(words) < 2 or not words[1].isdigit():
            raise GenomeError(
                f"{path.name}, line {number}: a chromosome and its length in bp were expected."
            )
        lengths[canonical_chrom(words[0])] = int(words[1])
    return lengths
