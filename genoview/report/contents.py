"""What a report of a variant holds, and what is wanted of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from genoview.data.answer import Answer
from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.models.base import Backend
from genoview.query.resolve_names import ChosenNames
from genoview.report.consequences import TranscriptConsequence
from genoview.report.missense import Missense
from genoview.report.structure import StructureFacts
from genoview.scoring import ActivityChange, Effect, MotifChange, Outcome, TrackScore
from genoview.scoring.background_ranks import RankQuestion, RankReport
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.marks import Mark
from genoview.scoring.prediction.clingen import Rule
from genoview.scoring.rna.outcome import RnaOutcome
from genoview.scoring.service_scores import ServiceQuestion, ServiceReport
from genoview.scoring.splicing.delta_question import DISTANCE
from genoview.scoring.splicing.gain_loss_report import GainRow
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.report import SpliceReport
from genoview.scoring.verdict import Pending, Verdict

NO_VERDICT = Verdict()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is wanted beside what the tracks say.

    Attributes:
        distance: bp beside a variant in which splice sites are compared.
        levels: of the genes, REF and ALT.
        ranks: what is ranked, if anything.
        services: requests to services.
        backend: a model by its name, to compute what is not known; None to recall only.
        names: of the variant, if they are wanted.
        meter: progress of such work by its name.
        missense: what is known of the residues that change.
        structure: where the first of them lies, if a structure is here.
        pending: models whose tracks or scores are not there yet.
        transcript: on which the consequence is read; "" for the first.
        inclusion: of the exons near the variant.
    """

    distance: int = DISTANCE
    levels: Sequence[ModelLevels] = ()
    ranks: RankQuestion | None = None
    services: Sequence[ServiceQuestion] = ()
    backend: Callable[[str], Backend] | None = None
    names: ChosenNames | None = None
    meter: Callable[[str], Progress] = field(default=lambda name: no_progress)
    missense: Missense | None = None
    structure: StructureFacts | None = None
    pending: Sequence[Pending] = ()
    transcript: str = ""
    inclusion: Sequence[ExonInclusion] = ()


@dataclass(frozen=True, slots=True)
class VariantReport:
    """All that is said of a request; of a locus the answers and the levels of its genes alone.

    Attributes:
        effects: the largest differences of tracks.
        deltas: splice delta scores by the first model that has them; None while not known.
        gains: gain and loss of splice sites, by models that predict strengths.
        activities: log2 fold changes of reporter activity.
        own_scale: changes of reporter activity on a scale of the model's own.
        motifs: changed sites, the largest change first, with the score of both alleles.
        outcomes: transcripts that changed splice sites change, the surest first.
        track_scores: the field's scores of tracks.
        ranks: among random variants, if they were made.
        services: what services scored themselves.
        levels: of the genes.
        verdict: the prediction: one sentence for a curator, what is pending, four marks.
        pending: titles of models whose delta scores are not known.
        names: as others write the variant, if they were wanted.
        consequences: on each transcript within 5 kb, the chosen one first.
        missense: of the residues that change, if it is known.
        rna: of changed splicing and of changed proteins, the transcript before and after.
        structure: where the first of them lies, if a structure is here.
        rules: of ClinGen for splicing, as they apply to the numbers; no classification.
        family: the known assembly that the genome is of; "" for none.
        inclusion: of the exons near the variant, by each model of exons.
    """

    request: Request
    answers: Sequence[Answer]
    effects: Sequence[Effect] = ()
    deltas: SpliceReport | None = None
    gains: Sequence[GainRow] = ()
    activities: Sequence[ActivityChange] = ()
    own_scale: Sequence[tuple[Answer, ActivityChange]] = ()
    motifs: Sequence[MotifChange] = ()
    track_scores: Sequence[TrackScore] = ()
    ranks: RankReport | None = None
    services: Sequence[ServiceReport] = ()
    levels: Sequence[ModelLevels] = ()
    verdict: Verdict = NO_VERDICT
    pending: tuple[str, ...] = ()
    names: ChosenNames | None = None
    outcomes: Sequence[Outcome] = ()
    consequences: Sequence[TranscriptConsequence] = ()
    missense: Missense | None = None
    structure: StructureFacts | None = None
    rules: Sequence[Rule] = ()
    rna: Sequence[RnaOutcome] = ()
    family: str = ""
    inclusion: Sequence[ExonInclusion] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Protein, splicing, expression and binding; none of a locus."""
        return self.verdict.marks
