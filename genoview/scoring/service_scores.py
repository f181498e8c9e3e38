"""A variant -> what the services that are in use score of it themselves, remembered.

question = question_of(large, kind, request, assembly)
report = known(question, store)          # at once, or None
report = service_report(question, store) # calls the service where it must
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from genoview.data.assembly_names import assembly_fits
from genoview.data.genome import Interval, Variant
from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.alphagenome.outputs import OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import TrackFacts, described
from genoview.models.alphagenome.variant_scores import ScorerFacts, ServedScore, served_scores
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Access
from genoview.models.registry import setups
from genoview.scoring import Formula
from genoview.scoring.tracks.centre_mask import Centre
from genoview.scoring.tracks.service_formulas import SERVICE_FORMULAS
from genoview.store import Store, cached, recalled

LAYOUT_VERSION = 1  # raised when cached values change their meaning
HOSTED_GENOMES = {"human": "GRCh38", "mouse": "GRCm38"}
NO_QUANTILE = "quantile not given"


@dataclass(frozen=True)
class ServiceQuestion:
    """One variant for one service; what the answer depends on.

    Attributes:
        genome: family of the genome that the service has; empty where it is unknown.
        interval: what the service reads, of a legal length.
    """

    large: LargeModels
    model: LargeModel
    variant: Variant
    interval: Interval
    genome: str
    asked_of: str

    @property
    def title(self) -> str:
        return setups()[self.model.kind].card.title

    @property
    def refusal(self) -> str:
        """Why the service cannot score it, in a sentence; empty where it can."""
        if self.variant.parts:
            return f"{self.title} scores one change at a time; this variant has several."
        if not self.genome:
            return (
                f"{self.title} does not report its genome, so that its own scorers cannot "
                "be used; the scores here are genoview's."
            )
        if not assembly_fits(self.genome, self.asked_of):
            return (
                f"The scorers of {self.title} need its own genome, {self.genome}; in "
                f"{self.asked_of} the scores are genoview's."
            )
        return ""

    @property
    def key(self) -> str:
        """sha256 over service, its models as far as known, tracks, place and variant."""
        server_models = self.large.identity(self.model).models
        facts = (
            *("service scores", LAYOUT_VERSION, asdict(self.model), server_models, self.genome),
            *(str(self.interval), str(self.variant)),
        )
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    @property
    def document_key(self) -> str:
        """Earlier versions cached none as documents."""
        return ""

    def to_plain(self, answer: "ServiceReport") -> Any:
        """Each scorer and track once; a row a score."""
        return _packed(answer.scores)

    def from_plain(self, plain: Any) -> "ServiceReport":
        """Inverse of `to_plain`."""
        return _report(self, _unpacked(plain))


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What a service scores of a variant.

    Attributes:
        title: of the service.
        interval: what it read.
    """

    title: str
    licence: str
    interval: Interval
    scores: tuple[ServedScore, ...]


def question_of(
    large: LargeModels, kind: str, request: Request, assembly: Assembly
) -> ServiceQuestion | None:
    """The question for a request; None of a locus."""
    if request.variant is None:
        return None
    model = large.models[kind]
    is_hosted = model.access is Access.HOSTED
    genome = HOSTED_GENOMES[model.organism] if is_hosted else large.identity(model).genome
    n_bases = assembly.reference.chromosomes[request.predicted.chrom]
    interval = _window(request.predicted, model.shortest, n_bases)
    family = assembly.family or assembly.name
    return ServiceQuestion(large, model, request.variant, interval, genome, family)


def _window(requested: Interval, shortest: int, n_bases: int) -> Interval:
    """The smallest legal window around it, moved into the chromosome where that is long enough."""
    wanted = max(requested.width, shortest)
    width = next((length for length in WINDOW_LENGTHS if length >= wanted), WINDOW_LENGTHS[-1])
    start = max(min(requested.resized(width).start, n_bases - width), 0)
    return Interval(requested.chrom, start, start + width)


def known(question: ServiceQuestion, store: Store | None) -> ServiceReport | None:
    """The report if it is cached."""
    return recalled(store, question)


