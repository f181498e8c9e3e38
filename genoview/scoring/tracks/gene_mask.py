"""AlleleTracks + a gene -> one score a track: expression over its exons, splicing over its body."""

import numpy as np

from genoview.data.genome import Gene, Interval
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.scoring.tracks.formula import (
    AVSEC_2026,
    OF_TRACK,
    Float64Array,
    Formula,
    bins_touching,
    strands_agree,
)

PSEUDOCOUNT = 1e-3  # added to a mean before its logarithm
_EXONS = "over the exons of all transcripts that begin in the window"
FOLD_CHANGE = Formula(
    "Gene mask LFC",
    f"ln(mean ALT + 0.001) − ln(mean REF + 0.001), means {_EXONS}",
    "natural logarithm",
    AVSEC_2026,
)
ACTIVE = Formula(
    "Gene mask ACTIVE", f"the larger of mean REF and mean ALT {_EXONS}", OF_TRACK, AVSEC_2026
)
SPLICING = Formula(
    "Gene mask splicing", "the largest |ALT − REF| over the gene's body", OF_TRACK, AVSEC_2026
)


def expression_fold_change(pair: AlleleTracks, gene: Gene) -> Float64Array:
    """float64[tracks], natural logarithm; NaN where the strands differ or no exon counts."""
    ref, alt = _exon_means(pair, gene)
    return np.asarray(np.log(alt + PSEUDOCOUNT) - np.log(ref + PSEUDOCOUNT))


def active_expression(pair: AlleleTracks, gene: Gene) -> Float64Array:
    """float64[tracks], the more active allele's mean; NaN as in `expression_fold_change`."""
    ref, alt = _exon_means(pair, gene)
    return np.maximum(ref, alt)


def splicing_change(pair: AlleleTracks, gene: Gene) -> Float64Array:
    """float64[tracks], largest change over the gene's body, of splice sites or of their usage.

    NaN where the strands differ, or no base of the gene was predicted.
    """
    mask = bins_touching(pair.ref, [gene.interval])
    agree = strands_agree(pair.ref.tracks, gene.interval.strand)
    if not mask.any():
        return np.full(len(agree), np.nan)
    change = np.abs(pair.alt.values[mask].astype(np.float64) - pair.ref.values[mask])
    return np.where(agree, change.max(axis=0), np.nan)


def gene_activity(data: TrackData, gene: Gene, within: Interval, total: bool) -> Float64Array:
    """float64[tracks], mean or sum over the bins of the exons that touch `within`.

    NaN as in `expression_fold_change`.
    """
    mask = bins_touching(data, counted_exons(gene, data.interval)) & bins_touching(data, [within])
    agree = strands_agree(data.tracks, gene.interval.strand)
    if not mask.any():
        return np.full(len(agree), np.nan)
    values = data.values[mask].astype(np.float64)
    return np.where(agree, values.sum(axis=0) if total else values.mean(axis=0), np.nan)


def counted_exons(gene: Gene, window: Interval) -> list[Interval]:
    """Exons of the transcripts whose first transcribed base lies in `window`."""
    return [
        exon.interval
        for transcript in gene.transcripts
        if window.contains(Interval(window.chrom, transcript.tss, transcript.tss + 1))
        for exon in transcript.exons
        if exon.interval.chrom == window.chrom
    ]


def _exon_means(pair: AlleleTracks, gene: Gene) -> tuple[Float64Array, Float64Array]:
    """float64[tracks] each; a base in several transcripts counts once."""
    mask = bins_touching(pair.ref, counted_exons(gene, pair.ref.interval))
    agree = strands_agree(pair.ref.tracks, gene.interval.strand)
    if not mask.any():
        absent = np.full(len(agree), np.nan)
        return absent, absent
    means = (data.values[mask].mean(axis=0, dtype=np.float64) for data in (pair.ref, pair.alt))
    ref, alt = (np.where(agree, mean, np.nan) for mean in means)
    return ref, alt
