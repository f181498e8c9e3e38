"""A change and a transcript -> the parts of the transcript that it touches.

Distances are Ensembl VEP's: splice sites are the first and last two bases of an intron, a splice
region reaches 3 bases into the exon and 8 into the intron, a polypyrimidine tract lies 3 to 17
bases before the exon.
"""

from dataclasses import dataclass

from genoview.data.genome import Interval, Transcript
from genoview.data.transcript.edits import Edit
from genoview.scoring.consequence.terms import Term

NEAR_BP = 5_000  # up- and downstream of a transcript, as in VEP
SHORTEST_INTRON = 13  # bp; shorter gaps are differences of the record, not introns
ESSENTIAL = {Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR}


@dataclass(frozen=True, slots=True)
class Introns:
    """Introns of a transcript in the order of the genome, and its strand."""

    spans: tuple[tuple[int, int], ...]
    backward: bool


def introns_of(transcript: Transcript) -> Introns:
    """Those that are long enough to be spliced."""
    spans = ((i.start, i.end) for i in transcript.introns if i.width >= SHORTEST_INTRON)
    return Introns(tuple(spans), transcript.interval.strand == "-")


def splice_terms(edit: Edit, introns: Introns) -> set[Term]:
    """Of sites, their regions, and introns."""
    terms: set[Term] = set()
    for start, end in introns.spans:
        if edit.end >= start - 3 and edit.start <= end + 3:
            terms |= _of_intron(edit, start, end, introns.backward)
    if terms & ESSENTIAL:
        terms -= {
            Term.SPLICE_REGION,
            Term.SPLICE_DONOR_REGION,
            Term.SPLICE_DONOR_5TH_BASE,
            Term.SPLICE_POLYPYRIMIDINE_TRACT,
        }
    return terms


def near_term(edit: Edit, transcript: Transcript) -> Term | None:
    """Up- or downstream within 5 kb; None further away."""
    interval = transcript.interval
    if edit.end <= interval.start:
        before, distance = True, interval.start - edit.end
    else:
        before, distance = False, edit.start - interval.end
    if distance >= NEAR_BP:
        return None
    return Term.UPSTREAM if before == (interval.strand != "-") else Term.DOWNSTREAM


def touches(edit: Edit, start: int, end: int) -> bool:
    """Whether it changes one of these 0-based half-open bases, or inserts between two of them."""
    if edit.start == edit.end:
        return start < edit.start < end
    return edit.start < end and edit.end > start


def is_outside(edit: Edit, interval: Interval) -> bool:
    """Whether all of it lies before or behind."""
    return edit.end <= interval.start or edit.start >= interval.end


def _of_intron(edit: Edit, start: int, end: int, backward: bool) -> set[Term]:
    def at_donor(first: int, behind: int) -> bool:
        """Bases of the intron counted from its donor, 0-based half-open."""
        span = (end - behind, end - first) if backward else (start + first, start + behind)
        return touches(edit, *span)

    def at_acceptor(first: int, behind: int) -> bool:
        """Counted from its acceptor."""
        span = (start + first, start + behind) if backward else (end - behind, end - first)
        return touches(edit, *span)

    inserted = edit.start == edit.end
    terms = set()
    if at_donor(0, 2):
        terms.add(Term.SPLICE_DONOR)
    if at_acceptor(0, 2):
        terms.add(Term.SPLICE_ACCEPTOR)
    if at_donor(4, 5):
        terms.add(Term.SPLICE_DONOR_5TH_BASE)
    elif at_donor(2, 6):
        terms.add(Term.SPLICE_DONOR_REGION)
    if at_acceptor(2, 17):
        terms.add(Term.SPLICE_POLYPYRIMIDINE_TRACT)
    edges = {start, end, start + 2, end - 2}
    in_exon = touches(edit, start - 3, start) or touches(edit, end, end + 3)
    in_region = at_acceptor(2, 8) or at_donor(5 if inserted else 6, 8)
    if in_exon or in_region or (inserted and edit.start in edges):
        terms.add(Term.SPLICE_REGION)
    if touches(edit, start + 2, end - 2) or (inserted and edit.start in (start + 2, end - 2)):
        terms.add(Term.INTRON)
    return terms
