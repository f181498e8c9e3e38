"""REF and ALT -> what a variant changes, as values and in words."""

from genoview.scoring.activity import FORMULA as ACTIVITY_FORMULA
from genoview.scoring.activity import ActivityChange, activity_changes, strand_mean
from genoview.scoring.effects import (
    Effect,
    distance_words,
    is_deleted,
    largest_effects,
    signed_distance,
)
from genoview.scoring.motifs import (
    P_CUT,
    MotifChange,
    factors_to_show,
    most_changed,
    motif_changes,
)

__all__ = [
    "ACTIVITY_FORMULA",
    "P_CUT",
    "ActivityChange",
    "Effect",
    "MotifChange",
    "activity_changes",
    "distance_words",
    "factors_to_show",
    "is_deleted",
    "largest_effects",
    "most_changed",
    "motif_changes",
    "signed_distance",
    "strand_mean",
]
