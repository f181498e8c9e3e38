"""How far models of one family agree: of a variant and of a locus.

Answers -> Row (each model's values at a site or cell), Pair (correlation of tracks)
"""

from genoview.scoring.comparison.changes import changed_tracks
from genoview.scoring.comparison.loci import CONFIDENT, Pair, SitePair, pairs, site_pairs
from genoview.scoring.comparison.sites import changed_sites
from genoview.scoring.comparison.statistics import pearson, spearman
from genoview.scoring.comparison.words import CALLED_FROM, Row, Verdict, Word, disagreements_first

__all__ = [
    "CALLED_FROM",
    "CONFIDENT",
    "Pair",
    "Row",
    "SitePair",
    "Verdict",
    "Word",
    "changed_sites",
    "changed_tracks",
    "disagreements_first",
    "pairs",
    "pearson",
    "site_pairs",
    "spearman",
]
