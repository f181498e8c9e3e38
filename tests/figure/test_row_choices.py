"""Every kind of row: what may be chosen of it, and that each choice changes what is drawn of it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyBigWig
import pytest

from genoview.data.answer import Shown
from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay
from genoview.figure.build import build
from genoview.figure.options import Options, RowChoice
from genoview.figure.panels import LIGHT, View
from genoview.figure.tracks.user_files import local_rows
from genoview.io.formats import LocalFile, open_local
from tests.figure.panels.samples import (
    CHROM,
    START,
    acceptor,
    data,
    donor,
    gene,
    interval,
    motif,
    sites,
    track,
    transcript,
)
from tests.support.pages.scenes import genome, scene_of
from tests.support.paths import ROOT

WIDTH = 120
LENGTH = 63_025_520
WAVE = (np.sin(np.arange(WIDTH) / 9) ** 2).astype(np.float32) + np.float32(0.01)
RED = "#aa1122"
SIGNAL = {"height", "style", "scale", "range", "log", "colour"}
EXPECTED = {  # id of a row, with REF alone and with both alleles -> what may be chosen of it
    ("chromosome", False): {"height"},
    ("genes", False): {"height"},
    ("sequence", False): {"height"},
    ("sequence", True): {"height"},
    ("signal:+", False): SIGNAL,
    ("signal:+", True): SIGNAL,
    ("splice", False): {"height", "scale", "range"},
    ("splice", True): {"height", "scale", "range"},
    ("motif:sites", False): {"height", "colour"},
    ("motif:sites", True): {"height"},
    ("motif:occupancy", False): {"height", "scale", "range", "log", "colour"},
    ("motif:occupancy", True): SIGNAL,
    ("local:a-bedgraph", False): SIGNAL,
    ("local:b-bw", False): SIGNAL,
    ("local:c-bed", False): {"height", "colour"},
    ("local:d-gtf", False): {"height", "colour"},
    ("local:e-gff3", False): {"height", "colour"},
    ("local:f-vcf", False): {"height", "colour"},
    ("local:tiny-bb", False): {"height", "colour"},
    ("local:gone-bdg", False): {"height"},
}
# A row of the same unit whose values reach higher, for the range that a group shares.
HIGHER = {
    "signal:+": "signal:-",
    "splice": "high:.",
    "motif:occupancy": "bound:.",
    "local:a-bedgraph": "local:b-bw",
    "local:b-bw": "local:a-bedgraph",
}
CHOICES: dict[str, tuple[RowChoice, ...]] = {
    "height": (RowChoice(height_px=137),),
    "style": tuple(RowChoice(style=style) for style in ("line", "bars", "heat")),
    "scale": (RowChoice(scale="fixed", y_max=0.37), RowChoice(scale="group")),
    "range": (
        RowChoice(scale="fixed", y_max=0.37),
        RowChoice(scale="fixed", y_min=0.11, y_max=0.37),
    ),
    "log": (RowChoice(log=True),),
    "colour": (RowChoice(colour=RED),),
}
Draw = Callable[..., dict[str, Any]]


def lines(*entries: tuple[object, ...]) -> str:
    return "".join("\t".join(map(str, entry)) + "\n" for entry in entries)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[LocalFile]:
    """One of each kind; the first two have values, and the last knows another chromosome."""
    folder, first = tmp_path_factory.mktemp("files"), START + 1
    gtf = f'{CHROM}\tx\texon\t{first}\t{START + 40}\t.\t+\t.\tgene_id "G"; transcript_id "T";\n'
    gff = f"{CHROM}\tx\tgene\t{first}\t{START + 40}\t.\t-\t.\tID=g;Name=g\n"
    texts = {
        "a.bedgraph": lines((CHROM, START, START + 30, 0.5), (CHROM, START + 50, START + 90, 0.2)),
        "c.bed": lines((CHROM, START, START + 60, "x", 5, "+"), (CHROM, START + 70, START + 99)),
        "d.gtf": gtf,
        "e.gff3": gff,
        "f.vcf": lines((CHROM, first + 9, ".", "A", "C"), (CHROM, first + 30, ".", "A", "T")),
        "gone.bdg": lines(("chr7", 0, 10, 1.0)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    with pyBigWig.open(str(folder / "b.bw"), "w") as made:
        made.addHeader([(CHROM, LENGTH)])
        made.addEntries([CHROM], [START + 20], ends=[START + 80], values=[0.4])
        made.addEntries([CHROM], [START + 85], ends=[START + 88], values=[7.0])
    tiny = ROOT / "tests" / "io" / "formats" / "tiny.bb"
    paths = [*(folder / name for name in sorted([*texts, "b.bw"]))]
    return [open_local(path, chroms={CHROM: LENGTH}) for path in paths[:-1]] + [
        open_local(tiny, chroms={CHROM: LENGTH}),
        open_local(paths[-1]),
    ]


def models(alt: bool) -> list[Shown]:
    """Values of every kind; `high` and `bound` stand by for what a group shares."""
    splicing = np.zeros((WIDTH, 2), np.float32)
    splicing[20], splicing[90] = (0.5, 0), (0, 0.2)
    probability = track("H", Assay.TSS, ".", "probability")
    bound = track("B", Assay.CHIP_TF, ".", "occupancy")
    hits = sites((10, 8, 1, 0, 9.0), (50, 8, -1, 1, 7.0)), sites((10, 8, 1, 0, 9.0))
    made = []
    for name, values, tracks in (
        (
            "signal",
            np.stack([WAVE, 8 * WAVE], axis=1),
            (track("S", Assay.TSS, "+", "reads"), track("S", Assay.TSS, "-", "reads")),
        ),
        ("splice", splicing, (donor(), acceptor())),
        ("motif", np.stack([WAVE, WAVE / 2], axis=1), (motif("A"), motif("B"))),
        ("high", 3 * WAVE, (probability,)),
        ("bound", 5 * WAVE, (bound,)),
    ):
        with_sites = hits if name == "motif" else (sites(), sites())
        ref = Prediction(data(values, *tracks), with_sites[0])
        other = Prediction(data(values / 2, *tracks), with_sites[1]) if alt else None
        made.append(Shown(name, name, ref, other))
    return made


@pytest.fixture(scope="module")
def draw(files: list[LocalFile]) -> Draw:
    part = interval(WIDTH)
    genes = [gene("G", transcript("T", [(5, 30), (60, 100)], coding=(10, 90)))]
    assembly = genome(part, "ACGT" * (WIDTH // 4), LENGTH, genes)

    def made(alt: bool, **choices: RowChoice | Mapping[str, RowChoice]) -> dict[str, Any]:
        rows = dict(choices.get("rows", {}))  # type: ignore[arg-type]
        options = Options(factors=("A", "B"), rows=tuple(rows.items()))
        variant = Variant(CHROM, START + 13, "A", "C") if alt else None
        return build(scene_of(models(alt), part, variant, files, assembly), part, options)

    return made


def rows_in(spec: Mapping[str, Any], row_id: str) -> list[dict[str, Any]]:
    return [row for row in spec["layout"]["meta"]["rows"] if row["id"] == row_id]


def seen(spec: Mapping[str, Any], row_id: str) -> str:
    """What is drawn of a row: traces, axes and the bar beside its label, without what is told."""
    found = []
    for row in rows_in(spec, row_id):
        own = [one for one in spec["data"] if one["yaxis"] == row["yaxis"]]
        axis = spec["layout"][f"yaxis{row['yaxis'][1:]}"]
        found.append([own, row["height"], {k: v for k, v in axis.items() if k != "domain"}])
    return plain(found)


def plain(found: object) -> str:
    return json.dumps(found, default=lambda array: array.tolist())


def span(spec: Mapping[str, Any], row_id: str) -> tuple[float, float]:
    """Ends of the values that a row shows, as it tells them."""
    choice = rows_in(spec, row_id)[0]["choice"]
    return choice["low"], choice["high"]


ROWS = pytest.mark.parametrize(("row_id", "alt"), EXPECTED, ids=lambda one: str(one))


@ROWS
def test_each_kind_of_row_offers_what_makes_sense_for_it(
    draw: Draw, row_id: str, alt: bool
) -> None:
    rows = rows_in(draw(alt), row_id)
    assert rows
    assert {frozenset(row["choices"]) for row in rows} == {frozenset(EXPECTED[row_id, alt])}
    told = EXPECTED[row_id, alt] - {"range"}
    ends = {"low", "high"} if "range" in EXPECTED[row_id, alt] else set()
    assert set(rows[0]["choice"]) == told | ends


def test_no_kind_of_row_is_left_out_of_the_table(draw: Draw) -> None:
    beside = {"signal:-", "high:.", "bound:."}
    for alt in (False, True):
        ids = {row["id"] for row in draw(alt)["layout"]["meta"]["rows"]} - beside
        assert ids == {row_id for row_id, _ in EXPECTED}


@ROWS
@pytest.mark.parametrize("name", CHOICES)
def test_what_is_offered_changes_the_row_and_what_is_not_does_not(
    draw: Draw, row_id: str, alt: bool, name: str
) -> None:
    usual = seen(draw(alt), row_id)
    for choice in CHOICES[name]:
        rows = {row_id: choice}
        if choice.scale == "group":
            rows |= {HIGHER[row_id]: choice} if row_id in HIGHER else {}
        changed = seen(draw(alt, rows=rows), row_id) != usual
        if choice.scale == "group" and row_id == "local:b-bw":  # its own values reach highest
            assert not changed
            continue
        assert changed == (name in EXPECTED[row_id, alt]), choice


@pytest.mark.parametrize("row_id", HIGHER)
@pytest.mark.parametrize("alt", [False, True])
def test_a_group_spans_the_values_of_all_of_it(draw: Draw, row_id: str, alt: bool) -> None:
    group, alone = RowChoice(scale="group"), RowChoice(scale="auto")
    both = (row_id, HIGHER[row_id])
    apart = draw(alt, rows=dict.fromkeys(both, alone))
    spec = draw(alt, rows=dict.fromkeys(both, group))
    expected = (0, max(span(apart, one)[1] for one in both))
    assert [span(spec, one) for one in both] == [expected, expected]


def test_a_row_without_values_in_view_widens_no_group(tmp_path: Path) -> None:
    """An axis without values goes to 1."""
    made = []
    for name, start in (("here", START), ("elsewhere", START + 10_000)):
        path = tmp_path / f"{name}.bdg"
        path.write_text(lines((CHROM, start, start + 50, 0.25)))
        made.append(open_local(path, chroms={CHROM: LENGTH}))
    part = interval(WIDTH)
    spec = build(scene_of([], part, files=made), part, Options(scale="group"))
    assert span(spec, "local:here-bdg") == (0, 0.25)
    assert rows_in(spec, "local:elsewhere-bdg")


@pytest.mark.parametrize("row_id", ["local:a-bedgraph", "local:b-bw"])
def test_values_of_a_file_keep_their_gaps_as_colours(draw: Draw, row_id: str) -> None:
    spec = draw(False, rows={row_id: RowChoice(style="heat", colour=RED)})
    [row] = rows_in(spec, row_id)
    own = [one for one in spec["data"] if one["yaxis"] == row["yaxis"]]
    [cells] = [one for one in own if one["type"] == "heatmap"]
    known = np.isfinite(cells["z"][0])
    x = cells["x0"] + cells["dx"] * np.arange(len(known)) - 1 - START  # 0-based, from START
    bases = {round(at) for at in x[known] if 0 <= at < WIDTH}
    gaps = {
        "local:a-bedgraph": {*range(30), *range(50, 90)},
        "local:b-bw": {*range(20, 80), *range(85, 88)},
    }
    assert bases == gaps[row_id]
    assert cells["colorscale"][-1] == (1.0, "rgba(170,17,34,1)")
    assert row["height"] == 30
    assert "as colour" in row["unit"]


@pytest.mark.parametrize("style", ["filled", "line", "bars", "heat"])
def test_on_a_logarithmic_axis_zeros_of_a_file_are_gaps(tmp_path: Path, style: str) -> None:
    path = tmp_path / "zeros.bdg"
    path.write_text(lines((CHROM, START, START + 9, 0), (CHROM, START + 9, START + 20, 10)))
    file, part = open_local(path, chroms={CHROM: LENGTH}), Interval(CHROM, START, START + 30)
    options = Options(rows=(("local:zeros-bdg", RowChoice(log=True, style=style)),))
    ((row,),) = local_rows([file], View(part, overscan=0.0), options).values()
    line = row.traces[-1]
    assert line["x"].min() == START + 9 + 0.5
    assert set(line["y"][np.isfinite(line["y"])]) == {10}
    assert row.log and row.y_range == (0.1, 10)


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(1, 50, (0.1, 50)), (0.4, 7, (0.1, 7)), (1, 90_000, (9, 90_000)), (20, 30, (10, 30))],
)
def test_the_least_value_of_a_file_stands_above_the_foot_of_a_logarithmic_axis(
    tmp_path: Path, least: float, most: float, expected: tuple[float, float]
) -> None:
    path = tmp_path / "a.bdg"
    path.write_text(lines((CHROM, START, START + 9, least), (CHROM, START + 9, START + 20, most)))
    file, part = open_local(path, chroms={CHROM: LENGTH}), Interval(CHROM, START, START + 30)
    for choice, low in (
        (RowChoice(log=True), expected[0]),
        (RowChoice(log=True, scale="fixed", y_min=5, y_max=expected[1]), 5),
    ):
        options = Options(rows=(("local:a-bdg", choice),))
        ((row,),) = local_rows([file], View(part), options).values()
        assert row.y_range == pytest.approx((low, expected[1]))


def test_a_chosen_colour_is_alts_and_ref_stays_grey(draw: Draw) -> None:
    usual, own = (draw(True, rows=rows) for rows in ({}, {"signal:+": RowChoice(colour=RED)}))
    both, change = rows_in(own, "signal:+")
    assert both["choice"]["colour"] == RED
    assert rows_in(usual, "signal:+")[0]["choice"]["colour"] == LIGHT.alt
    lines_of = {
        one["name"]: one["line"]["color"]
        for one in own["data"]
        if one["yaxis"] == both["yaxis"] and one.get("name")
    }
    assert lines_of == {"S (+)": LIGHT.ref, "S (+) ALT": RED}
    changes = [
        [one for one in spec["data"] if one["yaxis"] == change["yaxis"]] for spec in (usual, own)
    ]
    assert plain(changes[0]) == plain(changes[1])
    words = "".join(note["text"] for note in own["layout"]["annotations"])
    assert f'<span style="color:{RED}">■</span> ALT of S (+)' in words
    assert f'<span style="color:{LIGHT.alt}">■</span> ALT&nbsp;' in words
