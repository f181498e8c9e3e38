"""AlleleTracks + a gene -> how its RNA-seq coverage changes, as Borzoi is scored."""

import numpy as np

from genoview.data.genome import Gene
from genoview.data.track_data import AlleleTracks
from genoview.scoring.tracks.formula import Float64Array, Formula, bins_touching, strands_agree

COVERAGE = Formula(
    "Gene coverage",
    "log2(1 + Σ ALT) − log2(1 + Σ REF) over the bins that touch an exon of any transcript",
    "log2",
    "Linder et al. 2025, Nature Genetics 57:949",
)


def coverage_change(pair: AlleleTracks, gene: Gene) -> Float64Array:
    """float64[tracks], log2; NaN where the strands differ, or no exon was predicted.

    A bin in several exons counts once; values below 0, as logarithms have, give NaN.
    """
    exons = [exon.interval for transcript in gene.transcripts for exon in transcript.exons]
    mask = bins_touching(pair.ref, exons)
    agree = strands_agree(pair.ref.tracks, gene.interval.strand)
    if not mask.any():
        return np.full(len(agree), np.nan)
    ref, alt = (data.values[mask].sum(axis=0, dtype=np.float64) for data in (pair.ref, pair.alt))
    known = agree & (ref >= 0) & (alt >= 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.log2(1 + alt) - np.log2(1 + ref)
    return np.where(known, change, np.nan)
