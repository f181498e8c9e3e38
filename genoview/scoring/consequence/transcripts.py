"""Variant + transcript + genome -> its consequence there.

Changes of a haplotype are read together: two in one codon give one residue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from genoview.data.genome import Transcript, Variant, reverse_complement
from genoview.data.transcript.edits import Edit, Fetch, edit_of, most_3prime, room
from genoview.data.transcript.numbering import TranscriptMap, transcript_bases
from genoview.scoring.consequence.coding import CodingChange, Replaced
from genoview.scoring.consequence.regions import (
    ESSENTIAL,
    Introns,
    introns_of,
    is_outside,
    near_term,
    splice_terms,
    touches,
)
from genoview.scoring.consequence.terms import Term, by_severity

MOST_PLACES = 64  # at which a repeated indel is tried


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a variant does to one transcript, if splicing stays as it is.

    Attributes:
        terms: severest first, at least one.
        exon, intron: `4/10`, or `4-5/10`, in the transcript's direction; "" where none changes.
        codons, amino_acids: `aCg/aTg` and `T/M`; "" outside of the coding part.
        residue: the first that changes, 1-based; None outside of the coding part.
    """

    transcript: Transcript
    terms: tuple[Term, ...]
    exon: str = ""
    intron: str = ""
    codons: str = ""
    amino_acids: str = ""
    residue: int | None = None

    @property
    def worst(self) -> Term:
        return self.terms[0]


def consequence_of(variant: Variant, transcript: Transcript, fetch: Fetch) -> Consequence | None:
    """None where the variant lies 5 kb or further away.

    An insertion or deletion in a repeat may be written at several places with the same result;
    read where it disturbs splicing least, and as far 3' as then can be, as HGVS does.

    Args:
        fetch: forward-strand bases of an interval, N where unknown.
    """
    edits = [edit_of(change) for change in variant.changes]
    placed = placed_edits(variant, transcript, fetch)
    if not placed:
        near = [term for edit in edits if (term := near_term(edit, transcript))]
        return Consequence(transcript, by_severity(near)) if near else None
    introns, numbering = introns_of(transcript), TranscriptMap(transcript)
    terms = {term for edit in placed for term in splice_terms(edit, introns)}
    terms |= {term for edit in placed for term in _of_exons(edit, transcript, numbering)}
    if numbering.kind == "n" and Term.INTRON in terms:
        terms.add(Term.NON_CODING_TRANSCRIPT)
    coding = _coding_change(placed, numbering, fetch)
    if coding is None:
        return Consequence(transcript, by_severity(terms), *_numbers(placed, transcript))
    terms |= coding.terms
    return Consequence(
        transcript,
        by_severity(terms - {Term.CODING_SEQUENCE} or terms),
        *_numbers(placed, transcript),
        coding.codons,
        coding.amino_acids,
        coding.residue,
    )


def coding_change_of(variant: Variant, transcript: Transcript, fetch: Fetch) -> CodingChange | None:
    """What becomes of the codons; None where no change lies in the coding part of one exon."""
    placed = placed_edits(variant, transcript, fetch)
    return _coding_change(placed, TranscriptMap(transcript), fetch)


def placed_edits(variant: Variant, transcript: Transcript, fetch: Fetch) -> list[Edit]:
    """Its changes within the transcript, each where it is read."""
    edits = [edit_of(change) for change in variant.changes]
    inside = [edit for edit in edits if not is_outside(edit, transcript.interval)]
    return _placed(inside, transcript, introns_of(transcript), fetch)


def _placed(
    edits: Sequence[Edit], transcript: Transcript, introns: Introns, fetch: Fetch
) -> list[Edit]:
    """Each where it is read; as written where one would move over another."""
    edits = sorted(edits, key=lambda edit: edit.start)
    moved = [_mildest(edit, transcript, introns, fetch) for edit in edits]
    spans = [
        (min(edit.start, other.start), max(edit.end, other.end))
        for edit, other in zip(edits, moved, strict=True)
    ]
    return moved if all(a[1] <= b[0] for a, b in pairwise(spans)) else edits


def _mildest(edit: Edit, transcript: Transcript, introns: Introns, fetch: Fetch) -> Edit:
    """Of equal ways to write it, the most 3' that spares splice sites and the edges of exons."""
    backward = transcript.interval.strand == "-"
    edit = most_3prime(edit, fetch, backward)
    edges = [edge for exon in transcript.exons for edge in (exon.interval.start, exon.interval.end)]
    is_near = any(edit.start - MOST_PLACES <= edge <= edit.end + MOST_PLACES for edge in edges)
    if (edit.ref and edit.alt) or not is_near:
        return edit

    def harm(moved: Edit) -> int:
        if splice_terms(moved, introns) & ESSENTIAL:
            return 2
        cut = any(moved.start < edge < moved.end for edge in edges)
        return int(cut or (not moved.ref and moved.start in edges))

    n_places = min(room(edit, fetch, not backward), MOST_PLACES)
    step = 1 if backward else -1
    return min((edit.moved(step * n) for n in range(n_places + 1)), key=harm)


