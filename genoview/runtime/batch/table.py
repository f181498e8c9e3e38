"""Rows -> the scores that they can be sorted and filtered by, and named columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from genoview.data.genome import Interval, canonical_chrom
from genoview.data.track_data import Family
from genoview.io.export import ModelUsed, NamedColumn, Provenance
from genoview.models.entry import VariantScore
from genoview.models.registry import card_of
from genoview.runtime.batch.exon_columns import exon_columns
from genoview.runtime.batch.gain_loss_columns import gain_columns
from genoview.runtime.batch.results import CUTOFFS, Row
from genoview.runtime.batch.units import (
    DELTA,
    MASKED,
    activity_name,
    activity_unit,
    main_help,
    main_label,
    score_kind,
)
from genoview.scoring import ACTIVITY_FORMULA, DeltaScores

SITES = ("AG", "AL", "DG", "DL")
SITE_WORDS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")


@dataclass(frozen=True, slots=True)
class Score:
    """One number of a variant.

    Attributes:
        key: unique in a run.
        cell: of reporter activity; empty for the cell that changes most, and for delta scores.
        masked: delta scores with the program's mask.
        help: formula and unit in words.
    """

    key: str
    label: str
    model: str
    family: Family
    help: str
    cell: str = ""
    masked: bool = False

    def of(self, row: Row) -> float | None:
        """The score of a row; None where the model says nothing of it."""
        result = row.result(self.model)
        if result is None or result.reason:
            return None
        if result.exons:
            return result.exons[0].delta_logit_psi
        if self.family is Family.SPLICING:
            return result.largest(self.masked)
        change = result.change(self.cell) if self.cell else result.largest_change
        return None if change is None else change.change

    @property
    def sample(self) -> str:
        """The cell type of `cell`, which may name a promoter too."""
        return self.cell.partition(" ")[0]

    @property
    def cutoffs(self) -> tuple[float, ...]:
        """Published thresholds; none are of other scores than delta scores."""
        return CUTOFFS if score_kind(self.model) is VariantScore.DELTA else ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see; an empty part lets everything through.

    Attributes:
        gene: symbol, in any case.
        least: magnitude that the score must have.
    """

    gene: str = ""
    region: Interval | None = None
    score: Score | None = None
    least: float = 0.0

    def accepts(self, row: Row) -> bool:
        genes = {gene.upper() for gene in row.genes}
        if self.gene and self.gene.upper() not in genes:
            return False
        if self.region is not None and not self._is_inside(row, self.region):
            return False
        if self.score is None or self.least <= 0:
            return True
        value = self.score.of(row)
        return value is not None and abs(value) >= self.least

    @staticmethod
    def _is_inside(row: Row, region: Interval) -> bool:
        line = row.entry.line
        place = Interval(canonical_chrom(line.chrom), line.pos - 1, line.pos - 1 + len(line.ref))
        return place.overlaps(region)


def scores_of(models: Sequence[str], rows: Iterable[Row], masked: bool = False) -> list[Score]:
    """The main number of each model first, then each cell's."""
    main, cells = [], []
    known = list(rows)
    for model in models:
        card = card_of(model)
        words, is_splicing = main_help(card, masked), card.family is Family.SPLICING
        label = main_label(card)
        main.append(Score(model, label, model, card.family, words, masked=masked and is_splicing))
        for cell in _cells(known, model):
            words = f"{activity_unit(model)}, in {cell}. {ACTIVITY_FORMULA}"
            label = activity_name(model, cell)
            cells.append(Score(f"{model}:{cell}", label, model, card.family, words, cell))
    return [*main, *cells]


def columns(
    rows: Sequence[Row], models: Sequence[str], masked: bool = False, short: bool = False
) -> list[NamedColumn]:
    """All of a run's numbers, a row a variant; of several genes the one most changed.

    Args:
        short: only what a reader looks at first.
    """
    columns = [*_places(rows), *_consequences(rows)]
    for model in models:
        if score_kind(model).is_activity:
            columns += _activities(rows, model, short)
        elif score_kind(model) is VariantScore.GAIN_LOSS:
            columns += gain_columns(rows, model, masked, short)
        elif score_kind(model) is VariantScore.INCLUSION:
            columns += exon_columns(rows, model, short)
        else:
            columns += _deltas(rows, model, masked, short)
    if not short:
        reasons = [row.fault.reason if row.fault else None for row in rows]
        columns.append(NamedColumn("passed_over", str, "why nothing was scored", reasons))
    return columns


