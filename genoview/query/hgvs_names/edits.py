"""A change as it is written + the genome's bases -> Variant."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.transcript.numbering import Place, TranscriptMap
from genoview.errors import QueryError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.query.clean import shown
from genoview.query.hgvs_names.grammar import Change, Name
from genoview.query.parser import format_query
from genoview.query.reference import MAX_CHANGED, resolve_hgvs
from genoview.query.requests import ParsedEdit


@dataclass(frozen=True, slots=True)
class Span:
    """Bases of the chromosome, 0-based half-open, and the direction in which a name reads them."""

    chrom: str
    start: int
    end: int
    backward: bool

    @property
    def interval(self) -> Interval:
        return Interval(self.chrom, self.start, max(self.end, self.start + 1))

    def oriented(self, bases: str) -> str:
        """Forward bases as the name reads them, or the other way round."""
        return reverse_complement(bases) if self.backward else bases

    def after(self, n_bases: int) -> "Span":
        """The next bases in the direction of reading."""
        if self.backward:
            return replace(self, start=self.start - n_bases, end=self.start)
        return replace(self, start=self.end, end=self.end + n_bases)


def span_on_transcript(name: Name, change: Change, numbering: TranscriptMap) -> Span:
    """Where a c. or n. change lies; of an insertion, empty.

    Raises:
        QueryError: a position is not on the transcript, or they are in no order.
    """
    first, last = (numbering.read(text, name.kind) for text in (change.first, change.last))
    ends = [numbering.position(place) for place in (first, last)]
    if change.operation == "insert" and abs(ends[0] - ends[1]) != 1:
        _refuse_junction(name, first, last)
    return _span(name, change, ends, numbering.chrom, numbering.backward)


def span_on_chromosome(name: Name, change: Change, chrom: str) -> Span:
    """Where a g. or m. change lies.

    Raises:
        QueryError: a position is none, or they are in no order.
    """
    texts = (change.first, change.last)
    if not all(text.isdigit() and int(text) for text in texts):
        raise QueryError(f"{shown(name.text)}: positions on a chromosome are whole numbers from 1.")
    return _span(name, change, [int(text) - 1 for text in texts], chrom, False)


def _span(name: Name, change: Change, ends: list[int], chrom: str, backward: bool) -> Span:
    if (ends[0] > ends[1]) if not backward else (ends[0] < ends[1]):
        raise QueryError(f"{shown(name.text)}: the first position lies behind the last.")
    start, end = min(ends), max(ends) + 1
    if change.operation == "insert":
        if end - start != 2:
            raise QueryError(
                f"{shown(name.text)}: an insertion lies between two neighbours, as 76_77insACG."
            )
        start = end = start + 1
    if end - start > MAX_CHANGED:
        raise QueryError(
            f"{shown(name.text)} spans {end - start:,} bp; at most {MAX_CHANGED:,} bp are compared "
            "as one variant. Look at the locus instead."
        )
    return Span(chrom, start, end, backward)


def _refuse_junction(name: Name, first: Place, last: Place) -> None:
    if last.base - first.base == 1 and not first.offset and not last.offset:
        left, right = name.change.upper().partition("INS")[0].split("_")
        raise QueryError(
            f"{shown(name.text)} inserts where an intron lies between {name.kind}.{left} and "
            f"{name.kind}.{right}. Write {left}_{left}+1ins or {right}-1_{right}ins."
        )


def variant_at(name: Name, change: Change, span: Span, assembly: Assembly) -> Variant:
    """The change as a left-normalised variant.

    Raises:
        ReferenceMismatch: the name states other bases than the genome has.
        QueryError: nothing changes, or bases are unknown. GenomeError: no sequence is there.
    """
    fetch = assembly.reference.fetch
    assembly.reference.check(span.interval)
    there = span.oriented(fetch(span.interval)) if span.end > span.start else ""
    _check_stated(name, change, there, span, assembly)
    inserted, operation = change.bases, "replace"
    if change.operation == "repeat":
        unit, n_copies, span = _tract(name, change, there, span, fetch)
        there, inserted = unit * n_copies, unit * change.count
    elif change.operation in ("duplicate", "invert"):
        operation = change.operation
    edit = ParsedEdit(span.chrom, span.start, span.end, "", span.oriented(inserted), operation)
    if operation == "replace" and there == inserted:
        raise QueryError(f"{shown(name.text)} changes nothing: {assembly.name} has that already.")
    return resolve_hgvs(edit, fetch, assembly.name).normalised(fetch)


def _check_stated(name: Name, change: Change, there: str, span: Span, assembly: Assembly) -> None:
    if not change.stated or change.stated == there:
        return
    if len(change.stated) != len(there):
        raise QueryError(
            f"{shown(name.text)}: the bases {change.stated} are {len(change.stated)}, but the "
            f"positions span {len(there)}."
        )
    strand = " on the reverse strand" if span.backward else ""
    true = re.sub(change.stated.replace("T", "[TU]"), there, name.change, count=1, flags=re.I)
    fits = there != change.bases and "N" not in there
    raise ReferenceMismatch(
        f"{name.text} says {change.stated}, but {assembly.name} has {there} there "
        f"({format_query(span.interval)}{strand}).",
        there,
        (("Take the true base", f"{name.reference}:{name.kind}.{true}"),) if fits else (),
    )


def _tract(
    name: Name, change: Change, there: str, span: Span, fetch: Callable[[Interval], str]
) -> tuple[str, int, Span]:
    """Unit, number of copies and place of a repeat, from its first base on."""
    unit = change.bases or there
    if change.bases and change.first != change.last:
        n_copies, rest = divmod(len(there), len(unit))
        if rest or unit * n_copies != there:
            raise QueryError(f"{shown(name.text)}: the genome has {there} there, no copies of it.")
        return unit, n_copies, span
    first = (
        replace(span, start=span.end - 1) if span.backward else replace(span, end=span.start + 1)
    )
    begin = first.end if span.backward else first.start
    whole = Span(span.chrom, begin, begin, span.backward)
    n_copies = 0
    while n_copies * len(unit) < MAX_CHANGED:
        copy = whole.after(len(unit))
        if span.oriented(fetch(copy.interval)) != unit:
            break
        whole = replace(whole, start=min(whole.start, copy.start), end=max(whole.end, copy.end))
        n_copies += 1
    if not n_copies:
        raise QueryError(f"{shown(name.text)}: no copy of {unit} begins there in this genome.")
    return unit, n_copies, whole