def service_report(
    question: ServiceQuestion, store: Store | None = None, progress: Progress = no_progress
) -> ServiceReport:
    """The report, requested where it is not cached. With a broken store it is not cached.

    Raises:
        BackendError: the service does not answer, and why. Cancelled: from `progress`.
    """
    return cached(store, question, lambda: _ask(question, progress))


def _ask(question: ServiceQuestion, progress: Progress) -> ServiceReport:
    model, service = question.model, question.large.service(question.model)
    scores = served_scores(
        service, question.interval, question.variant, model.outputs, model.choice, progress
    )
    return _report(question, scores)


def _report(question: ServiceQuestion, scores: tuple[ServedScore, ...]) -> ServiceReport:
    licence = setups()[question.model.kind].card.licence
    return ServiceReport(question.title, licence, question.interval, scores)


def _packed(scores: tuple[ServedScore, ...]) -> dict[str, Any]:
    """Each scorer and track once; a row a score."""
    scorers = {
        scorer: i for i, scorer in enumerate(dict.fromkeys(score.scorer for score in scores))
    }
    tracks = {track: i for i, track in enumerate(dict.fromkeys(score.track for score in scores))}
    rows = [
        [
            scorers[score.scorer],
            tracks[score.track],
            score.value,
            score.quantile,
            score.gene,
            score.junction,
        ]
        for score in scores
    ]
    listed = {"scorers": [*map(asdict, scorers)], "tracks": [*map(asdict, tracks)]}
    return {**listed, "rows": rows}


def _unpacked(cached: Any) -> tuple[ServedScore, ...]:
    """Inverse of `_packed`, by way of JSON."""
    scorers = [ScorerFacts(**fields) for fields in cached["scorers"]]
    tracks = [TrackFacts(**fields) for fields in cached["tracks"]]
    return tuple(
        ServedScore(
            scorers[scorer],
            tracks[track],
            float(value),
            quantile,
            gene,
            None if junction is None else (int(junction[0]), int(junction[1])),
        )
        for scorer, track, value, quantile, gene, junction in cached["rows"]
    )


def formula_of(score: ServedScore) -> Formula:
    """How the protocol's authors define the score; the service's own name where that is unknown."""
    scorer = score.scorer
    if scorer.kind == "CenterMaskScorer" and scorer.aggregation in Centre.__members__:
        return Centre[scorer.aggregation].formula(scorer.width or 0)
    return SERVICE_FORMULAS.get(scorer.kind) or Formula(
        scorer.kind, "as the service defines it", ""
    )


def label_of(score: ServedScore) -> str:
    """The track as a person reads it, as where it is drawn."""
    assay = OUTPUTS[score.scorer.output].assay
    [track] = described([score.track], assay, "")
    place = "" if score.junction is None else f", {score.junction[0] + 1:,}-{score.junction[1]:,}"
    return track.label + place


def rank_of(score: ServedScore) -> str:
    """`quantile +0.982`."""
    return NO_QUANTILE if score.quantile is None else f"quantile {score.quantile:+.3f}"


def plain_report(report: ServiceReport) -> dict[str, Any]:
    """For JSON; places are 1-based, both ends included."""
    place = report.interval
    return {
        "service": report.title,
        "licence": report.licence,
        "interval": {"chrom": place.chrom, "first": place.start + 1, "last": place.end},
        "scores": [_plain(score) for score in report.scores],
    }


def _plain(score: ServedScore) -> dict[str, Any]:
    formula, junction = formula_of(score), score.junction
    return {
        "name": formula.name,
        "formula": formula.text,
        "unit": formula.unit,
        "source": formula.source,
        "output": score.scorer.output,
        "track": label_of(score),
        "ontology_term": score.track.curie,
        "gene": score.gene,
        "junction": None if junction is None else [junction[0] + 1, junction[1]],
        "value": round(score.value, 6),
        "quantile": NO_QUANTILE if score.quantile is None else round(score.quantile, 6),
    }
