"""Which donors and acceptors are joined, and how the arcs are drawn."""

from typing import Any

import numpy as np
import pytest

from genoview.data.track_data import AlleleTracks, TrackData
from genoview.figure.panels import LIGHT, Row, RowStyle, Scale, View, splice_allele_rows, splice_row
from genoview.figure.panels.splicing.pairing import LEAST, PER_SITE, chosen, scored_pairs
from genoview.figure.panels.splicing.sashimi import HEADROOM, NOTE, intron_words
from tests.figure.panels.samples import START, acceptor, data, donor, finite, view

WIDTH = 4_000


def tracks(
    donors: dict[int, float], acceptors: dict[int, float], strand: str = "+", width: int = WIDTH
) -> TrackData:
    """Probabilities by place, counted from START."""
    values = np.zeros((width, 2), dtype=np.float32)
    for column, sites in enumerate((donors, acceptors)):
        for place, probability in sites.items():
            values[place, column] = probability
    return data(values, donor(strand), acceptor(strand))


def pairs(found: TrackData, strand: str = "+") -> dict[tuple[int, int], float]:
    return {
        (int(a) - START, int(b) - START): round(score, 3)
        for (a, b), score in scored_pairs(found, strand).items()
    }


def joined(found: TrackData, strand: str = "+") -> set[tuple[int, int]]:
    return {(int(a) - START, int(b) - START) for a, b in chosen(scored_pairs(found, strand))}


def arcs(row: Row) -> list[dict[str, Any]]:
    """Curves: the lines with more than stems' three points each."""
    return [t for t in row.traces if t["mode"] == "lines" and t.get("hoverinfo") == "skip"]


def tops(row: Row) -> list[str]:
    return [text for t in row.traces if t["mode"] == "none" for text in t["text"]]


def test_a_donor_is_joined_with_the_acceptor_downstream() -> None:
    assert pairs(tracks({500: 0.9}, {100: 0.8, 1500: 0.7})) == {(500, 1500): 0.7}


def test_on_the_reverse_strand_downstream_is_to_the_left() -> None:
    assert pairs(tracks({1500: 0.9}, {500: 0.7, 2500: 0.8}, "-"), "-") == {(1500, 500): 0.7}


def test_tracks_of_one_kind_alone_join_nothing() -> None:
    assert scored_pairs(data(np.ones(100), donor()), "+") == {}
    assert scored_pairs(tracks({500: 0.9}, {1500: 0.7}), "-") == {}


@pytest.mark.parametrize(
    ("length", "found"), [(49, False), (50, True), (100_000, True), (100_001, False)]
)
def test_introns_are_50_to_100_000_bp_long(length: int, found: bool) -> None:
    made = tracks({10: 0.9}, {11 + length: 0.9}, width=101_000)
    assert bool(pairs(made)) == found


def test_an_exon_that_is_surely_used_is_not_skipped() -> None:
    made = tracks({500: 1.0, 1620: 1.0}, {1500: 1.0, 3000: 1.0})
    assert joined(made) == {(500, 1500), (1620, 3000)}


def test_an_exon_used_at_times_is_joined_and_skipped() -> None:
    made = tracks({500: 0.95, 1620: 0.4}, {1500: 0.4, 3000: 0.95})
    assert pairs(made) == {(500, 1500): 0.4, (500, 3000): 0.57, (1620, 3000): 0.4}


def test_alternative_ends_of_one_exon_do_not_stand_in_each_others_way() -> None:
    made = tracks({500: 0.5, 520: 0.6}, {1500: 0.9})
    assert pairs(made) == {(500, 1500): 0.5, (520, 1500): 0.6}
    made = tracks({500: 0.9}, {1500: 0.5, 1520: 0.6})
    assert pairs(made) == {(500, 1500): 0.5, (500, 1520): 0.6}


@pytest.mark.parametrize(("probability", "drawn"), [(0.19, False), (0.2, True)])
def test_pairs_are_drawn_from_the_least_score_on(probability: float, drawn: bool) -> None:
    assert bool(joined(tracks({500: probability}, {1500: 0.9}))) == drawn


def test_a_site_has_two_pairs_at_most_the_best() -> None:
    made = tracks({500: 0.9}, {1500: 0.5, 1530: 0.6, 1560: 0.7})
    assert joined(made) == {(500, 1530), (500, 1560)}
    assert PER_SITE == 2


def test_noise_draws_at_most_two_arcs_a_site() -> None:
    generator = np.random.default_rng(0)
    values = generator.uniform(0, 0.6, (3_000, 2)).astype(np.float32)
    kept = chosen(scored_pairs(data(values, donor(), acceptor()), "+"))
    for kind in (0, 1):
        ends = [pair[kind] for pair in kept]
        assert max((ends.count(end) for end in ends), default=0) <= PER_SITE


def test_words_name_the_intron_by_its_first_and_last_base() -> None:
    assert intron_words((START + 99, START + 200)) == "43,000,101-43,000,200 (100 bp)"
    assert intron_words((START + 200, START + 99)) == "43,000,101-43,000,200 (100 bp)"


def test_an_arc_stands_on_the_tips_of_its_stems_and_above_them() -> None:
    row = splice_row(tracks({500: 0.9}, {1500: 0.7}), view(WIDTH), LIGHT)
    (arc,) = arcs(row)
    x, y = finite(arc["x"]), finite(arc["y"])
    assert (x[0], x[-1]) == (START + 501, START + 1501)
    assert (y[0], y[-1]) == pytest.approx((0.9, 0.7))
    assert 1 < y.max() < row.y_range[1]
    assert row.y_range == (0.0, 1 + HEADROOM)
    assert row.ticks == (0.0, 1.0)


