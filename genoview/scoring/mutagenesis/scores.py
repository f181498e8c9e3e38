"""The scores that mutagenesis can compute, from the models' entries."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from genoview.errors import QueryError
from genoview.models.binding.motifs import motif_names
from genoview.models.entry import Entry, Mutagenesis, VariantScore
from genoview.models.registry import entries
from genoview.scoring.mutagenesis import activity, inclusion, motif, splicing, strength
from genoview.scoring.mutagenesis.facts import Meaning, ScoreFacts
from genoview.scoring.mutagenesis.score import Score

STRANDS = {"+": "forward", "-": "reverse"}
ORDER = tuple(VariantScore)  # motifs last, since they are many


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
    def facts(name: str, title: str, label: str, meaning: Meaning) -> ScoreFacts:
        score_id = f"{names.prefix}{name}"
        title, label = names.title.format(title), names.label.format(label)
        return ScoreFacts(score_id, title, label, meaning, entry.name, entry.card.family)

    match entry.variant_score:
        case VariantScore.DELTA:
            for strand, words in STRANDS.items():
                own = facts(strand, words, strand, splicing.MEANING)
                yield splicing.SpliceChange(own, splicing.CHUNK, strand)
        case VariantScore.GAIN_LOSS:
            tissues = list(dict.fromkeys(track.group for track in entry.load_class().tracks))
            meaning = strength.meaning(entry.card.title, tissues)
            for strand, words in STRANDS.items():
                own = facts(strand, words, strand, meaning)
                yield strength.StrengthChange(own, strength.CHUNK, strand)
        case VariantScore.INCLUSION:
            own = facts("", entry.card.title, entry.card.title, inclusion.MEANING)
            yield inclusion.InclusionChange(own, inclusion.CHUNK)
        case VariantScore.MOTIF:
            for matrix_id, name in sorted(motif_names().items(), key=_by_name):
                own = facts(matrix_id, f"{name}, {matrix_id}", name, motif.MEANING)
                yield motif.MotifChange(own, motif.CHUNK, matrix_id)
        case kind if kind.is_activity:
            model = entry.load_class()
            width = model.resolution + 2 * model.context_length
            meaning = activity.meaning(width, kind is VariantScore.LOG2_FOLD_CHANGE)
            chunk = names.bins_at_once * model.resolution
            for output in names.outputs:
                words = output.replace("-", " ")
                own = facts(output, words, words, meaning)
                yield activity.ReporterChange(own, chunk, names, grid=model.resolution)


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
