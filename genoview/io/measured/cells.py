"""Cells of a public bigBed as plain words."""

import html
import re

from genoview.data.genome import Interval
from genoview.io.big.bigbed import Entry
from genoview.io.formats.text_lines import number_or_none, strand_of

MOST_LETTERS = 400  # of one fact
_TAG = re.compile(r"<[^<>]{0,500}>")


def plain_text(cell: str) -> str:
    """Without the HTML that UCSC writes into some cells; cut where it is long."""
    if "<" in cell or "&" in cell:
        cell = html.unescape(_TAG.sub("", cell.replace("<br>", "; ")))
    cell = " ".join(cell.split())
    return cell if len(cell) <= MOST_LETTERS else f"{cell[: MOST_LETTERS - 1]}…"


def placed(entry: Entry) -> Interval:
    """With its strand; what is 0 bp wide takes the bases on both sides."""
    strand = strand_of(entry["strand"])
    if entry.start == entry.end:
        return Interval(entry.chrom, max(entry.start - 1, 0), entry.end + 1, strand)
    return Interval(entry.chrom, entry.start, entry.end, strand)


def frequency_words(text: str) -> str:
    """`0.000012` as `0.0012 %`; empty where it is no share."""
    value = number_or_none(text)
    if value is None or not 0 <= value <= 1:
        return ""
    return f"{100 * value:.3g} %"
