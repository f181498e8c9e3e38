"""bedGraph and bigWig -> values: exact at base level, extremes kept where wide, gaps as NaN."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyBigWig
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.io.formats import LocalFile, LocalFileError, open_local
from genoview.io.formats.bigwig import WHOLE_UP_TO
from tests.io.formats.conftest import CHROMS, Open

Run = tuple[int, int, float]
RUNS: list[Run] = [(10, 12, 1.5), (12, 13, -2.0), (20, 30, 0.0), (50, 51, 7.25)]


def at(start: int, end: int) -> Interval:
    return Interval("chr20", start, end)


def bedgraph(folder: Path, runs: Sequence[Run]) -> LocalFile:
    path = folder / "a.bedGraph"
    path.write_text("track type=bedGraph\n" + "".join(f"20\t{s}\t{e}\t{v}\n" for s, e, v in runs))
    return open_local(path, chroms=CHROMS)


def bigwig(folder: Path, runs: Sequence[Run], length: int = CHROMS["chr20"]) -> LocalFile:
    path = folder / "a.bw"
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([("20", length)])
        starts, ends, values = (list(column) for column in zip(*runs, strict=True))
        file.addEntries(["20"] * len(runs), starts, ends=ends, values=values)
    return open_local(path, assembly="toy", chroms=CHROMS)


def dense(runs: Sequence[Run], interval: Interval) -> npt.NDArray[np.float32]:
    values = np.full(interval.width, np.nan, dtype=np.float32)
    for start, end, value in runs:
        left, right = max(start - interval.start, 0), max(end - interval.start, 0)
        values[left:right] = value
    return values


both = pytest.mark.parametrize("make", [bedgraph, bigwig])


@both
@pytest.mark.parametrize("interval", [at(0, 60), at(11, 12), at(11, 25), at(30, 50), at(40, 90)])
def test_values_at_base_level_are_those_of_the_file_and_nan_between(
    tmp_path: Path, make: type[LocalFile], interval: Interval
) -> None:
    positions, values = make(tmp_path, RUNS).signal(interval, 1_000)
    np.testing.assert_array_equal(positions, np.arange(interval.start, interval.end))
    np.testing.assert_array_equal(values, dense(RUNS, interval))
    assert (positions.dtype, values.dtype) == (np.float64, np.float32)


@both
def test_a_wide_view_keeps_the_minimum_and_maximum_of_each_stretch(
    tmp_path: Path, make: type[LocalFile]
) -> None:
    positions, values = make(tmp_path, RUNS).signal(at(0, 60), 12)  # stretches of 10 bp
    low, high = values[::2], values[1::2]
    np.testing.assert_array_equal(low, [np.nan, -2, 0, np.nan, np.nan, 7.25])
    np.testing.assert_array_equal(high, [np.nan, 1.5, 0, np.nan, np.nan, 7.25])
    np.testing.assert_array_equal(positions[::2], [4, 14, 24, 34, 44, 54])
    np.testing.assert_array_equal(positions[::2], positions[1::2])


@both
def test_a_chromosome_that_is_not_in_the_file_gives_nothing(
    tmp_path: Path, make: type[LocalFile]
) -> None:
    file = make(tmp_path, RUNS)
    for chrom in ("chr7", "chrUn_x"):
        assert [len(part) for part in file.signal(Interval(chrom, 0, 50), 99)] == [0, 0]
        assert not file.has(chrom)
    assert file.has("chr20")


def test_a_view_past_the_chromosomes_ends_has_no_value_there(tmp_path: Path) -> None:
    runs = [(0, 5, 2.0)]
    for file in (bedgraph(tmp_path, runs), bigwig(tmp_path, runs)):
        positions, values = file.signal(at(-10, 10), 100)
        known = np.isfinite(values)
        np.testing.assert_array_equal(positions[known], np.arange(5))
    end = CHROMS["chr20"]
    assert [len(p) for p in bigwig(tmp_path, runs).signal(at(end, end + 9), 100)] == [0, 0]


@pytest.mark.parametrize("peak", [1, 1_234_567, 2_999_998])
def test_a_peak_and_a_dip_survive_where_a_bigwig_is_read_from_its_summaries(
    tmp_path: Path, peak: int
) -> None:
    runs = [(n, n + 100, 1.0) for n in range(0, 3_000_000, 200) if n != peak // 200 * 200]
    runs = sorted([*runs, (peak, peak + 1, 50.0), (peak + 1, peak + 2, -3.0)])
    file = bigwig(tmp_path, runs)
    assert WHOLE_UP_TO < 3_000_000
    positions, values = file.signal(at(0, 3_000_000), 2_000)
    assert len(values) == 2_000
    assert (np.nanmin(values), np.nanmax(values)) == (-3, 50)
    assert abs(positions[np.nanargmax(values)] - peak) <= 3 * 3_000
    left, inside = file.signal(at(1_000, 2_500_000), 500)
    assert (left.min() >= 1_000, left.max() < 2_500_000, len(inside)) == (True, True, 500)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 20), st.floats(-9, 9, width=32)),
        min_size=1,
        max_size=30,
    ),
    st.integers(4, 300),
    st.integers(1, 400),
)
def test_no_extreme_is_lost_and_none_is_invented(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[int, int, float]],
    n_points: int,
    width: int,
) -> None:
    runs, end = [], 0
    for gap, length, value in steps:
        runs.append((end + gap, end + gap + length, float(np.float32(value))))
        end += gap + length
    expected = dense(runs, at(0, max(width, end)))[:width]
    folder = tmp_path_factory.mktemp("any")
    for make in (bedgraph, bigwig):
        _, values = make(folder, runs).signal(at(0, width), n_points)
        assert len(values) <= max(n_points, 2)
        assert np.isfinite(values).any() == np.isfinite(expected).any()
        if np.isfinite(expected).any():
            assert np.nanmin(values) == np.nanmin(expected)
            assert np.nanmax(values) == np.nanmax(expected)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("chr20\t1\t2", "it has fewer than 4 columns"),
        ("chr20\t1\t2\tNaN", "its value is not a number"),
        ("chr20\t1\t2\t1e99", "its value is not a number"),
        ("chr20\t1\t2\thigh", "its value is not a number"),
        ("chr20\t2\t1\t3", "the end lies before the start"),
        ("chr20\t105\t115\t3", "it overlaps an entry before it"),
    ],
)
def test_a_bad_line_of_bedgraph_is_counted(opened: Open, line: str, reason: str) -> None:
    file = opened("a.bedgraph", f"chr20\t100\t110\t5\n{line}\nchr20 200 210 6 # more\n")
    assert (file.skipped, file.examples, file.n_read) == ({reason: 1}, {reason: 2}, 2)


def test_lines_of_bedgraph_may_come_in_any_order(opened: Open) -> None:
    file = opened("a.bdg", "20\t20\t22\t2\nchr20\t10\t12\t1\n")
    _, values = file.signal(at(10, 22), 50)
    np.testing.assert_array_equal(values[[0, 1, 2, 10, 11]], [1, 1, np.nan, 2, 2])


def test_a_bigwig_of_another_assembly_is_told(tmp_path: Path) -> None:
    file = bigwig(tmp_path, RUNS, length=64_444_167)
    (note,) = file.warnings
    assert "chr20 is 64,444,167 bp long in it, but 63,025,520 bp in toy" in note
    assert bigwig(tmp_path, RUNS).warnings == ()
    assert file.size_words == "14 bases with a value"


def test_a_bigwig_that_is_gone_says_so(tmp_path: Path) -> None:
    file = bigwig(tmp_path, RUNS)
    file.path.unlink()
    with pytest.raises(LocalFileError, match=r"a\.bw no longer exists"):
        file.signal(at(0, 10), 10)


@both
def test_many_threads_read_the_same_values(tmp_path: Path, make: type[LocalFile]) -> None:
    runs = [(n, n + 7, float(n)) for n in range(0, 20_000, 10)]
    file = make(tmp_path, runs)
    asked = [at(n, n + 900) for n in range(0, 19_000, 500)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda interval: file.signal(interval, 1_000)[1], asked))
    for interval, values in zip(asked, found, strict=True):
        np.testing.assert_array_equal(values, dense(runs, interval))
