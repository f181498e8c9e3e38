"""A figure made larger: what is in pixels grows, what is in bp or in units does not."""

from copy import deepcopy
from typing import Any

from genoview.figure.enlarged import enlarged

SPEC: dict[str, Any] = {
    "data": [
        {
            "x": [1, 2],
            "y": [0.5, 1.0],
            "dx": 16,
            "line": {"width": 2, "color": "#000000"},
            "marker": {"size": [4, 6], "line": {"width": 1}},
            "textfont": {"size": 12},
        }
    ],
    "layout": {
        "font": {"size": 12, "family": "sans-serif"},
        "margin": {"l": 200, "r": 20, "t": 80, "b": 60, "pad": 0},
        "height": 400,
        "xaxis": {"range": [1, 1000], "tickfont": {"size": 11}, "ticklen": 5},
        "yaxis": {"domain": [0.5, 1], "range": [0, 1]},
        "annotations": [
            {"x": 500, "y": 1, "xshift": -10, "text": '<span style="font-size:10px">bp</span>'}
        ],
        "shapes": [{"xsizemode": "pixel", "xanchor": 0, "x0": -8, "x1": -4, "y0": 0, "y1": 1}],
        "meta": {"start": 0, "end": 1000, "width_px": 1000, "rows": [{"height": 50, "top": 90}]},
    },
}


def test_words_lines_margins_and_rows_grow() -> None:
    larger = enlarged(SPEC, 2)
    trace, layout = larger["data"][0], larger["layout"]
    assert (trace["line"]["width"], trace["textfont"]["size"]) == (4, 24)
    assert trace["marker"] == {"size": [8, 12], "line": {"width": 2}}
    assert layout["margin"] == {"l": 400, "r": 40, "t": 160, "b": 120, "pad": 0}
    assert (layout["height"], layout["meta"]["width_px"]) == (800, 2000)
    assert layout["meta"]["rows"] == [{"height": 100, "top": 180}]
    assert layout["annotations"][0]["text"] == '<span style="font-size:20px">bp</span>'
    assert layout["shapes"][0] | {"x0": -16, "x1": -8} == layout["shapes"][0]


def test_positions_and_values_stay() -> None:
    larger = enlarged(SPEC, 2)
    trace, layout = larger["data"][0], larger["layout"]
    assert (trace["x"], trace["y"], trace["dx"]) == ([1, 2], [0.5, 1.0], 16)
    assert layout["xaxis"]["range"] == [1, 1000]
    assert layout["yaxis"] == SPEC["layout"]["yaxis"]
    assert (layout["annotations"][0]["x"], layout["annotations"][0]["y"]) == (500, 1)
    assert (layout["meta"]["start"], layout["meta"]["end"]) == (0, 1000)


def test_the_figure_that_was_given_is_not_changed() -> None:
    before = deepcopy(SPEC)
    enlarged(SPEC, 1.4)
    assert before == SPEC
    assert enlarged(SPEC, 1) is SPEC
