"""What the server really sends is what `wire_types` says, and so is the file for the browser."""

import gzip
import json
import runpy
import struct
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.figure.build import build
from genoview.figure.details import card_of
from genoview.figure.details.values_at import stretch_of, values_at
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.formats.local_file import LocalFile, open_local
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.ui.trackview import component, wire_types
from genoview.ui.trackview.packing import KINDS, pack
from tests.support.models.toy_backend import SpliceToy, Toy
from tests.support.parts import answered, contacts, junctions, symmetric
from tests.support.paths import ROOT
from tests.ui.trackview.test_packing import unpacked

SCRIPTS = ROOT / "scripts"
SNV = "chr20:43042364:C>T"
START = 43_042_000
OTHERS: Mapping[Any, tuple[type, ...]] = {int: (int,), float: (int, float), str: (str,)}


def faults(value: object, hint: Any, where: str = "") -> list[str]:
    """Where a value is not of its type; further keys are allowed in Plotly's own parts."""
    origin, args = get_origin(hint), get_args(hint)
    if typing.is_typeddict(hint):
        return _dict_faults(value, hint, where)
    if origin is NotRequired:
        return faults(value, args[0], where)
    if origin in (types.UnionType, typing.Union):
        each = [faults(value, arg, where) for arg in args]
        kind = value.get("type", value.get("kind")) if isinstance(value, Mapping) else None
        named = [
            found
            for arg, found in zip(args, each, strict=True)
            if typing.is_typeddict(arg) and kind in str(get_type_hints(arg).values())
        ]
        return [] if [] in each else min(named or each, key=len)
    if origin in (list, tuple):
        if not isinstance(value, list | tuple):
            return [f"{where}: {type(value).__name__} is no list"]
        items = args * len(value) if origin is list else args
        if len(items) != len(value):
            return [f"{where}: {len(value)} items, not {len(items)}"]
        pairs = enumerate(zip(value, items, strict=True))
        return [fault for i, (v, item) in pairs for fault in faults(v, item, f"{where}[{i}]")]
    return [] if _is_plain(value, hint, origin, args) else [f"{where}: {value!r:.40} is no {hint}"]


def _is_plain(value: object, hint: Any, origin: Any, args: Sequence[Any]) -> bool:
    if origin is Literal:
        return value in args
    if origin is np.ndarray:
        return isinstance(value, np.ndarray) and value.ndim == 1
    if origin is dict:
        return isinstance(value, dict) and not any(faults(v, args[1]) for v in value.values())
    if isinstance(value, bool):
        return hint in (bool, object)
    return hint is object or isinstance(value, OTHERS.get(hint, (hint,)))


def _dict_faults(value: object, hint: Any, where: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{where}: {type(value).__name__} is no {hint.__name__}"]
    hints = get_type_hints(hint)
    found = [f"{where}: no {key}" for key in sorted(hint.__required_keys__ - value.keys())]
    if hint.__name__ not in wire_types.OPEN:
        found += [f"{where}: {key} is unknown" for key in value.keys() - hints.keys()]
    for key, own in value.items():
        found += faults(own, hints.get(key, object), f"{where}.{key}")
    return found


@pytest.fixture(scope="module")
def request_(demo: Assembly) -> Request:
    return resolve(SNV, demo, flank=500)


@pytest.fixture(scope="module")
def answers(demo: Assembly, request_: Request, jaspar: Jaspar) -> list[Answer]:
    made = [answer(request_, model, demo) for model in (jaspar, Toy(), SpliceToy())]
    arcs = junctions((100, 300, 1, (5.125, 1)), (250, 600, -1, (2.5, 0.3)))
    return [
        *made,
        answered(arcs, junctions((100, 300, 1, (4, 1))), "arcs"),
        answered(contacts(symmetric(6)), contacts(symmetric(6, seed=1)), "maps"),
    ]


@pytest.fixture(scope="module")
def files(demo: Assembly, tmp_path_factory: pytest.TempPathFactory) -> list[LocalFile]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "peaks.bed").write_text(f"chr20\t{START + 10}\t{START + 90}\tpeak\t5\t+\n")
    (folder / "values.bedGraph").write_text(f"chr20\t{START}\t{START + 500}\t1.5\n")
    return [
        open_local(path, chroms=demo.reference.chromosomes) for path in sorted(folder.iterdir())
    ]


@pytest.fixture(scope="module")
def scene(
    demo: Assembly, request_: Request, answers: list[Answer], files: list[LocalFile]
) -> Scene:
    return Scene(request_, demo, answers, files=files)


