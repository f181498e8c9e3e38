"""Several changes on one haplotype, and stretches that are replaced: `chr20:100-110>ACGT`."""

import re

from genoview.data.assembly_names import chromosome
from genoview.query.numbers import POSITION, to_number
from genoview.query.requests import ParsedEdit

_IN_CIS = re.compile(r"(?P<name>[^\s:\[\]]+:g\.)\[(?P<changes>[^\[\]]+)\]", re.IGNORECASE)
# A plus sign alone may be part of HGVS (c.88+2T>C) or of a strand.
_PLUS = re.compile(r"\s+[+&]\s+|[+&](?=chr|NC_)|\s*;\s*(?=\S)", re.IGNORECASE)
_REPLACEMENT = re.compile(
    rf"(?P<chrom>[A-Za-z0-9][\w.*|-]*)\s*:\s*(?P<first>{POSITION})\s*(?:-|\.{{2,3}}|_)\s*"
    rf"(?P<last>{POSITION})\s*(?:->|=>|>)\s*(?P<bases>[ACGT]+|-|del)",
    re.IGNORECASE | re.ASCII,
)


def parts_of(line: str) -> list[str]:
    """The texts of the changes; one where the line joins none.

    HGVS writes a haplotype as `NC_000020.10:g.[100A>T;110G>C]` (den Dunnen et al. 2016).
    """
    if match := _IN_CIS.fullmatch(line):
        return [f"{match['name']}{part.strip()}" for part in match["changes"].split(";")]
    return _PLUS.split(line)


def parse_replacement(line: str) -> ParsedEdit | None:
    """A stretch, 1-based with both ends, and what comes in its place; `-` or `del` for nothing."""
    match = _REPLACEMENT.fullmatch(line)
    if not match:
        return None
    chrom, assembly = chromosome(match["chrom"])
    bases = match["bases"].upper()
    inserted = "" if bases in {"-", "DEL"} else bases
    first, last = to_number(match["first"]), to_number(match["last"])
    return ParsedEdit(chrom, first - 1, last, inserted=inserted, assembly=assembly)
