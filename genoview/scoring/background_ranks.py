"""A variant -> ranks of its scores among random variants of its kind here, remembered.

report = known(question, store)         # at once, or None
report = rank_report(question, store)   # computes where it must
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.registry import splice_rules
from genoview.scoring import (
    LOG2_FOLD_CHANGE,
    P_DIFFERENCE,
    Formula,
    Rank,
    activity_changes,
    motif_changes,
    rank,
)
from genoview.scoring.random_variants import N_VARIANTS, REACH, background_words, random_variants
from genoview.scoring.splicing.delta_scores import SpliceScorer
from genoview.scoring.splicing.genes import annotated_genes
from genoview.scoring.variant_line import VariantLine
from genoview.store import Store, cached, recalled

LAYOUT_VERSION = 1  # raised when cached values change their meaning
MARGIN = 100  # bp predicted beyond the farthest variant: longer than a motif, a window's half
MOTIF_CHANGE = Formula(
    "Largest motif change",
    f"the largest size of any site's p-value difference; {P_DIFFERENCE.text}",
    P_DIFFERENCE.unit,
)
Values = dict[str, float]
"""Name of a score's track -> value, of one variant."""


@dataclass(frozen=True)
class RankQuestion:
    """One variant for some models; what the answer depends on.

    Attributes:
        backends: at least one.
        distance: bp, of delta scores.
        n: random variants wanted.
    """

    variant: Variant
    backends: tuple[Backend, ...]
    assembly: Assembly
    distance: int
    n: int = N_VARIANTS

    @cached_property
    def key(self) -> str:
        """sha256 over models, bases, genes and distance, hexadecimal."""
        reach = max(backend.context_length for backend in self.backends)
        window = self.variant.interval.expanded(REACH + MARGIN + self.distance + reach)
        genes = self.assembly.annotation.genes(window)
        facts = (
            *("ranks", LAYOUT_VERSION, self.n, self.distance, str(self.variant)),
            *(self.assembly.name, self.assembly.annotation.name),
            [[backend.card.name, backend.version] for backend in self.backends],
            hashlib.sha256(self.assembly.reference.fetch(window).encode()).hexdigest(),
            [asdict(gene) for gene in genes],
        )
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    @property
    def document_key(self) -> str:
        """Keys of earlier versions for the same values."""
        return self.key

    def to_plain(self, answer: "RankReport") -> Any:
        """Every field."""
        return asdict(answer)

    def from_plain(self, plain: Any) -> "RankReport":
        """Inverse of `to_plain`."""
        scores = tuple(map(RankedScore.from_plain, plain["scores"]))
        return RankReport(str(plain["background"]), scores)


