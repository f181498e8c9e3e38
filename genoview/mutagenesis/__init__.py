"""In-silico mutagenesis: every substitution over a range, for one score, streamed and kept.

Score, Interval -> Scan (filled while it is computed) -> Substitutions -> top positions
"""

from genoview.mutagenesis.rows import PREFIX, scan_ids, scan_rows
from genoview.mutagenesis.scan import Scan, ScanSpec, check
from genoview.mutagenesis.scores import Score, score_of, scores, scores_for
from genoview.mutagenesis.substitutions import BASES, Substitutions, Top, factors_over

__all__ = [
    "BASES",
    "PREFIX",
    "Scan",
    "ScanSpec",
    "Score",
    "Substitutions",
    "Top",
    "check",
    "factors_over",
    "scan_ids",
    "scan_rows",
    "score_of",
    "scores",
    "scores_for",
]
