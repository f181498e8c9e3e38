"""Junctions as arcs: as high as they are used, cut at the edges, the weakest left out aloud."""

import numpy as np
import pytest

from genoview.data.junction_data import Junctions
from genoview.data.track_data import Assay
from genoview.figure.panels import DARK, LIGHT, Scale, junction_allele_rows, junction_row
from genoview.figure.panels.frame.row import Row
from genoview.figure.panels.splicing.junctions import MAX_ARCS
from tests.figure.panels.samples import START, finite, interval, track, view

READS = track("liver", Assay.SPLICE_JUNCTIONS, unit="reads")


def junctions(*rows: tuple[int, int, int, float], width: int = 1000, first: int = 0) -> Junctions:
    """Each row: start and end of the intron, counted from START, strand, value."""
    start, end, strand, value = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    return Junctions(
        START + start.astype(np.int64),
        START + end.astype(np.int64),
        strand.astype(np.int8),
        value.astype(np.float32)[:, None],
        (READS,),
        interval(width, START + first),
    )


def lines(row: Row) -> list[dict[str, object]]:
    return [trace for trace in row.traces if trace["mode"] == "lines"]


def words(row: Row) -> list[str]:
    return [text for trace in row.traces if trace["mode"] == "none" for text in trace["text"]]


def written(row: Row) -> list[str]:
    return [text for trace in row.traces if trace["mode"] == "text" for text in trace["text"]]


def test_an_arc_stands_on_the_edges_of_its_intron_and_is_as_high_as_it_is_used() -> None:
    row = junction_row(junctions((100, 200, 1, 5)), view(1000), LIGHT)
    (arc,) = lines(row)
    assert finite(arc["x"]).min() == START + 100.5
    assert finite(arc["x"]).max() == START + 200.5
    assert finite(arc["y"]).max() == 5
    assert finite(arc["y"])[[0, -1]].tolist() == [0, 0]
    assert row.ticks == (0.0, 5.0)


def test_the_minus_strand_hangs_below_and_its_number_has_no_minus() -> None:
    row = junction_row(junctions((100, 200, 1, 5), (100, 200, -1, 2)), view(1000), LIGHT)
    assert sorted(finite(arc["y"]).min() for arc in lines(row)) == [-2, 0]
    assert not row.signed
    assert "+↑ −↓" in row.unit
    assert sorted(written(row)) == ["2", "5"]


@pytest.mark.parametrize(("value", "width"), [(10, 3.2), (5, 3.2), (3, 2.2), (1, 1.4), (0.1, 0.9)])
def test_the_more_a_junction_is_used_the_wider_its_line(value: float, width: float) -> None:
    row = junction_row(junctions((0, 50, 1, 10), (500, 600, 1, value)), view(1000), LIGHT)
    own = [arc for arc in lines(row) if finite(arc["x"]).max() > START + 500]
    assert [arc["line"]["width"] for arc in own] == [width]  # type: ignore[index]


def test_the_pointer_reads_the_first_and_last_base_of_the_intron_as_a_person_counts() -> None:
    row = junction_row(junctions((100, 200, -1, 5)), view(1000), LIGHT)
    assert words(row) == [f"{START + 101:,}-{START + 200:,} (100 bp, −) 5"]


def test_an_arc_is_cut_at_the_edges_of_what_is_drawn_and_keeps_its_shape() -> None:
    whole = junction_row(junctions((100, 900, 1, 4)), view(1000), LIGHT)
    part = junction_row(junctions((100, 900, 1, 4)), view(400), LIGHT)
    (arc,) = lines(part)
    assert finite(arc["x"]).max() == START + 400.5
    share = (400 - 100) / 800
    assert finite(arc["y"])[-1] == pytest.approx(4 * 4 * share * (1 - share), rel=1e-6)
    assert finite(lines(whole)[0]["y"]).max() == 4
    assert written(part) == ["4"]


def test_an_arc_without_an_end_in_what_is_drawn_is_left_out() -> None:
    row = junction_row(junctions((0, 1000, 1, 4)), view(100, START + 450), LIGHT)
    assert not lines(row)
    assert row.message == "no junction begins or ends in view"


def test_only_the_most_used_are_drawn_and_the_others_are_counted() -> None:
    many = junctions(*((10 * i, 10 * i + 5, 1, i + 1) for i in range(MAX_ARCS + 12)))
    row = junction_row(many, view(1000), LIGHT)
    assert len(words(row)) == MAX_ARCS
    assert [one["text"] for one in row.words] == ["12 weaker junctions not drawn"]
    assert not junction_row(junctions((1, 9, 1, 1)), view(1000), LIGHT).words


def test_words_at_the_tops_do_not_cover_each_other() -> None:
    close = junctions(*((300 + i, 400 + i, 1, 5 + i) for i in range(8)))
    assert written(junction_row(close, view(10_000), LIGHT)) == ["12"]


def test_what_was_not_looked_at_is_not_the_same_as_no_junction() -> None:
    none = junction_row(junctions(), view(100), LIGHT)
    assert none.message == "no junction begins or ends in view"
    assert none.covered == interval(1000)
    away = junction_row(junctions(first=5000), view(100), LIGHT)
    assert away.message == "not predicted here"


def test_a_fixed_axis_cuts_what_is_higher() -> None:
    row = junction_row(junctions((1, 90, 1, 8)), view(100), LIGHT, scale=Scale(0.0, 2.0))
    assert finite(lines(row)[0]["y"]).max() == 2
    assert row.ticks == (0.0, 2.0)


def alleles(theme: object = LIGHT) -> tuple[Row, Row]:
    ref = junctions((100, 200, 1, 5), (300, 400, 1, 4), (500, 600, 1, 2))
    alt = junctions((100, 200, 1, 5), (300, 450, 1, 3), (500, 600, 1, 1))
    return junction_allele_rows(ref, alt, view(1000), theme)  # type: ignore[arg-type]


def test_alleles_that_agree_are_drawn_once_and_alt_where_it_differs() -> None:
    both, _ = alleles()
    by_colour: dict[str, list[float]] = {}
    for arc in lines(both):
        ends = finite(arc["x"])[[0]] - START - 0.5
        by_colour.setdefault(str(arc["line"]["color"])[:12], []).extend(ends.tolist())  # type: ignore[index]
    assert len(by_colour) == 2
    assert "REF 4, ALT 0" in " ".join(words(both))


def test_the_difference_rises_where_alt_uses_more_and_falls_where_less() -> None:
    _, change = alleles()
    assert change.title == "ALT − REF"
    assert sorted(written(change)) == ["+3", "−1", "−4"]
    assert f"{START + 301:,}-{START + 450:,} (150 bp, +) +3 (REF 0, ALT 3)" in words(change)
    assert change.y_range[0] == -change.y_range[1]


def test_alleles_alike_say_that_nothing_differs() -> None:
    same = junctions((100, 200, -1, 5))
    _, change = junction_allele_rows(same, same, view(1000), DARK)
    assert change.message == "no junction differs in view"


def test_a_pan_changes_neither_height_nor_strands() -> None:
    both = junctions((100, 200, 1, 5), (800, 900, -1, 5))
    heights = {
        junction_row(both, view(300, START + left), LIGHT).height_px for left in (0, 300, 600)
    }
    assert len(heights) == 1
