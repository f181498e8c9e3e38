"""How far models of one family agree: of a variant, of a locus, and of a scored file.

Answers -> Row (what each model says of a site or cell), Pair (correlation of tracks)
rows of a batch run -> Scatter
"""

from genoview.agreement.changes import changed_tracks
from genoview.agreement.loci import CONFIDENT, Pair, SitePair, pairs, site_pairs
from genoview.agreement.runs import Comparison, Scatter, comparisons, scatter
from genoview.agreement.sites import changed_sites
from genoview.agreement.statistics import pearson, spearman
from genoview.agreement.words import CALLED_FROM, Row, Verdict, Word, disagreements_first

__all__ = [
    "CALLED_FROM",
    "CONFIDENT",
    "Comparison",
    "Pair",
    "Row",
    "Scatter",
    "SitePair",
    "Verdict",
    "Word",
    "changed_sites",
    "changed_tracks",
    "comparisons",
    "disagreements_first",
    "pairs",
    "pearson",
    "scatter",
    "site_pairs",
    "spearman",
]