def test_the_hover_and_the_legend_say_what_an_arc_is() -> None:
    row = splice_row(tracks({500: 0.9}, {1500: 0.7}), view(WIDTH), LIGHT)
    assert tops(row) == ["43,000,502-43,001,500 (999 bp) · score 0.7"]
    assert NOTE in [entry.label for entry in row.legend]
    assert "not a junction count" in NOTE


def test_stronger_pairs_have_wider_arcs() -> None:
    strong = splice_row(tracks({500: 0.95}, {1500: 0.95}), view(WIDTH), LIGHT)
    weak = splice_row(tracks({500: LEAST}, {1500: LEAST}), view(WIDTH), LIGHT)
    assert arcs(strong)[0]["line"]["width"] > arcs(weak)[0]["line"]["width"]


def test_arcs_of_the_reverse_strand_hang_below() -> None:
    row = splice_row(tracks({1500: 0.9}, {500: 0.7}, "-"), view(WIDTH), LIGHT)
    assert finite(arcs(row)[0]["y"]).min() < -1
    assert row.y_range == (-(1 + HEADROOM), 0.0)


def test_arcs_can_be_switched_off_and_take_no_room_then() -> None:
    made = tracks({500: 0.9}, {1500: 0.7})
    off = splice_row(made, view(WIDTH), LIGHT, arcs=False)
    assert arcs(off) == []
    assert off.y_range == (0.0, 1.0)
    assert off.height_px < splice_row(made, view(WIDTH), LIGHT).height_px


def test_a_pan_changes_neither_height_nor_range() -> None:
    made = tracks({500: 0.9}, {1500: 0.7})
    rows = [splice_row(made, view(200, START + at), LIGHT) for at in (400, 3_000)]
    assert [bool(arcs(row)) for row in rows] == [True, False]
    assert rows[0].height_px == rows[1].height_px
    assert rows[0].y_range == rows[1].y_range


def test_a_view_inside_an_intron_has_no_arc() -> None:
    made = tracks({500: 0.9}, {1500: 0.7})
    assert arcs(splice_row(made, view(200, START + 900), LIGHT)) == []


def test_only_the_drawn_part_of_an_arc_is_sent() -> None:
    shown = View(view(200, START + 450).interval, overscan=0.5)
    (arc,) = arcs(splice_row(tracks({500: 0.9}, {1500: 0.7}), shown, LIGHT))
    x = finite(arc["x"])
    assert x[0] == START + 501
    assert x[-1] == pytest.approx(shown.drawn.end + 1)


def test_on_a_shared_scale_arcs_stay_within_the_stems_range() -> None:
    scale = Scale(low=0.0, high=1.0, group="probability")
    row = splice_row(tracks({500: 0.9}, {1500: 0.7}), view(WIDTH), LIGHT, RowStyle(scale=scale))
    assert row.y_range == (0.0, 1.0)
    assert 0.4 < finite(arcs(row)[0]["y"]).max() <= 1


def changed() -> Row:
    """ALT loses the donor at 500, gains one at 540, and leaves the pair of 2000 alone."""
    sites = {1500: 0.9, 3000: 0.9}
    ref = tracks({500: 0.9, 2000: 0.8}, sites)
    alt = tracks({500: 0.01, 540: 0.7, 2000: 0.8}, sites)
    return splice_allele_rows(AlleleTracks(ref, alt), view(WIDTH), LIGHT)[0]


def test_alleles_share_an_arc_where_they_agree_and_differ_in_look_where_not() -> None:
    looks = {
        (round(finite(arc["x"])[0]) - START - 1): (arc["line"]["color"], arc["line"]["dash"])
        for arc in arcs(changed())
    }
    grey, coloured = looks[2000][0], looks[540][0]
    assert looks == {2000: (grey, "solid"), 500: (grey, "4px,3px"), 540: (coloured, "solid")}
    assert grey != coloured


def test_the_hover_tells_a_pair_of_both_alleles() -> None:
    told = {text.split(" · ")[0]: text.split(" · ")[1] for text in tops(changed())}
    assert told == {
        "43,002,002-43,003,000 (999 bp)": "REF 0.8, ALT 0.8",
        "43,000,502-43,001,500 (999 bp)": "REF 0.9, ALT below 0.05",
        "43,000,542-43,001,500 (959 bp)": "REF below 0.05, ALT 0.7",
    }


def test_the_legend_explains_only_what_is_there() -> None:
    labels = [entry.label for entry in changed().legend]
    assert "pair lost or weaker in ALT" in labels
    same = tracks({500: 0.9}, {1500: 0.9})
    row = splice_allele_rows(AlleleTracks(same, same), view(WIDTH), LIGHT)[0]
    assert "pair lost or weaker in ALT" not in [entry.label for entry in row.legend]


def test_the_legend_names_the_sites_and_pairs_in_view_alone() -> None:
    def seen(start: int, width: int) -> set[str]:
        shown = view(width, START + start)
        both = tracks({500: 0.9}, {1500: 0.9})
        rows = splice_allele_rows(AlleleTracks(both, both), shown, LIGHT)
        return {entry.label for entry in rows[0].legend if entry.seen}

    assert seen(450, 100) == {"REF", "donor (exon's end)", NOTE}
    assert seen(1450, 100) == {"REF", "acceptor (exon's start)", NOTE}
    assert seen(900, 100) == set()
