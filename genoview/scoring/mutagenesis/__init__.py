"""In-silico mutagenesis: every substitution over a range, for one score, streamed and cached.

Score, Interval -> Scan (filled while it is computed) -> Substitutions -> top positions
"""

from genoview.scoring.mutagenesis.effects import BASES, Substitutions, Top, factors_at
from genoview.scoring.mutagenesis.scan import Scan, ScanSpec, check
from genoview.scoring.mutagenesis.score import ScanModel, Score
from genoview.scoring.mutagenesis.scores import score_of, scores, scores_for

__all__ = [
    "BASES",
    "Scan",
    "ScanModel",
    "ScanSpec",
    "Score",
    "Substitutions",
    "Top",
    "check",
    "factors_at",
    "score_of",
    "scores",
    "scores_for",
]
