"""The field's scores of tracks, on small arrays worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackData, TrackMetadata
from genoview.errors import TrackError
from genoview.scoring.tracks.centre_mask import Centre, centre_bins, centre_score
from genoview.scoring.tracks.contacts import contact_change
from genoview.scoring.tracks.gene_mask import (
    active_expression,
    counted_exons,
    expression_fold_change,
    splicing_change,
)
from genoview.scoring.tracks.junctions import junction_change
from genoview.scoring.tracks.track_scores import track_scores

START = 1_000
MIDDLE = Variant("chr1", START + 5, "A", "G")  # base 4 from the start
LN2 = math.log(2)


def track(assay: Assay, strand: str = ".") -> TrackMetadata:
    return TrackMetadata(f"{assay.label} {strand}", assay, strand, "counts")


def alleles(
    ref: object, alt: object, assay: Assay = Assay.DNASE, strands: str = ".", resolution: int = 1
) -> AlleleTracks:
    """From rows of bins; a column a strand."""
    tracks = tuple(track(assay, strand) for strand in strands)
    result = []
    for values in (ref, alt):
        filled = np.array(values, np.float32).reshape(-1, len(tracks))
        interval = Interval("chr1", START, START + resolution * len(filled))
        result.append(TrackData(filled, tracks, interval, resolution))
    return AlleleTracks(result[0], result[1])


# A mask of three bins holds 1, 1, 1 of REF and 3, 1, 3 of ALT; what is outside does not count.
REF = [9, 9, 9, 1, 1, 1, 9, 9, 9]
ALT = [0, 0, 0, 3, 1, 3, 0, 0, 0]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (Centre.DIFF_LOG2_SUM, 1),  # log2 8 - log2 4
        (Centre.DIFF_SUM_LOG2, 2),  # (2 + 1 + 2) - (1 + 1 + 1)
        (Centre.DIFF_SUM, 4),
        (Centre.DIFF_MEAN, 4 / 3),
        (Centre.L2_DIFF, math.sqrt(8)),
        (Centre.L2_DIFF_LOG1P, math.sqrt(2) * LN2),  # ln 4 - ln 2, twice
        (Centre.ACTIVE_SUM, 7),
        (Centre.ACTIVE_MEAN, 7 / 3),
    ],
)
def test_each_aggregation_of_the_centre_mask(aggregation: Centre, expected: float) -> None:
    [score] = centre_score(alleles(REF, ALT), MIDDLE, aggregation, width=3)
    assert score == pytest.approx(expected)


def test_the_active_allele_may_be_the_reference() -> None:
    pair = alleles(ALT, REF)
    assert centre_score(pair, MIDDLE, Centre.ACTIVE_SUM, 3) == pytest.approx([7])
    assert centre_score(pair, MIDDLE, Centre.DIFF_SUM, 3) == pytest.approx([-4])


def test_a_track_is_scored_by_itself() -> None:
    pair = alleles([[1, 0], [1, 0], [1, 0]], [[2, 0], [2, 0], [2, 4]], strands="+-")
    variant = Variant("chr1", START + 2, "A", "G")
    assert centre_score(pair, variant, Centre.DIFF_SUM, 3) == pytest.approx([3, 4])


@pytest.mark.parametrize(
    ("pos", "width", "resolution", "expected"),
    [
        (5, 3, 1, slice(3, 6)),
        (5, 1, 1, slice(4, 5)),
        (5, 4, 1, slice(2, 6)),  # an even number of bins: more of them to the left
        (1, 5, 1, slice(0, 3)),  # what was not predicted is missing
        (41, 501, 10, slice(0, 30)),  # 51 bins around bin 4
        (45, 30, 10, slice(3, 6)),
        (45, 31, 10, slice(2, 6)),
    ],
)
def test_the_mask_is_bins_around_the_bin_of_the_variant(
    pos: int, width: int, resolution: int, expected: slice
) -> None:
    pair = alleles(np.zeros(40), np.zeros(40), resolution=resolution)
    assert centre_bins(pair.ref, Variant("chr1", START + pos, "A", "G"), width) == expected


@pytest.mark.parametrize("variant", [("chr1", START), ("chr1", START + 10), ("chr2", START + 1)])
def test_a_variant_outside_of_the_tracks_has_no_score(variant: tuple[str, int]) -> None:
    with pytest.raises(TrackError, match="lies outside"):
        centre_score(alleles(REF, ALT), Variant(*variant, "A", "G"), Centre.DIFF_SUM, 3)


@pytest.mark.parametrize(
    "aggregation", [Centre.DIFF_LOG2_SUM, Centre.DIFF_SUM_LOG2, Centre.L2_DIFF_LOG1P]
)
def test_what_is_a_logarithm_already_is_refused_another(aggregation: Centre) -> None:
    with pytest.raises(TrackError, match=r"-0\.5"):
        centre_score(
            alleles([0, 0, 0], [0, -0.5, 0]), Variant("chr1", START + 2, "A", "G"), aggregation, 3
        )


counts = arrays(np.float32, (9, 1), elements=st.floats(0, 1000, width=32))


@given(counts, counts, st.sampled_from(Centre), st.integers(1, 20))
def test_swapped_alleles_swap_the_sign_or_change_nothing(
    ref: np.ndarray, alt: np.ndarray, aggregation: Centre, width: int
) -> None:
    there = centre_score(alleles(ref, alt), MIDDLE, aggregation, width)
    back = centre_score(alleles(alt, ref), MIDDLE, aggregation, width)
    sign = -1 if aggregation.name.startswith("DIFF") else 1
    assert back == pytest.approx(sign * there)


def gene(strand: str, *transcripts: tuple[tuple[int, int], ...]) -> Gene:
    """Exons by their first base and the one behind their last, from the start."""
    result = []
    for i, spans in enumerate(transcripts):
        exons = tuple(Exon(Interval("chr1", START + a, START + b, strand)) for a, b in spans)
        whole = Interval("chr1", exons[0].interval.start, exons[-1].interval.end, strand)
        result.append(Transcript(f"T{i}", whole, exons))
    start = min(item.interval.start for item in result)
    end = max(item.interval.end for item in result)
    return Gene("G", "GENE", Interval("chr1", start, end, strand), tuple(result))


# Exons at bases 0-1 and 4-5 of one transcript, at 1-2 of another: bases 0, 1, 2, 4, 5 count once.
SPLICED = gene("+", ((0, 2), (4, 6)), ((1, 3),))
BEFORE = [1, 2, 3, 100, 2, 2, 100, 100]  # mean 2 over the exons
BEHIND = [2, 4, 6, 0, 4, 4, 0, 0]  # mean 4


def test_expression_is_compared_over_the_union_of_exons() -> None:
    pair = alleles(BEFORE, BEHIND, Assay.RNA_SEQ, "+")
    expected = math.log(4.001) - math.log(2.001)
    assert expression_fold_change(pair, SPLICED) == pytest.approx([expected])
    assert active_expression(pair, SPLICED) == pytest.approx([4])


def test_the_active_allele_of_a_gene_may_be_the_reference() -> None:
    pair = alleles(BEHIND, BEFORE, Assay.RNA_SEQ, "+")
    assert active_expression(pair, SPLICED) == pytest.approx([4])


def test_a_gene_that_falls_silent_has_a_finite_fold_change() -> None:
    pair = alleles([1] * 8, [0] * 8, Assay.RNA_SEQ, "+")
    expected = math.log(0.001) - math.log(1.001)
    assert expression_fold_change(pair, SPLICED) == pytest.approx([expected])


def test_a_gene_has_no_score_on_a_track_of_the_other_strand() -> None:
    rows = np.ones((8, 3))
    pair = alleles(rows, rows, Assay.RNA_SEQ, "+-.")
    for score in (expression_fold_change, active_expression, splicing_change):
        assert np.isnan(score(pair, SPLICED)).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("strand", "counted"),
    [("+", [1_002]), ("-", [990])],  # its first base is the left end, or the right one
)
def test_only_transcripts_that_begin_in_the_window_count(strand: str, counted: list[int]) -> None:
    window = Interval("chr1", START, START + 100)
    over_the_edges = gene(strand, ((-10, 5),), ((2, 150),))
    assert [exon.start for exon in counted_exons(over_the_edges, window)] == counted


def test_a_gene_elsewhere_has_no_expression_and_no_splicing() -> None:
    pair = alleles(BEFORE, BEHIND, Assay.RNA_SEQ, "+")
    far = gene("+", ((500, 600),))
    assert np.isnan(expression_fold_change(pair, far)).all()
    assert np.isnan(splicing_change(pair, far)).all()


def test_splicing_is_the_largest_change_in_the_body_of_the_gene() -> None:
    ref, alt = [0, 0.9, 0, 0, 0.2, 0, 0, 0.9], [0, 0.2, 0, 0, 0.4, 0, 0, 0]
    pair = alleles(ref, alt, Assay.SPLICE_SITES, "+")
    assert splicing_change(pair, SPLICED) == pytest.approx([0.7])  # the 0.9 behind it is not its


def test_a_bin_counts_where_an_exon_touches_it() -> None:
    pair = alleles([1, 1, 1, 7], [1, 3, 1, 7], Assay.RNA_SEQ, "+", resolution=10)
    at_edges = gene("+", ((9, 11),))  # the last base of one bin, the first of the next
    assert active_expression(pair, at_edges) == pytest.approx([2])


def test_junctions_are_compared_one_by_one() -> None:
    ref = np.array([[1, 0], [2, 5]], np.float32)
    alt = np.array([[2, 1e-7], [1, 5]], np.float32)
    assert junction_change(ref, alt) == pytest.approx(np.array([[LN2, LN2], [LN2, 0]]), abs=1e-6)


@pytest.mark.parametrize("alt", [[[1.0, 2.0]], [[-1.0]]])
def test_junctions_that_do_not_fit_are_refused(alt: list[list[float]]) -> None:
    with pytest.raises(TrackError):
        junction_change(np.ones((1, 1), np.float32), np.array(alt, np.float32))


MAPPED = Interval("chr1", 0, 3 * 2_048)
IN_SECOND = Variant("chr1", 2_049, "A", "G")


def test_contacts_of_the_variant_s_bin_are_averaged_over_rows() -> None:
    ref = np.zeros((3, 3, 1), np.float32)
    alt = np.array([[9, 1, 9], [9, -4, 9], [9, 1, 9]], np.float32)[:, :, None]
    assert contact_change(ref, alt, MAPPED, IN_SECOND) == pytest.approx([2])


@pytest.mark.parametrize(
    ("shape", "variant"),
    [
        ((3, 2, 1), IN_SECOND),
        ((3, 3), IN_SECOND),
        ((5, 5, 1), IN_SECOND),
        ((3, 3, 1), Variant("chr1", 3 * 2_048 + 1, "A", "G")),
    ],
)
def test_a_contact_map_that_does_not_fit_is_refused(
    shape: tuple[int, ...], variant: Variant
) -> None:
    values = np.zeros(shape, np.float32)
    with pytest.raises(TrackError):
        contact_change(values, values, MAPPED, variant)


@pytest.mark.parametrize(
    ("assay", "names"),
    [
        (Assay.ATAC, ["Centre mask ACTIVE_SUM", "Centre mask DIFF_LOG2_SUM"]),
        (Assay.TSS, ["Centre mask ACTIVE_SUM", "Centre mask DIFF_LOG2_SUM"]),
        (Assay.RNA_SEQ, ["Gene coverage", "Gene mask ACTIVE", "Gene mask LFC"]),
        (Assay.SPLICE_SITE_USAGE, ["Gene mask splicing"]),
        (Assay.TF_MOTIF, []),
        (Assay.MPRA, []),
    ],
)
def test_each_kind_of_track_has_the_scores_that_the_field_recommends(
    assay: Assay, names: list[str]
) -> None:
    scores = track_scores(alleles(BEFORE, BEHIND, assay, "+"), MIDDLE, [SPLICED])
    assert [score.formula.name for score in scores] == names
    for score in scores:
        assert score.gene == ("GENE" if "Gene" in score.formula.name else "")
        assert score.formula.text in score.formula.words
        assert score.unit in ("counts", "log2", "natural logarithm")
        assert "Nature" in score.formula.words


def test_histones_are_scored_over_a_broader_mask() -> None:
    [active, change] = track_scores(alleles(REF, ALT, Assay.CHIP_HISTONE), MIDDLE, ())
    assert "2,001 bp" in active.formula.text
    assert active.value == 57
    assert change.value == pytest.approx(3 - math.log2(58))


def test_the_other_strand_of_a_gene_is_left_out() -> None:
    rows = np.full((8, 2), 0.5)
    scores = track_scores(alleles(rows, rows, Assay.SPLICE_SITES, "+-"), MIDDLE, [SPLICED])
    assert [score.track.strand for score in scores] == ["+"]
