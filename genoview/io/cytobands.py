"""Cytogenetic bands of a chromosome: what a microscope sees of it after Giemsa staining."""

import csv
from functools import cache
from typing import NamedTuple

from genoview.data.assets import ASSETS
from genoview.errors import GenomeError

FOLDER = ASSETS / "genome"
FAMILIES = ("GRCh37", "GRCh38", "T2T-CHM13v2.0")  # assemblies with a table


class Band(NamedTuple):
    """One band: 0-based half-open place, name without the chromosome, stain as UCSC writes it.

    `stain` is gneg, gpos25 to gpos100 (the darker, the more), acen (centromere), gvar or stalk.
    """

    start: int
    end: int
    name: str
    stain: str


def cytobands_of(family: str, chrom: str) -> tuple[Band, ...]:
    """Bands from the short arm's end to the long arm's; none where they are not known.

    Args:
        family: of the assembly, such as GRCh37.
        chrom: canonical name, such as chr20.

    Raises:
        GenomeError: the table that comes with genoview is absent or damaged.
    """
    return _table(family).get(chrom, ()) if family in FAMILIES else ()


@cache
def _table(family: str) -> dict[str, tuple[Band, ...]]:
    path = FOLDER / f"{family}.cytobands.tsv"
    bands: dict[str, list[Band]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                band = Band(int(row["start"]), int(row["end"]), row["band"], row["stain"])
                bands.setdefault(row["chrom"], []).append(band)
    except (OSError, KeyError, ValueError) as error:
        raise GenomeError(
            f"{path} cannot be read ({error}); rebuild it with scripts/assets/build_demo.py."
        ) from error
    return {chrom: tuple(sorted(rows)) for chrom, rows in bands.items()}
