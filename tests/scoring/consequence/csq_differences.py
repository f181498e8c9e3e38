"""Reasons for which consequences differ from those of `bcftools csq`, each a narrow predicate."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from genoview.data.genome import Variant
from genoview.data.transcript.edits import Edit, edit_of
from genoview.scoring.consequence.coding import STOP
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence

SITES = {Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR}
RESIZED = {Term.INFRAME_INSERTION, Term.INFRAME_DELETION}
PROTEIN = {*RESIZED, Term.FRAMESHIFT, Term.MISSENSE, Term.SYNONYMOUS, Term.START_LOST}
REGION = {Term.SPLICE_REGION}
ALTERING = {Term.PROTEIN_ALTERING}


@dataclass(frozen=True)
class Case:
    """A difference.

    Attributes:
        missing: what csq says and genoview does not.
        extra: what genoview says and csq does not.
        can_move: the same change may be written elsewhere.
    """

    variant: Variant
    missing: frozenset[Term]
    extra: frozenset[Term]
    detail: Consequence
    can_move: bool

    @cached_property
    def edit(self) -> Edit:
        return edit_of(self.variant)

    @property
    def inserts(self) -> bool:
        return not self.edit.ref

    @property
    def replaces(self) -> bool:
        """Bases by another number of bases."""
        edit = self.edit
        return bool(edit.ref and edit.alt) and len(edit.ref) != len(edit.alt)

    @property
    def is_cut(self) -> bool:
        """It lies on both sides of an exon's edge."""
        return any(self.edit.start < edge < self.edit.end for edge in self.edges())

    def edges(self, in_exon: int = 0, in_intron: int = 0) -> set[int]:
        """Of introns, moved so far into the exon or the intron."""
        moved = in_intron - in_exon
        introns = self.detail.transcript.introns
        return {i.start + moved for i in introns} | {i.end - moved for i in introns}

    def beside(self, edges: set[int]) -> bool:
        """It begins or ends there."""
        return bool(edges & {self.edit.start, self.edit.end})

    def says(self, *terms: Term) -> bool:
        """genoview does."""
        return set(terms) <= set(self.detail.terms)

    def differs(self, missing: set[Term], extra: set[Term]) -> bool:
        """Exactly so."""
        return (self.missing, self.extra) == (missing, extra)

    @property
    def new_stop(self) -> bool:
        return STOP in self.detail.amino_acids.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why they differ, and how often in the fixture."""

    n: int
    words: str
    holds: Callable[[Case], bool]


def _altering(case: Case) -> bool:
    return case.extra == ALTERING and len(case.missing) == 1 and case.missing <= RESIZED


def _stop_in_frameshift(case: Case) -> bool:
    moved = case.can_move and case.differs(set(), {Term.STOP_GAINED, *REGION})
    fits = moved or case.differs(set(), {Term.STOP_GAINED})
    return fits and case.new_stop and case.says(Term.FRAMESHIFT)


def _cut(case: Case) -> bool:
    return case.is_cut and not case.extra and case.missing <= PROTEIN


def _between(case: Case) -> bool:
    fits = case.missing <= {Term.FRAMESHIFT, Term.INFRAME_INSERTION} and not case.extra
    site = case.differs({Term.SPLICE_DONOR}, REGION)
    return case.inserts and not case.can_move and case.beside(case.edges()) and (fits or site)


def _moved(case: Case) -> bool:
    extra = case.extra <= {Term.SPLICE_REGION, Term.FRAMESHIFT, Term.UTR_5}
    site = case.missing - {Term.SYNONYMOUS} <= SITES
    return case.can_move and bool(case.missing & SITES) and site and extra


def _leftmost(case: Case) -> bool:
    regions = (REGION, {Term.UTR_5})
    return case.can_move and any(
        case.differs(*pair) for region in regions for pair in ((region, set()), (set(), region))
    )


def _letters_stay(case: Case) -> bool:
    site = len(case.extra) == 1 and case.extra <= SITES
    return case.replaces and site and REGION <= case.missing <= {*REGION, Term.FRAMESHIFT}


def _region_edge(case: Case) -> bool:
    edges = case.edges(in_exon=3) | case.edges(in_intron=8)
    fits = case.differs(REGION, set()) and not case.can_move
    return case.inserts and fits and case.beside(edges)


def _beside_region(case: Case) -> bool:
    edges = case.edges(in_exon=3) | case.edges(in_intron=8)
    altered = case.differs({Term.INFRAME_INSERTION, *REGION}, ALTERING)
    fits = altered or case.differs(REGION, set())
    return case.replaces and fits and case.beside(edges)


def _silent(case: Case) -> bool:
    shifted = case.extra - {Term.STOP_GAINED} == {Term.FRAMESHIFT} and not case.missing
    near = case.beside(case.edges() | case.edges(in_exon=1) | case.edges(in_exon=2))
    return case.replaces and near and shifted and not case.says(Term.START_LOST)


def _start(case: Case) -> bool:
    shifted = case.differs(set(), {Term.FRAMESHIFT})
    return case.says(Term.START_LOST) and shifted


def _start_named_twice(case: Case) -> bool:
    fits = len(case.missing) == 1 and case.missing <= {Term.FRAMESHIFT, Term.INFRAME_DELETION}
    return case.says(Term.START_LOST) and fits and not case.extra


def _behind_start(case: Case) -> bool:
    fits = case.missing == {Term.START_LOST} and len(case.extra) == 1
    return fits and case.detail.residue == 2 and not case.says(Term.START_LOST)


def _ends_of_coding(case: Case) -> bool:
    return (
        case.differs(set(), {Term.START_LOST})
        or case.differs(set(), {Term.STOP_LOST})
        or case.differs({Term.STOP_LOST}, {Term.STOP_RETAINED})
        or (case.differs({Term.STOP_LOST}, set()) and case.can_move)
        or (case.differs({Term.INFRAME_INSERTION}, set()) and case.says(Term.STOP_LOST))
    )


def _misread(case: Case) -> bool:
    return case.replaces and (
        case.differs({Term.INFRAME_DELETION, Term.STOP_GAINED}, ALTERING)
        or case.differs({Term.FRAMESHIFT}, ALTERING)
        or (case.differs({Term.STOP_LOST}, set()) and case.says(Term.FRAMESHIFT))
    )


REASONS = (
    Reason(
        542,
        "In frame, but not only whole residues come or go: VEP's `protein_altering_variant`, "
        "csq's `inframe_*`.",
        _altering,
    ),
    Reason(
        482,
        "The changed codons of a frameshift hold a stop or become one: `stop_gained` too, as the "
        "protein's name says (VEP: only where the new bases make it whole).",
        _stop_in_frameshift,
    ),
    Reason(
        80,
        "A stop lies among inserted codons: csq says `inframe_insertion` beside `stop_gained`.",
        lambda c: c.differs({Term.INFRAME_INSERTION}, set()) and c.says(Term.STOP_GAINED),
    ),
    Reason(
        20,
        "Several residues change and one becomes a stop: csq says `missense`.",
        lambda c: c.differs({Term.MISSENSE}, {Term.STOP_GAINED}) and c.new_stop,
    ),
    Reason(34, "The start is lost by a change that shifts the frame: both are said.", _start),
    Reason(
        5,
        "The start is lost by a deletion: csq says the frameshift or deletion besides.",
        _start_named_twice,
    ),
    Reason(
        4,
        "The change lies right behind the start codon, which stays: csq says `start_lost`.",
        _behind_start,
    ),
    Reason(
        14,
        "At an end of the coding part: read by what is left of the start or stop codon.",
        _ends_of_coding,
    ),
    Reason(
        90,
        "Cut by an exon's edge: csq names a change of the protein besides the lost site.",
        _cut,
    ),
    Reason(
        27,
        "Inserted exactly 3 bases into the exon or 8 into the intron: outside for VEP, a splice "
        "region for csq.",
        _region_edge,
    ),
    Reason(
        54,
        "Replaced by another number of bases up to exactly there: outside for VEP, a splice "
        "region for csq.",
        _beside_region,
    ),
    Reason(
        15,
        "Inserted exactly between exon and intron: VEP says `splice_region`, csq names the donor "
        "or a change of the protein.",
        _between,
    ),
    Reason(
        34,
        "A repeat lets one write the change without touching the site: genoview reads the mildest "
        "of equal placements.",
        _moved,
    ),
    Reason(
        102,
        "A repeat with an edge of a splice region or UTR: genoview reads it where HGVS writes the "
        "change, csq where VCF does.",
        _leftmost,
    ),
    Reason(
        17,
        "Bases of a site are replaced by others and csq sees its letters again: VEP counts it as "
        "changed.",
        _letters_stay,
    ),
    Reason(
        27,
        "Replaced bases beside an exon's edge: csq says no change of the protein.",
        _silent,
    ),
    Reason(
        21,
        "Several bases are replaced by another number and csq's residues are not those of the "
        "changed message.",
        _misread,
    ),
)
