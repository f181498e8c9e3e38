"""Scores of models that a person added: gain and loss of sites, changes of reporter activity.

Answers -> GainRow, ActivityChange; those of a model that tells no log2 have a unit of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks, Assay
from genoview.scoring import GAIN as GAIN
from genoview.scoring import LOSS as LOSS
from genoview.scoring import ActivityChange, Change, Formula, activity_changes, gain_loss
from genoview.scoring.splicing.genes import GeneSource, SpliceGene

POOLED = "-pooled"  # of several outputs of a cell, the one over all replicates
OWN_SCALE_CHANGE = Formula(
    "Reporter activity change",
    "Mean of ALT - REF over the windows that hold the variant and over both strands, on the "
    "model's own scale, of which a difference is no fold change.",
    "the model's own scale",
)
MASK = "gains at the exon boundaries that the gene table knows, and losses elsewhere, count as 0"
SMALLEST_TOLD = 0.005  # a score that is written 0.00 has no tissue and no place worth reading


@dataclass(frozen=True, slots=True)
class GainRow:
    """Gain or loss in one gene.

    Attributes:
        kind: `gain` or `loss`.
        tissue: in which it is largest.
        pos: of the variant, 1-based.
    """

    model: str
    version: str
    gene: str
    strand: str
    kind: str
    raw: Change
    tissue: str
    masked: Change
    pos: int

    @property
    def formula(self) -> Formula:
        return GAIN if self.kind == "gain" else LOSS

    @property
    def position(self) -> int:
        """1-based base of the site with the largest change."""
        return self.pos + self.raw.position

    @property
    def is_told(self) -> bool:
        """Whether tissue and place mean anything."""
        return self.raw.score >= SMALLEST_TOLD

    @property
    def words(self) -> str:
        """`ADA (-): gain 0.76 in testis, at -2 bp (43,249,074); masked 0.76`."""
        where = ""
        if self.is_told:
            where = f" in {self.tissue}, at {self.raw.position:+,} bp ({self.position:,})"
        amount = f"{self.kind} {self.raw.score:.2f}{where}"
        return f"{self.gene} ({self.strand}): {amount}; masked {self.masked.score:.2f}"


def has_gains(found: Answer) -> bool:
    """Whether the answer has both alleles of strengths of splice sites."""
    pair = found.alleles
    return pair is not None and _assay(found) is Assay.SPLICE_SITE_STRENGTH


def gains_of(
    request: Request, answers: Sequence[Answer], genes: GeneSource, distance: int
) -> list[GainRow]:
    """Of each model that tells strengths, gene by gene; none of a locus.

    Args:
        distance: bp on each side of the variant, as far as it was predicted.
    """
    variant = request.variant
    if variant is None:
        return []
    at = genes.at(variant.chrom, variant.start)
    return [
        row
        for found in answers
        if has_gains(found) and found.alleles is not None
        for gene in at
        for row in _rows(found, found.alleles, variant, gene, distance)
    ]


def _rows(
    found: Answer, pair: AlleleTracks, variant: Variant, gene: SpliceGene, distance: int
) -> list[GainRow]:
    raw = gain_loss(pair, variant, gene.strand, distance)
    masked = gain_loss(pair, variant, gene.strand, distance, gene.boundaries)
    facts = found.card.title, found.version, gene.name, gene.strand
    return [
        GainRow(*facts, "gain", raw.gain, raw.gain_in, masked.gain, variant.pos),
        GainRow(*facts, "loss", raw.loss, raw.loss_in, masked.loss, variant.pos),
    ]


def own_scale_changes(
    request: Request, answers: Sequence[Answer]
) -> list[tuple[Answer, ActivityChange]]:
    """Of reporter activity on a scale that is no logarithm; over all replicates where told."""
    return [
        (found, change)
        for found in answers
        if request.variant is not None and found.alleles is not None and _is_own_scale(found)
        for change in _pooled(
            activity_changes(found.alleles, found.members, request.variant, found.reach)
        )
    ]


def _pooled(changes: Sequence[ActivityChange]) -> Sequence[ActivityChange]:
    return [one for one in changes if one.cell.endswith(POOLED)] or changes


def _is_own_scale(found: Answer) -> bool:
    return _assay(found) is Assay.MPRA and not found.ref.tracks[0].unit.startswith("log2")


def _assay(found: Answer) -> Assay:
    return found.ref.tracks[0].assay
