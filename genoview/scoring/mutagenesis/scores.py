"""The scores that mutagenesis can compute, from the models' entries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from genoview.data.genome import Interval
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray
from genoview.errors import QueryError
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.motifs import motif_names
from genoview.models.entry import Entry, Mutagenesis, VariantScore
from genoview.models.registry import entries
from genoview.scoring.mutagenesis import activity, motif, splicing, strength
from genoview.scoring.mutagenesis.facts import Meaning, ScoreFacts
from genoview.scoring.splicing.delta_scores import VariantLine

STRANDS = {"+": "forward", "-": "reverse"}
ORDER = tuple(VariantScore)  # motifs last, since they are many


class Score(Protocol):
    """One measure of a substitution's effect."""

    @property
    def chunk(self) -> int:
        """Bases that are computed and cached together."""

    @property
    def grid(self) -> int:
        """Chunks begin at multiples of it."""

    @property
    def facts(self) -> ScoreFacts:
        """Names, unit, formula."""

    def contents(self, backend: Backend, assembly: Assembly, interval: Interval) -> list[str]:
        """For each base, all of the genome that its effects depend on."""

    def effects(
        self,
        backend: Backend,
        assembly: Assembly,
        interval: Interval,
        lines: Sequence[VariantLine],
        progress: Progress,
    ) -> dict[str, FloatArray]:
        """float32[lines] of substitutions in the interval, in order of place, by score id.

        A score that comes with others for nothing gives them too.
        """


def scores() -> Mapping[str, Score]:
    """By id: of models that run by default, of those that a person added, then the motifs."""
    return _scores(entries())


@cache
def _scores(models: tuple[Entry, ...]) -> Mapping[str, Score]:
    def place(entry: Entry) -> tuple[bool, bool, int]:
        is_motif = entry.variant_score is VariantScore.MOTIF
        return is_motif, not entry.runs_by_default, ORDER.index(entry.variant_score)

    available = [
        score
        for entry in sorted(models, key=place)
        if entry.mutagenesis is not None
        for score in _of_model(entry, entry.mutagenesis)
    ]
    return {score.facts.score_id: score for score in available}


def _of_model(entry: Entry, names: Mutagenesis) -> Iterator[Score]:
    def facts(part: str, title: str, label: str, meaning: Meaning) -> ScoreFacts:
        score_id = f"{names.prefix}{part}"
        title, label = names.title.format(title), names.label.format(label)
        return ScoreFacts(score_id, title, label, meaning, entry.name, entry.card.family)

    match entry.variant_score:
        case VariantScore.DELTA:
            for strand, words in STRANDS.items():
                yield splicing.SpliceChange(facts(strand, words, strand, splicing.MEANING), strand)
        case VariantScore.GAIN_LOSS:
            tissues = list(dict.fromkeys(track.group for track in entry.load_class().tracks))
            meaning = strength.meaning(entry.card.title, tissues)
            for strand, words in STRANDS.items():
                yield strength.StrengthChange(facts(strand, words, strand, meaning), strand)
        case VariantScore.MOTIF:
            for matrix_id, name in sorted(motif_names().items(), key=_by_name):
                words = f"{name}, {matrix_id}"
                yield motif.MotifChange(facts(matrix_id, words, name, motif.MEANING), matrix_id)
        case kind if kind.is_activity:
            model = entry.load_class()
            width = model.resolution + 2 * model.context_length
            meaning = activity.meaning(width, kind is VariantScore.LOG2_FOLD_CHANGE)
            chunk = names.bins_at_once * model.resolution
            for output in names.outputs:
                words = output.replace("-", " ")
                known = facts(output, words, words, meaning)
                yield activity.ReporterChange(known, names, chunk, model.resolution)


def _by_name(motif: tuple[str, str]) -> tuple[str, str]:
    matrix_id, name = motif
    return name.upper(), matrix_id


def score_of(score_id: str) -> Score:
    """The score of an id.

    Raises:
        QueryError: there is none.
    """
    score = scores().get(score_id)
    if score is None:
        few = ", ".join(known_id for known_id in scores() if not known_id.startswith("motif."))
        raise QueryError(
            f"Mutagenesis has no score {score_id[:20]!r}; it has {few}, and motif. with the id of "
            "a matrix of JASPAR2024, as motif.MA0095.2 of YY1."
        )
    return score


def scores_for(models: Iterable[str]) -> tuple[Score, ...]:
    """Those that these models can compute."""
    names = set(models)
    return tuple(score for score in scores().values() if score.facts.model in names)
