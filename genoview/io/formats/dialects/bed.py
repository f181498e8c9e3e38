"""A line of a dialect of BED whose later columns have names of their own -> Feature.

narrowPeak, broadPeak, gappedPeak: https://genome.ucsc.edu/FAQ/FAQformat.html#format12; bedDetail:
#format1.7; bedMethyl: https://www.encodeproject.org/data-standards/wgbs and modkit's pileup.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from genoview.data.features import Feature
from genoview.data.input.decoding import whole_number
from genoview.io.formats.bed import BED6, BED12, feature_of, placed
from genoview.io.formats.text_lines import BadLine, Namer, columns_of, number_or_none

_MEASURED = ("signal", "-log10 p", "-log10 q")
_PEAKS = ("", "", "", *_MEASURED, "summit")  # of the cells behind the place
_N_NARROW = 10  # columns
_GAPPED = (*[""] * 9, *_MEASURED)
_METHYL = ("", "", "", "coverage", "% modified", "modified", "canonical", "otherwise modified")
_N_METHYL = 11, 18  # columns of ENCODE's and of modkit's
_TAG = re.compile(r"<[^<>]*>")


def parse_peak(line: str, chrom_name: Namer) -> Feature:
    """One line of narrowPeak: BED6, and measurements. Raises as `parse_bed`."""
    return feature_of(*placed(columns_of(line), chrom_name), BED6, _PEAKS)


def parse_broad(line: str, chrom_name: Namer) -> Feature:
    """One line of broadPeak: no summit, but in narrowPeak's columns. Raises as `parse_bed`."""
    columns = columns_of(line)
    has_summit = len(columns) == _N_NARROW and whole_number(columns[-1]) is not None
    labels = _PEAKS if has_summit else _PEAKS[:-1]
    return feature_of(*placed(columns, chrom_name), BED6, labels)


def parse_gapped(line: str, chrom_name: Namer) -> Feature:
    """One line of gappedPeak: BED12, and measurements. Raises as `parse_bed`."""
    return feature_of(*placed(columns_of(line), chrom_name), BED12, _GAPPED)


def parse_detail(line: str, chrom_name: Namer) -> Feature:
    """One line of bedDetail: BED, an id and a description, whose tags are left out.

    Raises:
        BadLine: as `parse_bed`, or it has no id and description.
    """
    chrom, start, end, rest = placed(columns_of(line), chrom_name)
    if len(rest) < 2:
        raise BadLine("it has no columns for an id and a description")
    feature = feature_of(chrom, start, end, rest[:-2])
    own_id, words = (" ".join(_TAG.sub(" ", cell).split()) for cell in rest[-2:])
    details = [each for each in (feature.details, own_id, words) if each not in ("", ".")]
    return replace(feature, details=", ".join(details))


def parse_methyl(line: str, chrom_name: Namer) -> Feature:
    """One line of bedMethyl: coverage, percentage, modkit's counts. Raises as `parse_bed`."""
    chrom, start, end, rest = placed(methyl_cells(line), chrom_name)
    return feature_of(chrom, start, end, [*rest[:3], *rest[6:]], BED6, _METHYL)


def methyl_cells(line: str) -> list[str]:
    """Columns: modkit parts the first by tabs, the later ones in older files by blanks."""
    return line.split()


def is_methyl(cells: Sequence[str]) -> bool:
    """Whether a line's numbers are those of modkit: three counts that make up the coverage."""
    if len(cells) != _N_METHYL[1] or list(cells[6:8]) != list(cells[1:3]):
        return False
    coverage, percent, *counts = (number_or_none(cell) for cell in cells[9:14])
    known = [count for count in counts if count is not None]
    return len(known) == 3 and sum(known) == coverage and 0 <= (percent or 0) <= 100
