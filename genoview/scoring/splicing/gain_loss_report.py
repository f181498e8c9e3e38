"""Scores of models that a person added: gain and loss of sites, changes of reporter activity.

Answers -> GainRow, ActivityChange; those of a model without log2 values have a unit of its own.
"""

from dataclasses import dataclass
from typing import ClassVar

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.scoring import GAIN as GAIN
from genoview.scoring import LOSS as LOSS
from genoview.scoring import Change, Formula
from genoview.scoring.model_result import ModelFacts, ModelResult

OWN_SCALE_CHANGE = Formula(
    "Reporter activity change",
    "Mean of ALT - REF over the windows that hold the variant and over both strands, on the "
    "model's own scale, of which a difference is no fold change.",
    "the model's own scale",
)
MASK = "gains at annotated exon boundaries, and losses elsewhere, count as 0"
SMALLEST_REPORTED = 0.005  # a score that is written 0.00 has no tissue and no place worth reading


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
    score_name: ClassVar[str] = "score"

    @property
    def formula(self) -> Formula:
        return GAIN if self.kind == "gain" else LOSS

    @property
    def position(self) -> int:
        """1-based base of the site with the largest change."""
        return self.pos + self.raw.position

    @property
    def has_site(self) -> bool:
        """Whether tissue and place mean anything."""
        return self.raw.score >= SMALLEST_REPORTED

    @property
    def words(self) -> str:
        """`ADA (-): gain 0.76 in testis, at -2 bp (43,249,074); masked 0.76`."""
        where = ""
        if self.has_site:
            where = f" in {self.tissue}, at {self.raw.position:+,} bp ({self.position:,})"
        amount = f"{self.kind} {self.raw.score:.2f}{where}"
        return f"{self.gene} ({self.strand}): {amount}; masked {self.masked.score:.2f}"


def has_gains(answer: Answer) -> bool:
    """Whether the answer has both alleles of strengths of splice sites."""
    pair = answer.alleles
    return pair is not None and answer.shown.assay.facts.has_strengths


def gain_rows(model: ModelFacts, result: ModelResult, variant: Variant) -> list[GainRow]:
    """Two a gene."""
    rows = []
    for gene in result.gains:
        raw, masked = gene.raw, gene.masked
        facts = model.card.title, model.version, gene.gene, gene.strand
        rows += [
            GainRow(*facts, "gain", raw.gain, raw.gain_in, masked.gain, variant.pos),
            GainRow(*facts, "loss", raw.loss, raw.loss_in, masked.loss, variant.pos),
        ]
    return rows
