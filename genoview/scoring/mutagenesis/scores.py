"""The scores that mutagenesis can compute."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Protocol

from genoview.data.genome import Interval
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray
from genoview.errors import QueryError
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.motifs import motif_names
from genoview.models.expression.promoter_network import CELLS
from genoview.scoring.mutagenesis.activity import ActivityChange
from genoview.scoring.mutagenesis.facts import ScoreFacts
from genoview.scoring.mutagenesis.motif import MotifChange
from genoview.scoring.mutagenesis.reporter import OUTPUTS, ReporterChange
from genoview.scoring.mutagenesis.splicing import SpliceChange
from genoview.scoring.mutagenesis.strength import StrengthChange
from genoview.scoring.splicing.delta_scores import VariantLine


class Score(Protocol):
    """One way to say what a substitution does."""

    @property
    def chunk(self) -> int:
        """Bases that are computed and kept together."""

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


@cache
def scores() -> Mapping[str, Score]:
    """By id: splicing, reporter activity, models that a person added, then the motifs by name."""
    motifs = sorted(motif_names().items(), key=lambda item: (item[1].upper(), item[0]))
    found: tuple[Score, ...] = (
        SpliceChange("+"),
        SpliceChange("-"),
        *(ActivityChange(cell) for cell in CELLS),
        StrengthChange("+"),
        StrengthChange("-"),
        *(ReporterChange(output) for output in OUTPUTS),
        *(MotifChange(matrix_id, name) for matrix_id, name in motifs),
    )
    return {score.facts.score_id: score for score in found}


def score_of(score_id: str) -> Score:
    """The score of an id.

    Raises:
        QueryError: there is none.
    """
    found = scores().get(score_id)
    if found is None:
        few = ", ".join(one for one in scores() if not one.startswith("motif."))
        raise QueryError(
            f"Mutagenesis has no score {score_id[:20]!r}; it has {few}, and motif. with the id of "
            "a matrix of JASPAR2024, as motif.MA0095.2 of YY1."
        )
    return found


def scores_for(models: Iterable[str]) -> tuple[Score, ...]:
    """Those that these models can compute."""
    names = set(models)
    return tuple(score for score in scores().values() if score.facts.model in names)
