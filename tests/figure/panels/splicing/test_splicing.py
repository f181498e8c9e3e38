"""Stems of splice sites, for one allele and for two."""

import numpy as np
import pytest

from genoview.data.track_data import AlleleTracks
from genoview.figure.panels import DARK, LIGHT, Scale, splice_allele_rows, splice_row
from tests.figure.panels.samples import START, acceptor, data, donor, finite, trace_named, view


def one_site(width: int, at: int, height: float) -> np.ndarray:
    values = np.zeros(width, dtype=np.float32)
    values[at] = height
    return values


def test_a_site_is_a_stem_from_zero_at_its_one_based_position() -> None:
    row = splice_row(data(one_site(100, 30, 0.8), donor()), view(100), LIGHT)
    trace = trace_named(row, "Splice donor (+)")
    assert trace["x"].tolist() == [START + 31] * 3
    np.testing.assert_array_equal(trace["y"], np.float32([0, 0.8, np.nan]))


@pytest.mark.parametrize(("height", "n_stems"), [(0.009, 0), (0.01, 1), (0.5, 1)])
def test_positions_below_the_threshold_have_no_stem(height: float, n_stems: int) -> None:
    row = splice_row(data(one_site(50, 9, height), donor()), view(50), LIGHT)
    assert len(row.traces[0]["x"]) == 3 * n_stems
    assert bool(row.message) == (n_stems == 0)


def test_the_minus_strand_hangs_down_and_keeps_its_value() -> None:
    values = np.stack([one_site(50, 9, 0.7), one_site(50, 20, 0.6)], axis=1)
    row = splice_row(data(values, donor("+"), donor("-")), view(50), LIGHT)
    down = trace_named(row, "Splice donor (-)")
    assert finite(down["y"]).min() == np.float32(-0.6)
    assert down["customdata"].min() == np.float32(0.6)
    assert "customdata" in down["hovertemplate"]
    assert row.y_range == (-1, 1)
    assert not row.signed


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_donors_and_acceptors_differ_in_colour_and_are_explained(theme) -> None:  # type: ignore[no-untyped-def]
    values = np.zeros((50, 2))
    row = splice_row(data(values, donor(), acceptor()), view(50), theme)
    colours = [trace["line"]["color"] for trace in row.traces]
    assert colours == [theme.donor, theme.acceptor]
    assert [entry.colour for entry in row.legend] == colours


def test_the_strongest_site_of_each_pixel_is_kept_in_a_megabase() -> None:
    generator = np.random.default_rng(0)
    values = generator.uniform(0, 0.5, 1_000_000).astype(np.float32)
    values[[123_456, 777_777]] = 1.0
    row = splice_row(data(values, donor()), view(1_000_000), LIGHT)
    trace = row.traces[0]
    tall = trace["x"][trace["y"] == 1.0]
    assert set(tall.tolist()) == {START + 123_457, START + 777_778}
    assert len(trace["x"]) <= 4000


def test_ref_is_grey_behind_alt_in_colour() -> None:
    alleles = AlleleTracks(
        data(one_site(80, 10, 0.9), donor()), data(one_site(80, 40, 0.7), donor())
    )
    both, _ = splice_allele_rows(alleles, view(80), LIGHT)
    ref, alt = (trace_named(both, f"Splice donor (+) {name}") for name in ("REF", "ALT"))
    assert ref["x"][0] == START + 11
    assert alt["x"][0] == START + 41
    assert ref["line"]["color"] == LIGHT.ref
    assert ref["line"]["width"] > alt["line"]["width"]


def test_changes_are_signed_and_the_largest_are_written_out() -> None:
    alleles = AlleleTracks(
        data(one_site(1000, 200, 0.9), donor()), data(one_site(1000, 700, 0.7), donor())
    )
    _, change = splice_allele_rows(alleles, view(1000), LIGHT)
    stems = trace_named(change, "Splice donor (+) ALT − REF")
    np.testing.assert_allclose(stems["y"][1::3], [-0.9, 0.7], rtol=1e-6)
    words = [trace["text"][0].strip() for trace in change.traces if trace["mode"] == "text"]
    assert words == ["donor −0.90", "donor +0.70"]


def test_words_do_not_cover_each_other() -> None:
    lost, gained = one_site(5000, 2000, 0.9), one_site(5000, 2003, 0.8)
    alleles = AlleleTracks(data(lost, donor()), data(gained, donor()))
    _, change = splice_allele_rows(alleles, view(5000), LIGHT)
    sides = [trace["textposition"] for trace in change.traces if trace["mode"] == "text"]
    assert sorted(sides) == ["middle left", "middle right"]


def test_a_strand_without_sites_gets_no_rows_but_is_told_of() -> None:
    values = np.stack([one_site(60, 5, 0.9), np.zeros(60)], axis=1)
    tracks = data(values, donor("+"), donor("-"))
    rows = splice_allele_rows(AlleleTracks(tracks, tracks), view(60), LIGHT)
    assert [row.title for row in rows] == ["Splice sites (+)", "ALT − REF"]
    assert "none on -" in rows[0].unit
    assert rows[1].message == "no change reaches 0.01"


def test_no_site_on_any_strand_is_said_in_words() -> None:
    tracks = data(np.zeros((60, 2)), donor("+"), donor("-"))
    rows = splice_allele_rows(AlleleTracks(tracks, tracks), view(60), LIGHT)
    assert [row.message for row in rows] == ["no position reaches 0.01", "no change reaches 0.01"]


def test_a_fixed_scale_replaces_0_to_1_for_both_alleles_but_not_for_their_difference() -> None:
    lost, kept = one_site(100, 30, 0.2), one_site(100, 30, 0.1)
    alleles = AlleleTracks(data(lost, donor()), data(kept, donor()))
    usual, change = splice_allele_rows(alleles, view(100), LIGHT)
    fixed, same = splice_allele_rows(alleles, view(100), LIGHT, scale=Scale(low=0, high=0.25))
    assert (usual.y_range, fixed.y_range) == ((0.0, 1.05), (0.0, 0.25))
    assert fixed.ticks == (0.0, 0.25)
    assert same.y_range == change.y_range


def test_every_stem_names_its_track_and_its_base_for_a_click() -> None:
    values = np.stack([one_site(50, 9, 0.7), one_site(50, 20, 0.6)], axis=1)
    tracks = data(values, donor("+"), acceptor("-"))
    pair = AlleleTracks(tracks, data(np.roll(values, 1, axis=0), donor("+"), acceptor("-")))
    rows = (splice_row(tracks, view(50), LIGHT), *splice_allele_rows(pair, view(50), LIGHT))
    for row in rows:
        stems = [trace for trace in row.traces if "meta" in trace]
        assert stems
        for trace in stems:
            assert trace["meta"]["card"] == "splice"
            assert trace["name"].startswith(trace["meta"]["key"])
            ends = trace["x"].reshape(-1, 3)  # of both ends of a stem, and of the gap
            assert (ends == ends[:, :1]).all()
            assert ends.dtype == np.int32
