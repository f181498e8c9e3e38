"""What every track says at a base and over a stretch of bases, as numbers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyBigWig
import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, Family, FloatArray, TrackData, TrackMetadata
from genoview.figure.details.values_at import LONGEST_SEQUENCE, MOST_TRACKS, stretch_of, values_at
from genoview.io.assembly import Assembly
from genoview.io.formats import LocalFile, open_local
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from tests.support.models.toy_backend import SpliceToy, Toy, card
from tests.support.pages.scenes import located

SNV = "chr20:43042364:C>T"
AT = Interval("chr20", 43_042_363, 43_042_364)
START = 43_042_000  # of the arrays below
CHROMS = {"chr20": 63_025_520}
BIN = 10  # bp


def data(values: Sequence[Sequence[float]]) -> TrackData:
    """One row a bin of 10 bp from START on, one column a track T0, T1 ..."""
    array: FloatArray = np.array(values, dtype=np.float32)
    tracks = tuple(TrackMetadata(f"T{i}", Assay.CAGE, "+", "reads") for i in range(array.shape[1]))
    interval = Interval("chr20", START, START + BIN * len(array))
    return TrackData(array, tracks, interval, BIN)


def made(
    ref: Sequence[Sequence[float]],
    alt: Sequence[Sequence[float]] | None = None,
    family: Family = Family.EXPRESSION,
) -> Answer:
    both = [None if values is None else Prediction(data(values)) for values in (ref, alt)]
    assert both[0] is not None
    return Answer(card("hand", family), "1", "cpu", both[0], both[1])


def place(start: int, width: int = 1) -> Interval:
    """Bases counted from START."""
    return Interval("chr20", START + start, START + start + width)


@pytest.mark.parametrize(
    ("offset", "values"), [(0, [1, 4]), (9, [1, 4]), (10, [2, 5]), (29, [3, 6])]
)
def test_a_base_has_the_values_of_its_bin(demo: Assembly, offset: int, values: list[float]) -> None:
    found = values_at(located(place(offset), [made([[1, 4], [2, 5], [3, 6]])], demo), place(offset))
    assert found["position"] == START + offset + 1
    assert found["rows"] == [
        {
            "title": "Toy hand",
            "unit": "reads",
            "values": [
                {"name": "T0 (+)", "value": values[0]},
                {"name": "T1 (+)", "value": values[1]},
            ],
            "leftOut": 0,
        }
    ]


@pytest.mark.parametrize("offset", [-1, 30])
def test_a_base_beyond_what_was_predicted_has_no_row(demo: Assembly, offset: int) -> None:
    found = values_at(located(place(offset), [made([[1], [2], [3]])], demo), place(offset))
    assert (found["position"], found["rows"]) == (START + offset + 1, [])


def test_alt_stands_beside_ref(demo: Assembly) -> None:
    found = values_at(
        located(place(12), [made([[1, 2], [3, 4]], [[5, 6], [7, 0.5]])], demo), place(12)
    )
    assert found["rows"][0]["values"] == [
        {"name": "T0 (+)", "value": 3.0, "alt": 7.0},
        {"name": "T1 (+)", "value": 4.0, "alt": 0.5},
    ]


@pytest.mark.parametrize(
    ("ref", "alt", "names"),
    [
        (range(MOST_TRACKS), None, range(MOST_TRACKS)),
        ([9, 1, 8, 2, 7, 3, 6, 4, 5, 0], None, [0, 2, 3, 4, 5, 6, 7, 8]),
        ([0, 9, 8, 7, 6, 5, 4, 3, 2, 1], [8.5, *[0] * 9], range(8)),  # the higher allele counts
    ],
)
def test_of_many_tracks_the_strongest_are_told_and_how_many_are_not(
    demo: Assembly, ref: Sequence[float], alt: Sequence[float] | None, names: Sequence[int]
) -> None:
    found = made([list(ref)], None if alt is None else [list(alt)])
    [row] = values_at(located(place(3), [found], demo), place(3))["rows"]
    assert [value["name"] for value in row["values"]] == [f"T{i} (+)" for i in names]
    assert [value["value"] for value in row["values"]] == [list(ref)[i] for i in names]
    assert row["leftOut"] == len(ref) - MOST_TRACKS


def test_rows_stand_by_family_as_in_the_figure(demo: Assembly) -> None:
    answers = [made([[1]], family=Family.BINDING), made([[2]], family=Family.EXPRESSION)]
    rows = values_at(located(place(0), answers, demo), place(0))["rows"]
    assert [row["values"][0]["value"] for row in rows] == [2.0, 1.0]


def test_at_a_variant_both_alleles_are_what_was_predicted(demo: Assembly) -> None:
    """C -> T: one G or C less among the ten bases of the bin; no acceptor, no donor."""
    request = resolve(SNV, demo, flank=500)
    found = values_at(
        located(AT, [answer(request, toy, demo) for toy in (Toy(), SpliceToy())], demo), AT
    )
    assert (found["position"], found["base"]) == (43_042_364, "C")
    gc, splice = found["rows"]
    [value] = gc["values"]
    first = request.predicted.start + (AT.start - request.predicted.start) // BIN * BIN
    bases = demo.reference.fetch(Interval("chr20", first, first + BIN))
    n_gc = bases.count("G") + bases.count("C")
    assert (gc["title"], gc["unit"], value["name"]) == ("Toy gc", "probability", "GC (+)")
    assert value["value"] == pytest.approx(n_gc / BIN)
    assert value["alt"] == pytest.approx((n_gc - 1) / BIN)
    told = {value["name"]: (value["value"], value["alt"]) for value in splice["values"]}
    assert told == {
        "Splice donor (+)": (0, 0),
        "Splice acceptor (+)": (0, 0),
        "Splice donor (-)": (1, 0),  # G on the other strand
        "Splice acceptor (-)": (0, 1),  # and A
    }


def test_of_the_motifs_the_likeliest_bound_are_told(demo: Assembly, jaspar: Jaspar) -> None:
    request = resolve(SNV, demo, flank=500)
    [row] = values_at(located(AT, [answer(request, jaspar, demo)], demo), AT)["rows"]
    assert len(row["values"]) == MOST_TRACKS
    assert row["leftOut"] == len(jaspar.tracks) - MOST_TRACKS
    assert min(max(value["value"], value["alt"]) for value in row["values"]) > 0


@pytest.fixture
def file(tmp_path: Path) -> LocalFile:
    return opened(tmp_path, "mine.bedgraph", f"chr20\t{START + 5}\t{START + 7}\t2.5\n")


def opened(folder: Path, name: str, content: str) -> LocalFile:
    path = folder / name
    path.write_text(content)
    return open_local(path, chroms=CHROMS)


@pytest.mark.parametrize(("offset", "value"), [(4, None), (5, 2.5), (6, 2.5), (7, None)])
def test_a_file_of_values_is_told_where_it_has_one(
    demo: Assembly, file: LocalFile, offset: int, value: float | None
) -> None:
    found = values_at(located(place(offset), [made([[1]])], demo, files=[file]), place(offset))
    titles = [row["title"] for row in found["rows"]]
    assert titles == ["Toy hand"] + ["mine.bedgraph"] * (value is not None)
    if value is not None:
        listed = [{"name": "mine.bedgraph", "value": value}]
        assert found["rows"][-1] == {
            "title": "mine.bedgraph",
            "unit": "measured",
            "values": listed,
            "leftOut": 0,
        }


def test_a_file_of_features_has_no_value(demo: Assembly, tmp_path: Path) -> None:
    bed = opened(tmp_path, "mine.bed", f"chr20\t{START}\t{START + 100}\tpeak\t5\n")
    assert values_at(located(place(5), [], demo, files=[bed]), place(5))["rows"] == []


def test_a_file_that_is_gone_takes_no_models_values_with_it(demo: Assembly, tmp_path: Path) -> None:
    path = tmp_path / "mine.bw"
    bigwig(path)
    gone = open_local(path, chroms=CHROMS)
    assert [
        row["title"]
        for row in values_at(located(place(5), [], demo, files=[gone]), place(5))["rows"]
    ] == ["mine.bw"]
    path.unlink()
    found = values_at(located(place(5), [made([[1]])], demo, files=[gone]), place(5))
    assert [row["title"] for row in found["rows"]] == ["Toy hand"]


def bigwig(path: Path) -> None:
    with pyBigWig.open(str(path), "w") as written:
        written.addHeader(list(CHROMS.items()))
        written.addEntries(["chr20"], [START], ends=[START + 10], values=[1.5])


def test_a_stretch_has_its_sequence_and_every_tracks_statistics(demo: Assembly) -> None:
    where = place(10, 25)  # the bins at 10, 20 and 30; the last one in part
    found = stretch_of(
        located(where, [made([[9, 9], [1, 8], [2, 4], [6, 0], [9, 9]])], demo), where
    )
    assert (found["first"], found["last"], found["width"]) == (START + 11, START + 35, 25)
    assert found["sequence"] == demo.reference.fetch(where)
    assert found["rows"] == [
        {"title": "T0 (+)", "unit": "reads", "mean": 3.0, "max": 6.0, "at": START + 31},
        {"title": "T1 (+)", "unit": "reads", "mean": 4.0, "max": 8.0, "at": START + 11},
    ]


def test_a_stretch_of_a_variant_has_a_row_an_allele(demo: Assembly) -> None:
    found = stretch_of(located(place(0, 20), [made([[1], [2]], [[5], [3]])], demo), place(0, 20))
    told = [(row["allele"], row["mean"], row["max"], row["at"]) for row in found["rows"]]
    assert told == [("REF", 1.5, 2.0, START + 11), ("ALT", 4.0, 5.0, START + 1)]


def test_of_equal_values_the_leftmost_is_where_the_maximum_is(demo: Assembly) -> None:
    [row] = stretch_of(located(place(0, 30), [made([[1], [2], [2]])], demo), place(0, 30))["rows"]
    assert row["at"] == START + 11


def test_a_stretch_of_many_tracks_has_the_highest_of_them(demo: Assembly) -> None:
    values = [[0.0] * 12, [float(i) for i in range(12)]]
    rows = stretch_of(located(place(0, 20), [made(values)], demo), place(0, 20))["rows"]
    assert [row["title"] for row in rows] == [f"T{i} (+)" for i in range(4, 12)]


@pytest.mark.parametrize("start", [-50, 30])
def test_a_stretch_beyond_what_was_predicted_has_its_sequence_alone(
    demo: Assembly, start: int
) -> None:
    found = stretch_of(located(place(start, 50), [made([[1], [2], [3]])], demo), place(start, 50))
    assert len(found["sequence"]) == 50
    assert found["rows"] == []


def test_a_stretch_that_reaches_beyond_has_statistics_of_what_there_is(demo: Assembly) -> None:
    [row] = stretch_of(located(place(15, 500), [made([[9], [2], [4]])], demo), place(15, 500))[
        "rows"
    ]
    assert (row["mean"], row["max"], row["at"]) == (3.0, 4.0, START + 21)


@pytest.mark.parametrize(("more", "given"), [(0, LONGEST_SEQUENCE), (1, 0)])
def test_the_sequence_of_a_long_stretch_is_left_out(demo: Assembly, more: int, given: int) -> None:
    found = stretch_of(
        located(place(0, LONGEST_SEQUENCE + more), [], demo), place(0, LONGEST_SEQUENCE + more)
    )
    assert (len(found["sequence"]), found["width"]) == (given, LONGEST_SEQUENCE + more)


def test_means_of_a_long_stretch_are_exact(demo: Assembly) -> None:
    """Summed in float32, 100,000 tenths are off in the fourth digit."""
    rows = stretch_of(
        located(place(0, 10**6), [made([[0.1, 0.1]] * 10**5)], demo), place(0, 10**6)
    )["rows"]
    assert [row["mean"] for row in rows] == [pytest.approx(float(np.float32(0.1)), rel=1e-9)] * 2


def test_answers_are_plain_json(demo: Assembly, file: LocalFile) -> None:
    answers = [made([[1.5, 2.5]], [[3.5, 4.5]])]
    said: list[dict[str, Any]] = [
        values_at(located(place(5), answers, demo, files=[file]), place(5)),
        stretch_of(located(place(0, 10), answers, demo), place(0, 10)),
    ]
    for one in said:
        assert json.loads(json.dumps(one, allow_nan=False)) == one
