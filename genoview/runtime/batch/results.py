"""What models say of one line of a file: ModelResult <-> JSON, Row."""

import json
from dataclasses import dataclass
from typing import Any

from genoview.runtime.batch.reading import Entry
from genoview.runtime.batch.skipped_lines import Fault, Kind
from genoview.scoring import Change, DeltaScores, GainLoss
from genoview.scoring.splicing.delta_scores import VariantLine

CUTOFFS = (0.2, 0.5, 0.8)  # of delta scores: high recall, recommended, high precision


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
class ModelResult:
    """What one model says of a variant; `reason` is why it says nothing."""

    model: str
    genes: tuple[GeneScores, ...] = ()
    cells: tuple[CellChange, ...] = ()
    reason: str = ""
    gains: tuple[GainScores, ...] = ()

    def strongest(self, masked: bool) -> DeltaScores | None:
        """Of the gene with the largest delta score; of equal ones the first."""
        found = [one.masked if masked else one.raw for one in self.genes]
        return max(found, key=lambda scores: scores.largest, default=None)

    def most_changed(self, masked: bool) -> GainScores | None:
        """Of gains and losses the gene with the largest; of equal ones the first."""
        return max(self.gains, key=lambda one: one.of(masked).largest, default=None)

    def largest(self, masked: bool) -> float | None:
        """The largest delta score, gain or loss."""
        deltas, gains = self.strongest(masked), self.most_changed(masked)
        if deltas is not None:
            return deltas.largest
        return None if gains is None else gains.of(masked).largest

    def change(self, cell: str) -> CellChange | None:
        """Of one cell."""
        return next((one for one in self.cells if one.cell == cell), None)

    @property
    def largest_change(self) -> CellChange | None:
        """Of the cell in which reporter activity changes most."""
        return max(self.cells, key=lambda one: abs(one.change), default=None)


@dataclass(frozen=True, slots=True)
class Row:
    """One variant of a file with all that is known of it.

    Attributes:
        variant: `chr20:43042364:C>T`; of a line that is none, its text.
        genes: symbols of the genes there.
        results: one a model, in the order of the run; empty where there is a fault.
    """

    entry: Entry
    variant: str
    genes: tuple[str, ...] = ()
    results: tuple[ModelResult, ...] = ()
    fault: Fault | None = None

    @property
    def is_scored(self) -> bool:
        return self.fault is None

    def result(self, model: str) -> ModelResult | None:
        return next((one for one in self.results if one.model == model), None)


def result_text(result: ModelResult) -> str:
    """As JSON; floats come back as they were."""
    fields = {
        "genes": [[_delta_fields(one.raw), _delta_fields(one.masked)] for one in result.genes],
        "cells": [[one.cell, one.change, one.spread] for one in result.cells],
        "reason": result.reason,
        "gains": [
            [one.gene, one.strand, _gain_fields(one.raw), _gain_fields(one.masked)]
            for one in result.gains
        ],
    }
    return json.dumps({"model": result.model, **fields}, separators=(",", ":"))


def result_from(text: str) -> ModelResult:
    """What `result_text` wrote."""
    fields: dict[str, Any] = json.loads(text)
    return ModelResult(
        fields["model"],
        tuple(GeneScores(_delta(raw), _delta(masked)) for raw, masked in fields["genes"]),
        tuple(CellChange(*one) for one in fields["cells"]),
        fields["reason"],
        tuple(  # answers that were kept before there were any have none
            GainScores(gene, strand, _gain(raw), _gain(masked))
            for gene, strand, raw, masked in fields.get("gains", ())
        ),
    )


def row_text(row: Row) -> str:
    """As JSON on one line."""
    entry, line = row.entry, row.entry.line
    fault = None if row.fault is None else [row.fault.kind.name, row.fault.reason]
    return json.dumps(
        {
            "entry": [entry.number, line.chrom, line.pos, line.ref, line.alt, entry.name],
            "text": entry.text,
            "variant": row.variant,
            "genes": row.genes,
            "results": [result_text(one) for one in row.results],
            "fault": fault,
        },
        separators=(",", ":"),
    )


def row_from(text: str) -> Row:
    """What `row_text` wrote."""
    fields: dict[str, Any] = json.loads(text)
    number, chrom, pos, ref, alt, name = fields["entry"]
    fault = None if fields["fault"] is None else _fault(*fields["fault"])
    found_in_reading = None if chrom else fault  # a line that is no variant has no chromosome
    return Row(
        Entry(number, VariantLine(chrom, pos, ref, alt), name, fields["text"], found_in_reading),
        fields["variant"],
        tuple(fields["genes"]),
        tuple(result_from(one) for one in fields["results"]),
        fault,
    )


def _fault(kind: str, reason: str) -> Fault:
    return Fault(Kind[kind], reason)


def _delta_fields(scores: DeltaScores) -> list[object]:
    changes = [part for one in scores.changes for part in (one.score, one.position)]
    return [scores.gene, scores.strand, *changes]


def _gain_fields(found: GainLoss) -> list[object]:
    gain, loss = found.gain, found.loss
    return [gain.score, gain.position, found.gain_in, loss.score, loss.position, found.loss_in]


def _gain(fields: list[Any]) -> GainLoss:
    gain, gain_at, gain_in, loss, loss_at, loss_in = fields
    return GainLoss(Change(gain, gain_at), Change(loss, loss_at), gain_in, loss_in)


def _delta(fields: list[Any]) -> DeltaScores:
    gene, strand, *rest = fields
    changes = [Change(*rest[i : i + 2]) for i in range(0, len(rest), 2)]
    return DeltaScores(gene, strand, *changes)
