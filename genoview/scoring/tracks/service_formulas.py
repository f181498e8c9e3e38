"""Kinds of scorer of AlphaGenome's protocol -> how its authors define them."""

from genoview.scoring.tracks.contacts import CONTACTS
from genoview.scoring.tracks.formula import AVSEC_2026, Formula
from genoview.scoring.tracks.gene_mask import ACTIVE, FOLD_CHANGE, SPLICING
from genoview.scoring.tracks.junctions import JUNCTION

POLYADENYLATION = Formula(
    "Polyadenylation",
    "the largest over splits k of the K sites of a gene of "
    "|log2((K − k)/k · Σ proximal / Σ distal)|",
    "log2",
    AVSEC_2026,
)
SERVICE_FORMULAS = {
    "GeneMaskLFCScorer": FOLD_CHANGE,
    "GeneMaskActiveScorer": ACTIVE,
    "GeneMaskSplicingScorer": SPLICING,
    "ContactMapScorer": CONTACTS,
    "SpliceJunctionScorer": JUNCTION,
    "PolyadenylationScorer": POLYADENYLATION,
}
"""By the client's names; centre masks have their formula from `Centre`."""
