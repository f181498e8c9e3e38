"""Scores of a variant -> CSV: one row a score, each with its formula and unit."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from genoview.io.export.cells import safe_row
from genoview.io.export.provenance import Provenance

_COORDINATES = "Coordinates: first and last are 1-based and both included, forward strand."
_HEADER = (
    *("score", "value", "unit", "formula", "source", "track", "gene", "strand", "chrom"),
    *("first", "last", "ref", "alt", "rank", "words", "term"),
)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score as a line of a table.

    Attributes:
        value: empty where only a bound or nothing is known, which `words` says.
        place: first and last base, 1-based; None where the score has no place of its own.
        ref, alt: what is compared, as text.
        rank: against a background, in words.
        term: ontology term of the track's tissue or cell.
    """

    score: str
    value: float | None
    unit: str
    formula: str
    source: str
    chrom: str
    track: str = ""
    gene: str = ""
    strand: str = ""
    place: tuple[int, int] | None = None
    ref: str = ""
    alt: str = ""
    rank: str = ""
    words: str = ""
    term: str = ""


def scores_csv(rows: Sequence[ScoreRow], provenance: Provenance) -> bytes:
    """Comments, a header, then the rows in their order."""
    buffer = io.StringIO(newline="")
    buffer.write(provenance.comments(_COORDINATES))
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    for row in rows:
        value = "" if row.value is None else f"{row.value:.6g}"
        what = (row.score, value, row.unit, row.formula, row.source)
        where = (row.track, row.gene, row.strand, row.chrom, *(row.place or ("", "")))
        about = (row.ref, row.alt, row.rank, row.words, row.term)
        writer.writerow(safe_row((*what, *where, *about)))
    return buffer.getvalue().encode()
