"""A figure as bytes and back: nothing changed, nothing twice, nothing that JSON cannot say."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from genoview.ui.trackview.packing import ALIGNMENT, KINDS, pack

PACKED = Path(__file__).with_name("packed.bin")  # read by packing.test.mjs


def read(packed: bytes) -> tuple[Any, list[dict[str, Any]], int]:
    """The JSON's figure and table of arrays, and where the arrays begin."""
    (length,) = struct.unpack_from("<I", packed)
    told = json.loads(packed[4 : 4 + length])
    return told["figure"], told["arrays"], -(-(4 + length) // ALIGNMENT) * ALIGNMENT


def unpacked(packed: bytes) -> Any:
    """The figure, as the browser has it."""
    figure, table, begin = read(packed)
    made = [
        np.frombuffer(packed, f"<{one['kind']}", one["length"], begin + one["at"]) for one in table
    ]
    return filled(figure, made)


def filled(value: Any, made: list[npt.NDArray[Any]]) -> Any:
    if isinstance(value, list):
        return [filled(one, made) for one in value]
    if not isinstance(value, dict):
        return value
    if "$" in value:
        return made[value["$"]]
    return {key: filled(one, made) for key, one in value.items()}


def same(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    return (
        one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    )


@given(
    st.lists(
        st.sampled_from(sorted(KINDS)).flatmap(
            lambda kind: arrays.arrays(np.dtype(f"<{kind}"), st.integers(0, 20))
        ),
        max_size=6,
    )
)
def test_arrays_of_every_kind_come_back_bit_for_bit(given: list[npt.NDArray[Any]]) -> None:
    packed = pack({"data": [{"x": one} for one in given], "layout": {}})
    back = unpacked(packed)["data"]
    assert all(same(a, trace["x"]) for a, trace in zip(given, back, strict=True))


def test_what_is_no_array_comes_back_as_it_was() -> None:
    layout = {"title": "é → ü", "range": [0, 1.5], "on": True, "none": None, "empty": [{}, [], ""]}
    assert unpacked(pack({"data": [], "layout": layout})) == {"data": [], "layout": layout}


def test_tuples_come_back_as_lists() -> None:
    assert unpacked(pack({"layout": {"range": (0, (1, 2))}})) == {"layout": {"range": [0, [1, 2]]}}


@given(st.text(max_size=20), st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_every_array_begins_at_a_multiple_of_its_items(title: str, lengths: list[int]) -> None:
    data = [
        {"x": np.arange(n, dtype=np.uint8), "y": np.arange(n, dtype=np.float64)} for n in lengths
    ]
    packed = pack({"data": data, "layout": {"title": title}})
    _, table, begin = read(packed)
    assert begin % ALIGNMENT == 0
    assert [one["at"] % ALIGNMENT for one in table] == [0] * len(table)
    assert len(packed) % ALIGNMENT == 0


def test_equal_arrays_are_sent_once() -> None:
    x = np.arange(1000.0)
    data = [{"x": x, "y": np.float32([1, 2])}, {"x": x.copy(), "y": np.float32([1, 3])}]
    packed = pack({"data": data, "layout": {}})
    figure, table, _ = read(packed)
    assert [one["length"] for one in table] == [1000, 2, 2]
    assert [trace["x"] for trace in figure["data"]] == [{"$": 0}, {"$": 0}]
    assert [trace["y"] for trace in figure["data"]] == [{"$": 1}, {"$": 2}]
    assert len(packed) < 1.1 * x.nbytes


def test_equal_bytes_of_another_kind_are_another_array() -> None:
    data = [{"x": np.zeros(2, np.int32)}, {"x": np.zeros(2, np.float32)}, {"x": np.zeros(1)}]
    kinds = [trace["x"].dtype for trace in unpacked(pack({"data": data}))["data"]]
    assert kinds == [np.int32, np.float32, np.float64]


def test_a_heat_map_is_a_list_of_rows_and_equal_rows_are_sent_once() -> None:
    z = np.float32([[1, 2, 3], [4, 5, 6], [1, 2, 3]])
    packed = pack({"data": [{"z": z}]})
    figure, table, _ = read(packed)
    assert figure["data"][0]["z"] == [{"$": 0}, {"$": 1}, {"$": 0}]
    assert len(table) == 2
    np.testing.assert_array_equal(unpacked(packed)["data"][0]["z"], z)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(20, dtype=np.float32)[::3],
        np.arange(20, dtype=np.float64)[::-1],
        np.arange(20, dtype=np.int32).reshape(4, 5)[:, 2],
        np.arange(5, dtype=">f8"),
        np.arange(5, dtype=">i2"),
    ],
)
def test_strides_and_the_order_of_bytes_do_not_matter(array: npt.NDArray[Any]) -> None:
    [trace] = unpacked(pack({"data": [{"x": array}]}))["data"]
    assert trace["x"].tolist() == array.tolist()


@pytest.mark.parametrize(
    ("array", "listed"),
    [
        (np.array(["A", "é"]), ["A", "é"]),
        (np.array([True, False]), [True, False]),
        (np.array([2**40, -1]), [2**40, -1]),  # its 64-bit integers are no numbers
        (np.array(["A", None, 1], dtype=object), ["A", None, 1]),
        (np.array([["A", "C"], ["G", "T"]]), [["A", "C"], ["G", "T"]]),
    ],
)
def test_what_javascript_has_no_typed_array_for_is_a_list(
    array: npt.NDArray[Any], listed: list[Any]
) -> None:
    packed = pack({"data": [{"text": array}]})
    assert read(packed)[1] == []
    assert unpacked(packed)["data"][0]["text"] == listed


@pytest.mark.parametrize(
    ("scalar", "plain"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("A"), "A"),
        (np.uint8(255), 255),
    ],
)
def test_numpy_scalars_are_plain_numbers(scalar: Any, plain: Any) -> None:
    layout = unpacked(pack({"layout": {"at": scalar, "more": [scalar]}}))["layout"]
    assert layout == {"at": plain, "more": [plain]}
    assert type(layout["at"]) is type(plain)


