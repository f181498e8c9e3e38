"""Result of one model for one variant, for a page and a file alike, and how it is cached.

ModelFacts + variant -> ResultQuestion -> key; ModelResult <-> values of JSON
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from genoview.data.answer import Answer
from genoview.data.genome import Interval, Variant
from genoview.data.model_card import ModelCard
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.scoring import Change, DeltaScores, GainLoss

LAYOUT = 1  # raised when cached results change their meaning


@dataclass(frozen=True, slots=True)
class GeneScores:
    """Delta scores in one gene, without and with the program's mask."""

    raw: DeltaScores
    masked: DeltaScores


@dataclass(frozen=True, slots=True)
class GainScores:
    """Gain and loss of splice sites in one gene, without and with the program's mask."""

    gene: str
    strand: str
    raw: GainLoss
    masked: GainLoss

    def of(self, masked: bool) -> GainLoss:
        return self.masked if masked else self.raw


@dataclass(frozen=True, slots=True)
class CellChange:
    """Reporter activity in one cell type.

    Attributes:
        change: ALT - REF, in the model's unit: of log2 activity, a log2 fold change.
        spread: standard deviation among the networks; None for a single one.
    """

    cell: str
    change: float
    spread: float | None


@dataclass(frozen=True, slots=True)
class ExonResult:
    """The exon of a gene whose inclusion changes most.

    Attributes:
        exon: `5 of 12`, along `transcript`.
        first, last: 1-based.
        delta_logit_psi: change of the log odds of inclusion (natural logarithm).
        psi: measured in REF, median of tissues; None where it is not, and `delta_psi` from 50%.
        tissue: where inclusion changes most, by `tissue_delta_psi`; empty of all but the first
            exon of a variant, and where no tissue has RNA with it.
    """

    gene: str
    exon: str
    transcript: str
    strand: str
    first: int
    last: int
    delta_logit_psi: float
    psi: float | None
    delta_psi: float
    pathogenicity: float
    tissue: str = ""
    tissue_delta_psi: float | None = None


@dataclass(frozen=True, slots=True)
class ModelResult:
    """Result of one model for a variant; `reason` is why it is empty.

    Attributes:
        exons: one a gene, the largest change first.
    """

    model: str
    genes: tuple[GeneScores, ...] = ()
    cells: tuple[CellChange, ...] = ()
    reason: str = ""
    gains: tuple[GainScores, ...] = ()
    exons: tuple[ExonResult, ...] = ()

    def strongest(self, masked: bool) -> DeltaScores | None:
        """Of the gene with the largest delta score; of equal ones the first."""
        scores = [gene.masked if masked else gene.raw for gene in self.genes]
        return max(scores, key=lambda scores: scores.largest, default=None)

    def most_changed(self, masked: bool) -> GainScores | None:
        """Of gains and losses the gene with the largest; of equal ones the first."""
        return max(self.gains, key=lambda gene: gene.of(masked).largest, default=None)

    def largest(self, masked: bool) -> float | None:
        """The largest delta score, gain or loss."""
        deltas, gains = self.strongest(masked), self.most_changed(masked)
        if deltas is not None:
            return deltas.largest
        return None if gains is None else gains.of(masked).largest

    def change(self, cell: str) -> CellChange | None:
        """Of one cell."""
        return next((change for change in self.cells if change.cell == cell), None)

    @property
    def largest_change(self) -> CellChange | None:
        """Of the cell in which reporter activity changes most."""
        return max(self.cells, key=lambda change: abs(change.change), default=None)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a score depends on of its model, which need not be loaded for that.

    Attributes:
        context_length: bp read on each side of what is predicted.
        resolution: bp a bin.
    """

    card: ModelCard
    version: str
    context_length: int
    resolution: int = 1

    @classmethod
    def of(cls, backend: Backend) -> Self:
        return cls(backend.card, backend.version, backend.context_length, backend.resolution)

    @classmethod
    def behind(cls, answer: Answer) -> Self:
        """Of the model that gave an answer."""
        return cls(answer.card, answer.version, answer.reach, answer.ref.data.resolution)

    def window(self, interval: Interval) -> Interval:
        """What the model reads to predict an interval."""
        return interval.snapped(self.resolution).expanded(self.context_length)


@dataclass(frozen=True)
class ResultQuestion:
    """One variant for one model in one genome; a `store.Question`.

    A subclass lists in `facts` what the result depends on besides model and variant.
    """

    KIND: ClassVar[tuple[object, ...]] = (LAYOUT,)

    variant: Variant
    model: ModelFacts
    assembly: Assembly

    @property
    def facts(self) -> Sequence[object]:
        """Distance, genes and bases that are read, as far as they count."""
        raise NotImplementedError

    @cached_property
    def key(self) -> str:
        """sha256 over kind, model, variant and facts, hexadecimal."""
        model = self.model
        return digest(*self.KIND, model.card.name, model.version, str(self.variant), *self.facts)

    @property
    def document_key(self) -> str:
        """Earlier versions cached none as documents, except delta scores."""
        return ""

    def to_plain(self, answer: ModelResult) -> Any:
        """As in a file of a run."""
        return result_plain(answer)

    def from_plain(self, plain: Any) -> ModelResult:
        """Inverse of `to_plain`."""
        return result_of(plain)


def digest(*facts: object) -> str:
    """sha256 of facts that JSON can encode, hexadecimal."""
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def result_plain(result: ModelResult) -> dict[str, Any]:
    """For JSON; floats come back as they were."""
    return {
        "model": result.model,
        "genes": [
            [_delta_fields(entry.raw), _delta_fields(entry.masked)] for entry in result.genes
        ],
        "cells": [[entry.cell, entry.change, entry.spread] for entry in result.cells],
        "reason": result.reason,
        "gains": [
            [entry.gene, entry.strand, _gain_fields(entry.raw), _gain_fields(entry.masked)]
            for entry in result.gains
        ],
    } | ({"exons": list(map(astuple, result.exons))} if result.exons else {})


def result_of(fields: Any) -> ModelResult:
    """Inverse of `result_plain`, by way of JSON."""
    return ModelResult(
        fields["model"],
        tuple(GeneScores(_delta(raw), _delta(masked)) for raw, masked in fields["genes"]),
        tuple(CellChange(*entry) for entry in fields["cells"]),
        fields["reason"],
        tuple(  # results cached by earlier versions have none
            GainScores(gene, strand, _gain(raw), _gain(masked))
            for gene, strand, raw, masked in fields.get("gains", ())
        ),
        tuple(ExonResult(*exon) for exon in fields.get("exons", ())),
    )


def _delta_fields(scores: DeltaScores) -> list[object]:
    changes = [part for change in scores.changes for part in (change.score, change.position)]
    return [scores.gene, scores.strand, *changes]


def _gain_fields(scores: GainLoss) -> list[object]:
    gain, loss = scores.gain, scores.loss
    return [gain.score, gain.position, scores.gain_in, loss.score, loss.position, scores.loss_in]


def _gain(fields: list[Any]) -> GainLoss:
    gain, gain_at, gain_in, loss, loss_at, loss_in = fields
    return GainLoss(Change(gain, gain_at), Change(loss, loss_at), gain_in, loss_in)


def _delta(fields: list[Any]) -> DeltaScores:
    gene, strand, *rest = fields
    changes = [Change(*rest[i : i + 2]) for i in range(0, len(rest), 2)]
    return DeltaScores(gene, strand, *changes)
