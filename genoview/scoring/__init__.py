"""REF and ALT -> what a variant changes, as values and in words."""

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
    "P_CUT",
    "Effect",
    "MotifChange",
    "distance_words",
    "factors_to_show",
    "is_deleted",
    "largest_effects",
    "most_changed",
    "motif_changes",
    "signed_distance",
]