def _of_exons(edit: Edit, transcript: Transcript, numbering: TranscriptMap) -> set[Term]:
    """UTR, non-coding exon, or a coding part that is cut at its exon's edge."""
    terms: set[Term] = set()
    for exon in transcript.exons:
        start, end = exon.interval.start, exon.interval.end
        if not (touches(edit, start, end) or edit.start == edit.end in (start, end)):
            continue
        if numbering.kind == "n":
            terms.add(Term.NON_CODING_EXON)
            continue
        coding = exon.coding
        first, behind = (coding.start, coding.end) if coding else (end, end)
        if coding and (touches(edit, first, behind) or edit.start == edit.end in (start, end)):
            terms.add(Term.CODING_SEQUENCE)
        terms |= _utr_terms(edit, transcript, numbering)
    return terms


def _utr_terms(edit: Edit, transcript: Transcript, numbering: TranscriptMap) -> set[Term]:
    parts = [exon.coding for exon in transcript.exons if exon.coding]
    first, behind = parts[0].start, parts[-1].end
    left, right = Term.UTR_5, Term.UTR_3
    if numbering.backward:
        left, right = right, left
    terms = set()
    for exon in transcript.exons:
        start, end = exon.interval.start, exon.interval.end
        if start < first and _reaches(edit, start, min(end, first), opens=end > first):
            terms.add(left)
        if end > behind and _reaches(edit, max(start, behind), end, opens=False, begins=start):
            terms.add(right)
    return terms


def _reaches(edit: Edit, start: int, end: int, opens: bool, begins: int | None = None) -> bool:
    """Touches these bases, or inserts at the edge between them and the coding part."""
    if touches(edit, start, end):
        return True
    if edit.start != edit.end:
        return False
    return (opens and edit.start == end) or (
        begins is not None and begins < start and edit.start == start
    )


def _coding_change(
    edits: Sequence[Edit], numbering: TranscriptMap, fetch: Fetch
) -> CodingChange | None:
    """None where no change lies in the coding part, or one is cut by the edge of an exon."""
    if numbering.kind == "n":
        return None
    replaced = [part for edit in edits if (part := _replaced(edit, numbering))]
    n_coding = numbering.behind_coding - numbering.first_coding
    replaced = [part for part in replaced if part.end > 0 and part.start < n_coding]
    replaced = [part for part in replaced if part.start != part.end or part.start > 0]
    if not replaced:
        return None
    message = transcript_bases(numbering, fetch)[numbering.first_coding :]
    change = CodingChange(message, n_coding, tuple(sorted(replaced, key=lambda part: part.start)))
    return _in_phase(change)


def _in_phase(change: CodingChange) -> CodingChange:
    """Of a coding part that begins within a codon: its frame is known from its stop codon."""
    extra = change.n_coding % 3
    message = change.message
    if not extra or message.startswith("ATG"):
        return change
    shifted = tuple(
        Replaced(part.start - extra, part.end - extra, part.bases) for part in change.changes
    )
    moved = CodingChange(message[extra:], change.n_coding - extra, shifted)
    return moved if moved.ends_with_stop and shifted[0].start >= 0 else change


def _replaced(edit: Edit, numbering: TranscriptMap) -> Replaced | None:
    """In bases from the start codon; None where it does not lie within one exon."""
    bases = reverse_complement(edit.alt) if numbering.backward else edit.alt
    for exon in numbering.exons:
        if edit.start == edit.end:
            within = exon.start < edit.start < exon.end
        else:
            within = exon.start <= edit.start and edit.end <= exon.end
        if within:
            break
    else:
        return None
    before = edit.end if numbering.backward else edit.start - 1
    start = _base(before, numbering) + 1 - numbering.first_coding
    return Replaced(start, start + len(edit.ref), bases)


def _base(position: int, numbering: TranscriptMap) -> int:
    """Of the transcript; before an exon's first base comes the last of the exon before."""
    place = numbering.place(position)
    return place.base - 1 if place.offset < 0 else place.base


def _numbers(edits: Sequence[Edit], transcript: Transcript) -> tuple[str, str]:
    """Of the exons and introns that change, as `4/10`."""
    exons = [(exon.interval.start, exon.interval.end) for exon in transcript.exons]
    introns = [(a[1], b[0]) for a, b in pairwise(exons)]
    return _numbered(edits, exons, transcript), _numbered(edits, introns, transcript)


def _numbered(
    edits: Sequence[Edit], spans: Sequence[tuple[int, int]], transcript: Transcript
) -> str:
    last = len(spans) - 1
    touched = sorted(
        (last - i if transcript.interval.strand == "-" else i) + 1
        for i, span in enumerate(spans)
        if any(touches(edit, *span) for edit in edits)
    )
    ends = "-".join(str(i) for i in dict.fromkeys((touched[0], touched[-1]))) if touched else ""
    return f"{ends}/{len(spans)}" if ends else ""