def table_provenance(
    name: str, genome: str, versions: Sequence[tuple[str, str]], link: str = ""
) -> Provenance:
    """What made a table of scores."""
    cards = [(card_of(model), version) for model, version in versions]
    used = tuple(
        ModelUsed(card.title, version, card.licence, card.citation, card.random_weights)
        for card, version in cards
    )
    return Provenance(genome, name, used, date.today().isoformat(), link)


def _places(rows: Sequence[Row]) -> list[NamedColumn]:
    lines = [row.entry.line for row in rows]
    return [
        NamedColumn("line", int, "in the file, from 1", [row.entry.number for row in rows]),
        NamedColumn("variant", str, "as it was read", [row.variant for row in rows]),
        NamedColumn("chrom", str, "chromosome", [line.chrom or None for line in lines]),
        NamedColumn(
            "pos", int, "of REF's first base, from 1", [line.pos or None for line in lines]
        ),
        NamedColumn("ref", str, "REF", [line.ref or None for line in lines]),
        NamedColumn("alt", str, "ALT", [line.alt or None for line in lines]),
        NamedColumn("id", str, "ID", [row.entry.name or None for row in rows]),
        NamedColumn("genes", str, "at the place", [", ".join(row.genes) or None for row in rows]),
    ]


def _consequences(rows: Sequence[Row]) -> list[NamedColumn]:
    """Nothing where no row has one."""
    some = [row.severest for row in rows]
    if not any(some):
        return []
    words = {
        "consequence": "the severest on a transcript within 5 kb, a term of the Sequence Ontology",
        "gene": "of that transcript",
        "transcript": "on which it is the severest; MANE's where several are alike",
        "coding": "name along that transcript",
        "protein": "predicted name along its protein",
    }
    kept = ("term", *list(words)[1:])
    return [
        NamedColumn(name, str, says, [(value and getattr(value, field)) or None for value in some])
        for (name, says), field in zip(words.items(), kept, strict=True)
    ]


def _deltas(rows: Sequence[Row], model: str, masked: bool, short: bool) -> list[NamedColumn]:
    results = [row.result(model) for row in rows]
    best = [None if result is None else result.strongest(masked) for result in results]
    name = card_of(model).title
    mask = f"; {MASKED}" if masked else ""

    def column(
        label: str, kind: type[str] | type[int] | type[float], words: str, values: list[object]
    ) -> NamedColumn:
        return NamedColumn(f"{name} {label}", kind, words + mask, values)  # type: ignore[arg-type]

    largest = [result and result.largest for result in best]
    columns = [
        column("Δ", float, f"largest of the four: {DELTA}", list(largest)),
        column("gene", str, "gene most changed", [result and result.gene for result in best]),
    ]
    for i, (site, words) in enumerate(zip(SITES, SITE_WORDS, strict=True)):
        columns.append(
            column(site, float, f"{words}: {DELTA}", [_score(result, i) for result in best])
        )
    for i, (site, words) in enumerate(zip(SITES, SITE_WORDS, strict=True)):
        where = [result and result.changes[i].position for result in best]
        columns.append(column(f"{site} position", int, f"{words}: bp from POS", list(where)))
    if short:
        return columns
    reasons = [result and (result.reason or None) for result in results]
    columns.append(column("passed_over", str, "why the model gives no score", list(reasons)))
    return columns


def _activities(rows: Sequence[Row], model: str, short: bool) -> list[NamedColumn]:
    columns = []
    results = [row.result(model) for row in rows]
    for cell in _cells(rows, model):
        name = activity_name(model, cell)
        changes = [None if result is None else result.change(cell) for result in results]
        values = [None if change is None else change.change for change in changes]
        columns.append(NamedColumn(name, float, f"{activity_unit(model)}, in {cell}", values))
        if not short:
            spread = [None if change is None else change.spread for change in changes]
            words = f"standard deviation among the networks, in {cell}"
            columns.append(NamedColumn(f"{name} spread", float, words, spread))
    return columns


def _score(scores: DeltaScores | None, i: int) -> float | None:
    return None if scores is None else scores.changes[i].score


def _cells(rows: Iterable[Row], model: str) -> list[str]:
    """Cell types of a model, of the first row that has some."""
    results = (result for row in rows if (result := row.result(model)) is not None)
    return next(([cell.cell for cell in result.cells] for result in results if result.cells), [])
