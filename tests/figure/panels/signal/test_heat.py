"""Many tracks as lines of colour."""

import numpy as np

from genoview.figure.panels import LIGHT, heat_row
from tests.figure.panels.samples import START, data, motif, view


def test_tracks_are_ranked_by_their_highest_value_in_view() -> None:
    values = np.zeros((100, 3))
    values[50] = [0.2, 0.9, 0.5]
    row = heat_row(data(values, motif("A"), motif("B"), motif("C")), view(100), LIGHT)
    assert [name for _, name in row.names] == ["B", "C", "A"]


def test_cells_keep_the_maximum_and_name_its_track_on_hover() -> None:
    values = np.zeros((200_000, 2), dtype=np.float32)
    values[123_456, 1] = 0.7
    row = heat_row(data(values, motif("A"), motif("B")), view(200_000), LIGHT)
    cells, told = row.traces
    assert cells["z"].max() == np.float32(0.7)
    column = int(cells["z"].max(axis=0).argmax())
    place = cells["x0"] + column * cells["dx"]
    assert abs(place - (START + 123_457)) <= cells["dx"] / 2
    assert set(told["text"]) == {"B"}
    assert set(told["customdata"]) == {np.float32(0.7)}


def test_cells_begin_at_the_edge_of_the_first_bin() -> None:
    cells = heat_row(data(np.ones((10, 1)), motif("A"), resolution=10), view(100), LIGHT).traces[0]
    assert cells["x0"] - cells["dx"] / 2 == START + 0.5
    assert cells["z"].shape == (1, 10)


def test_tracks_left_out_are_counted() -> None:
    many = [motif(f"F{i}") for i in range(30)]
    row = heat_row(data(np.ones((10, 30)), *many), view(10), LIGHT, max_tracks=8)
    assert len(row.names) == 8
    assert "top 8 of 30" in row.unit


def test_the_label_tells_what_the_colours_span() -> None:
    row = heat_row(data([[0.0], [0.43]], motif("A")), view(2), LIGHT)
    assert row.full_unit == "0 to 0.43 occupancy"