@dataclass(frozen=True, slots=True)
class RankedScore:
    """One score of the variant and where its size stands.

    Attributes:
        track: what is scored: a model, or a cell type.
    """

    formula: Formula
    track: str
    value: float
    rank: Rank

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Inverse of `asdict`."""
        parts = {"formula": Formula(**plain["formula"]), "rank": Rank(**plain["rank"])}
        return cls(**{**plain, **parts})


@dataclass(frozen=True, slots=True)
class RankReport:
    """Ranks of a variant's scores.

    Attributes:
        background: what was drawn, as `random substitutions of C>T within 500 bp`.
    """

    background: str
    scores: tuple[RankedScore, ...]


def known(question: RankQuestion, store: Store | None) -> RankReport | None:
    """The report if it is cached."""
    return recalled(store, question)


def rank_report(
    question: RankQuestion, store: Store | None = None, progress: Progress = no_progress
) -> RankReport:
    """The report, computed where it is not known. A broken store costs the remembering alone.

    Raises:
        Cancelled: from `progress`.
    """
    return cached(store, question, lambda: _ranks(question, progress))


def _ranks(question: RankQuestion, progress: Progress) -> RankReport:
    variant, fetch = question.variant, question.assembly.reference.fetch
    variants = [variant, *random_variants(variant, fetch, question.n)]
    scores: list[RankedScore] = []
    share = 1 / len(question.backends)
    for i, backend in enumerate(question.backends):

        def part(done: float, first: float = i * share) -> None:
            progress(first + done * share)

        formula, values = _values(question, backend, variants, part)
        scores += _ranked(formula, values)
    return RankReport(background_words(variant), tuple(scores))


def _ranked(formula: Formula, values: Sequence[Values | None]) -> Iterator[RankedScore]:
    """The first variant among the others; those that cannot be scored do not count."""
    own, *others = values
    for track, value in (own or {}).items():
        background = [scores[track] for scores in others if scores is not None and track in scores]
        yield RankedScore(formula, track, value, rank(value, background))


def _values(
    question: RankQuestion, backend: Backend, variants: Sequence[Variant], progress: Progress
) -> tuple[Formula, list[Values | None]]:
    """How a model's changes are scored, and the scores of each variant."""
    if splice_rules(backend.card.name) is not None:
        return _delta_formula(question.distance), _deltas(question, backend, variants, progress)
    pairs = _alleles(question, backend, variants, progress)
    if backend.tracks[0].assay.facts.is_reporter:
        return LOG2_FOLD_CHANGE, [_activities(backend, *pair) for pair in pairs]
    return MOTIF_CHANGE, [_motifs(backend, *pair) for pair in pairs]


def _delta_formula(distance: int) -> Formula:
    return Formula(
        "Largest delta score",
        f"the largest of a variant's delta scores within {distance:,} bp, over genes, no mask",
        "difference of probabilities, 0 to 1",
        "Jaganathan et al. 2019, Cell 176:535",
    )


def _deltas(
    question: RankQuestion, backend: Backend, variants: Sequence[Variant], progress: Progress
) -> list[Values | None]:
    assembly = question.assembly
    genes = annotated_genes(assembly.annotation)
    scorer = SpliceScorer(backend, assembly.reference, genes, question.distance)
    lines = [
        VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt) for variant in variants
    ]
    title = backend.card.title
    return [
        {title: max(gene.largest for gene in scored.raw)} if scored.raw else None
        for scored in scorer.score(lines, len(lines), progress)
    ]


Pair = tuple[Variant, Prediction, Prediction]


def _alleles(
    question: RankQuestion, backend: Backend, variants: Sequence[Variant], progress: Progress
) -> Iterator[Pair]:
    """REF, computed once, and each ALT."""
    chrom = question.variant.chrom
    start = min(variant.start for variant in variants) - MARGIN
    region = Interval(chrom, start, max(variant.end for variant in variants) + MARGIN)
    grid = backend.grid(region)
    sequence = question.assembly.reference.fetch(backend.window(grid))
    ref = backend.predict(sequence, grid)
    for i, variant in enumerate(variants):
        progress(i / len(variants))
        yield variant, ref, backend.predict_alternate(ref, sequence, variant)


def _activities(backend: Backend, variant: Variant, ref: Prediction, alt: Prediction) -> Values:
    pair = AlleleTracks(ref.without_members().data, alt.without_members().data)
    changes = activity_changes(pair, None, variant, backend.context_length)
    return {change.cell: change.log2_fold_change for change in changes}


def _motifs(backend: Backend, variant: Variant, ref: Prediction, alt: Prediction) -> Values:
    changes = motif_changes(ref.sites, alt.sites, backend.tracks, variant)
    return {backend.card.title: max((change.size for change in changes), default=0.0)}


def can_rank(backend: Backend) -> bool:
    """Whether a model's changes are scored here."""
    first = backend.tracks[0]
    is_activity = first.assay.facts.is_reporter and first.unit.startswith("log2")
    has_deltas = splice_rules(backend.card.name) is not None
    return has_deltas or first.assay.facts.is_motif or is_activity
