"""Tracks of two models over one interval."""

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.track_data import Assay
from genoview.scoring.comparison import pairs, site_pairs
from tests.scoring.comparison.answers import HEPG2, K562, START, answer, splicing, track

WHOLE = Interval("chr20", START, START + 6)


def test_acceptors_meet_acceptors_and_donors_donors() -> None:
    first = splicing("One", [[1, 0, 0, 0, 0, 0], [0, 0, 0.6, 0, 0, 0]], [[0] * 6, [0] * 6])
    second = splicing("Two", [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0.6, 0, 0]], [[0] * 6, [0] * 6])
    acceptor, donor = pairs([first, second], WHOLE)
    assert acceptor.tracks == ("Splice acceptor", "Splice acceptor")
    assert (acceptor.pearson, acceptor.n_bins, acceptor.resolution) == (pytest.approx(1), 6, 1)
    assert donor.pearson == donor.spearman == pytest.approx(-0.2)
    [sites] = site_pairs([first, second], WHOLE)
    assert (sites.n_first, sites.n_second, sites.n_both, sites.with_kinds) == (2, 2, 1, True)


def test_of_other_units_only_ranks_are_compared() -> None:
    ref = [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]]
    first = answer("One", [track("K", Assay.MPRA, "+", "log2", K562)], ref)
    squared = [[value**2 for value in ref[0]]]
    second = answer("Two", [track("K pooled", Assay.MPRA, "+", "activity", K562)], squared)
    [pair] = pairs([first, second], WHOLE)
    assert (pair.same_unit, pair.pearson) == (False, None)
    assert pair.spearman == pytest.approx(1)
    assert pair.units == ("log2 (MPRA)", "activity (MPRA)")


def test_a_model_without_cells_meets_the_mean_of_the_cells_strand_by_strand() -> None:
    cells = [
        track(cell.name, Assay.MPRA, strand, "log2", cell)
        for strand in "+-"
        for cell in (K562, HEPG2)
    ]
    columns = [[1, 2, 3, 4], [3, 2, 5, 8], [4, 3, 2, 1], [0, 0, 0, 0]]
    first = answer("Cells", cells, columns)
    promoters = [track("Promoter", Assay.TSS, strand) for strand in "+-"]
    second = answer("Promoter", promoters, [[0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4]])
    plus, minus = pairs([first, second], WHOLE)
    assert (plus.strand, minus.strand) == ("+", "-")
    assert plus.tracks == ("mean of 2 tracks", "Promoter")
    # Means 2, 2, 4, 6 have ranks 1.5, 1.5, 3, 4: against 1, 2, 3, 4.
    assert plus.spearman == pytest.approx(4.5 / np.sqrt(4.5 * 5))
    assert minus.spearman == pytest.approx(-1)
    assert plus.pearson is None


def test_the_finer_model_is_averaged_in_the_bins_of_the_coarser_one() -> None:
    fine = answer("Fine", [track("P", Assay.TSS)], [[1, 3, 2, 4, 8, 10]])
    coarse = answer("Coarse", [track("P", Assay.TSS)], [[2, 3, 9]], resolution=2)
    [pair] = pairs([fine, coarse], WHOLE)
    assert (pair.n_bins, pair.resolution, pair.pearson) == (3, 2, pytest.approx(1))


def test_only_what_both_predicted_of_the_interval_is_compared() -> None:
    first = answer("One", [track("P", Assay.TSS)], [[9, 1, 2, 3, 4, 9]])
    second = answer("Two", [track("P", Assay.TSS)], [[1, 2, 3, 4, 5, 0]], start=START + 1)
    [pair] = pairs([first, second], Interval("chr20", START + 1, START + 5))
    assert (pair.n_bins, pair.pearson) == (4, pytest.approx(1))
    far = answer("Far", [track("P", Assay.TSS)], [[1, 2, 3]], start=START + 1_000)
    assert pairs([first, far], WHOLE) == ()


def test_places_are_counted_where_a_model_has_no_kinds() -> None:
    ref = [[0.9, 0, 0, 0, 0, 0.4], [0, 0.9, 0, 0, 0, 0]]
    first = splicing("One", ref, ref)
    strengths = [track("Splice site in liver", Assay.SPLICE_SITE_STRENGTH, cell=HEPG2)]
    second = answer("Two", strengths, [[0.8, 0.7, 0.6, 0, 0, 0.9]])
    [sites] = site_pairs([first, second], WHOLE)
    assert (sites.n_first, sites.n_second, sites.n_both, sites.with_kinds) == (2, 4, 2, False)
    [pair] = pairs([first, second], WHOLE)
    assert pair.tracks == ("largest of 2 tracks", "Splice site in liver")
    assert pair.pearson is None


def test_promoters_share_no_splice_sites() -> None:
    model = answer("P", [track("P", Assay.TSS)], [[1, 2, 3]])
    assert site_pairs([model, model], WHOLE) == ()