def test_gaps_and_infinities_stay_inside_arrays() -> None:
    y = np.float32([1, np.nan, np.inf, -np.inf])
    [trace] = unpacked(pack({"data": [{"y": y}]}))["data"]
    np.testing.assert_array_equal(trace["y"], y)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.float64("nan"), [1.0, np.nan]])
def test_a_layout_with_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        pack({"data": [], "layout": {"range": value}})


def test_the_figure_that_was_given_is_left_as_it_was() -> None:
    x = np.arange(3.0)
    spec = {"data": [{"x": x}], "layout": {"range": (0, 1)}}
    pack(spec)
    assert spec == {"data": [{"x": x}], "layout": {"range": (0, 1)}}


def test_the_browser_is_tested_with_these_bytes() -> None:
    kinds = {
        "i1": [-128, 0, 127],
        "u1": [0, 1, 255],
        "i2": [-32768, 32767],
        "u2": [0, 65535],
        "i4": [-(2**31), 2**31 - 1],
        "u4": [0, 2**32 - 1],
        "f4": [1.5, np.nan, np.inf, -0.0],
        "f8": [0.1, -1e300, 43_042_364.5],
    }
    data: list[dict[str, Any]] = [{"x": np.array(kinds[kind], kind)} for kind in kinds]
    data += [{"z": np.array([[1, 2], [3, 4], [1, 2]], "f4")}]
    data += [{"text": np.array(["A", "é", None], dtype=object)}]
    layout = {"title": "é → ü", "range": (0, 1.5), "on": True, "none": None, "empty": [{}, [], ""]}
    assert set(kinds) == KINDS
    assert pack({"data": data, "layout": layout}) == PACKED.read_bytes()
