"""Borzoi's score of a gene: what its exons' coverage sums up to, in both alleles."""

import numpy as np
import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.scoring.tracks.gene_coverage import coverage_change

TRACKS = tuple(TrackMetadata("liver", Assay.RNA_SEQ, strand, "coverage") for strand in "+-")
PLACE = Interval("chr1", 0, 320)


def gene(*exons: tuple[int, int], strand: str = "+") -> Gene:
    result = tuple(Exon(Interval("chr1", *ends, strand)) for ends in exons)
    whole = Interval("chr1", exons[0][0], exons[-1][1], strand)
    return Gene(
        "G", "G", whole, (Transcript("T", whole, result), Transcript("U", whole, result[:1]))
    )


def pair(ref: list[float], alt: list[float]) -> AlleleTracks:
    data = [
        TrackData(np.stack([column, column], 1).astype(np.float32), TRACKS, PLACE, 32)
        for column in (np.array(ref), np.array(alt))
    ]
    return AlleleTracks(*data)


def test_each_bin_that_touches_an_exon_counts_once() -> None:
    ref, alt = [1.0] * 10, [1.0, 3.0, 1.0, 1.0, 1.0, 5.0, 1.0, 1.0, 9.0, 9.0]
    result = coverage_change(pair(ref, alt), gene((40, 60), (160, 200)))
    assert result[0] == pytest.approx(np.log2(1 + 3 + 5 + 1) - np.log2(1 + 3))
    assert np.isnan(result[1])  # the track of the other strand


def test_a_gene_that_was_not_predicted_has_no_score() -> None:
    assert np.isnan(coverage_change(pair([1.0] * 10, [2.0] * 10), gene((900, 950)))).all()


def test_logarithms_have_no_score() -> None:
    assert np.isnan(coverage_change(pair([-5.0] * 10, [1.0] * 10), gene((0, 320)))).all()