def place(start: int, end: int) -> Interval:
    return Interval("chr20", START + start, START + end)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 700), (330, 380), (355, 370)], ids=["gene", "bases", "few"]
)
def test_a_figure_is_of_its_type(scene: Scene, start: int, end: int) -> None:
    spec = build(scene, place(start, end), Options())
    figure = unpacked(pack(spec))
    assert faults(figure, wire_types.Figure) == []
    layout, rows = figure["layout"], figure["layout"]["meta"]["rows"]
    axes = {row["yaxis"].replace("y", "yaxis") for row in rows}
    assert [fault for name in axes for fault in faults(layout[name], wire_types.YAxis)] == []


def test_the_figures_have_traces_of_every_type(scene: Scene) -> None:
    spec = build(scene, place(330, 380), Options())
    assert {trace["type"] for trace in spec["data"]} == {"scatter", "bar", "heatmap"}


def test_answers_are_of_their_types(scene: Scene) -> None:
    for at in (150, 363):
        assert faults(values_at(scene, place(at, at + 1)), wire_types.BaseValues) == []
    stretch = stretch_of(scene, place(0, 700))
    assert faults(stretch, wire_types.Stretch) == []
    assert stretch["junctions"] and any("where" in row for row in stretch["rows"])


def test_cards_are_of_their_type(scene: Scene) -> None:
    spec = build(scene, place(0, 700), Options())
    rows = spec["layout"]["meta"]["rows"]
    things = {
        thing[0]: thing[1] if thing[0] == "gene" else f"{row['id']}|{thing[1]}"
        for row in rows
        for thing in row["things"]
    }
    assert {"gene", "feature"} <= things.keys()
    for kind in ("gene", "feature"):
        card = card_of(scene, kind, things[kind])
        assert faults(card, wire_types.Card) == []


def test_the_header_is_of_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(component, "_component", lambda: lambda **given: sent.append(given["data"]))
    spec = {"data": [], "layout": {"meta": {"rows": [{"title": "Genes"}]}}}
    more: list[dict[str, Any]] = [
        {},
        {
            "begin": (1, 2.5),
            "tiles": "/genoview-tiles/x/",
            "stops": [(0, 1, "HNF4A")],
            "link_fill": {"q": ("chr20",)},
            "refusal": (1, "No."),
            "on_act": print,
        },
    ]
    for arguments in more:
        component.track_view(
            spec,
            "k",
            component.ViewerOptions(
                subject="s",
                limits=(0.5, 9.5),
                file_stem="f",
                **{name: value for name, value in arguments.items() if name != "on_act"},
            ),
            arguments.get("on_act"),
        )
        (length,) = struct.unpack_from("<I", sent[-1])
        assert faults(json.loads(sent[-1][4 : 4 + length]), wire_types.Header) == []
        gzip.decompress(sent[-1][4 + length :])


def test_a_report_of_the_browser_is_read() -> None:
    report: wire_types.ViewportReport = {"start": 1.5, "end": 3, "subject": "s", "sequence": 2}
    assert component._checked(report) is not None
    assert {*component._checked.__code__.co_consts} >= {("start", "end", "subject", "sequence")}


def test_packed_arrays_are_of_their_type() -> None:
    assert set(get_args(wire_types.PackedKind)) == KINDS
    packed = pack({"data": [{"x": np.zeros(3)}], "layout": {}})
    (length,) = struct.unpack_from("<I", packed)
    assert faults(json.loads(packed[4 : 4 + length]), wire_types.Packed) == []


def test_the_types_of_the_scripts_are_written_anew_when_these_change() -> None:
    script = runpy.run_path(str(SCRIPTS / "wire_types.py"))
    assert script["TARGET"].read_text(encoding="utf-8") == script["declarations"]()


@pytest.mark.parametrize(
    ("value", "hint", "found"),
    [
        ({"label": "a", "value": "b"}, wire_types.CardLine, []),
        ({"label": "a"}, wire_types.CardLine, [": no value"]),
        ({"label": "a", "value": 1}, wire_types.CardLine, [".value: 1 is no <class 'str'>"]),
        ({"label": "a", "value": "b", "x": 1}, wire_types.CardLine, [": x is unknown"]),
        ([1, 2, 3], wire_types.Range, [": 3 items, not 2"]),
        (True, float, [": True is no <class 'float'>"]),
    ],
)
def test_faults_are_noticed(value: object, hint: Any, found: list[str]) -> None:
    assert faults(value, hint) == found
