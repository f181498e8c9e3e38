"""REF and ALT -> what a variant changes, as values and in words."""

from genoview.scoring.activity import FORMULA as ACTIVITY_FORMULA
from genoview.scoring.activity import (
    LOG2_FOLD_CHANGE,
    ActivityChange,
    activity_changes,
    strand_mean,
)
from genoview.scoring.effects import (
    Effect,
    affected_columns,
    distance_words,
    is_deleted,
    largest_effects,
    signed_distance,
)
from genoview.scoring.language import language_scores
from genoview.scoring.motifs import (
    P_CUT,
    P_DIFFERENCE,
    SCORE_DIFFERENCE,
    MotifChange,
    factors_to_show,
    most_changed,
    motif_changes,
)
from genoview.scoring.ranks import Rank, rank
from genoview.scoring.splicing.delta import KINDS as DELTA_KINDS
from genoview.scoring.splicing.delta import (
    Change,
    DeltaScores,
    aligned,
    delta_scores,
    masked_by_nearest,
    masked_by_sites,
)
from genoview.scoring.splicing.events import EventKind, SpliceEvent
from genoview.scoring.splicing.gain_loss import GAIN, LOSS, GainLoss, gain_loss
from genoview.scoring.splicing.interaction import Interaction, interactions
from genoview.scoring.splicing.outcomes import Outcome, certainty, outcomes
from genoview.scoring.tracks.formula import Formula, TrackScore
from genoview.scoring.tracks.junctions_contacts import contact_scores, junction_scores
from genoview.scoring.tracks.track_scores import NOT_CALIBRATED, track_scores

__all__ = [
    "ACTIVITY_FORMULA",
    "DELTA_KINDS",
    "GAIN",
    "LOG2_FOLD_CHANGE",
    "LOSS",
    "NOT_CALIBRATED",
    "P_CUT",
    "P_DIFFERENCE",
    "SCORE_DIFFERENCE",
    "ActivityChange",
    "Change",
    "DeltaScores",
    "Effect",
    "EventKind",
    "Formula",
    "GainLoss",
    "Interaction",
    "MotifChange",
    "Outcome",
    "Rank",
    "SpliceEvent",
    "TrackScore",
    "activity_changes",
    "affected_columns",
    "aligned",
    "certainty",
    "contact_scores",
    "delta_scores",
    "distance_words",
    "factors_to_show",
    "gain_loss",
    "interactions",
    "is_deleted",
    "junction_scores",
    "language_scores",
    "largest_effects",
    "masked_by_nearest",
    "masked_by_sites",
    "most_changed",
    "motif_changes",
    "outcomes",
    "rank",
    "signed_distance",
    "strand_mean",
    "track_scores",
]
