"""In-silico mutagenesis: every substitution over a range, for one score, streamed and kept.

Score, Interval -> Scan (filled while it is computed) -> Substitutions -> top positions
"""

from genoview.mutagenesis.scan import Scan, ScanSpec
from genoview.mutagenesis.scores import SCORES, Score, score_of, scores_for
from genoview.mutagenesis.substitutions import BASES, Substitutions, Top, factors_over

__all__ = [
    "BASES",
    "SCORES",
    "Scan",
    "ScanSpec",
    "Score",
    "Substitutions",
    "Top",
    "factors_over",
    "score_of",
    "scores_for",
]
