"""REF and ALT -> what a variant changes, as values and in words."""

from genoview.scoring.effects import Effect, largest_effects
from genoview.scoring.motifs import MotifChange, factors_to_show, most_changed, motif_changes

__all__ = [
    "Effect",
    "MotifChange",
    "factors_to_show",
    "largest_effects",
    "most_changed",
    "motif_changes",
]
