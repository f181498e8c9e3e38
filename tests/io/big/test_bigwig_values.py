"""bigWig by range: values are those of the file, and extremes survive every summary."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyBigWig
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.io.big.bigwig import BigWig
from genoview.io.big.byte_source import LocalBytes
from genoview.io.big.file import BigFile
from genoview.io.formats.text_lines import LocalFileError
from tests.support.files.big_files import big_bed

LENGTH = 2_000_000
Make = Callable[[Path], BigWig]


def opened(path: Path) -> BigWig:
    return BigWig(BigFile(LocalBytes(path.name, path)))


def written(path: Path, runs: Sequence[tuple[int, int, float]], zooms: int = 10) -> Path:
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([("20", LENGTH), ("X", 1_000)], maxZooms=zooms)
        starts, ends, values = (list(column) for column in zip(*runs, strict=True))
        file.addEntries(["20"] * len(runs), starts, ends=ends, values=values)
    return path


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A value for each of 10 bp, with one high peak and gaps."""
    runs = [
        (10 * i, 10 * i + 10, float(np.sin(i / 900)))
        for i in range(LENGTH // 10)
        if not 40_000 < i < 50_000
    ]
    runs[123_456 - 10_000] = (*runs[123_456 - 10_000][:2], 7.5)
    return written(tmp_path_factory.mktemp("waves") / "waves.bw", runs)


@pytest.mark.parametrize("span", [(0, 60), (11, 12), (399_990, 400_030), (1_999_990, 2_000_100)])
def test_values_at_base_level_are_those_of_libbigwig(waves: Path, span: tuple[int, int]) -> None:
    positions, values = opened(waves).signal(Interval("chr20", *span), 1_000)
    end = min(span[1], LENGTH)
    with pyBigWig.open(str(waves)) as file:
        theirs = np.asarray(file.values("20", span[0], end, numpy=True), np.float32)
    np.testing.assert_array_equal(positions, np.arange(span[0], end))
    np.testing.assert_array_equal(values, theirs)


@pytest.mark.parametrize("n_points", [100, 1_000, 3_000])
@pytest.mark.parametrize("zooms", [0, 10])
def test_extremes_survive_the_summaries(
    waves: Path, tmp_path: Path, n_points: int, zooms: int
) -> None:
    if zooms == 0:
        runs = [(10 * i, 10 * i + 10, float(np.sin(i / 900))) for i in range(20_000)]
        path, interval, highest = written(tmp_path / "a.bw", runs, 0), (0, 200_000), 1.0
    else:
        path, interval, highest = waves, (0, LENGTH), 7.5
    positions, values = opened(path).signal(Interval("chr20", *interval), n_points)
    assert len(positions) <= n_points + 2 and positions[0] == positions[1]
    assert np.nanmax(values) == pytest.approx(highest) and np.nanmin(values) < -0.999
    if zooms:
        gap = (positions > 420_000) & (positions < 480_000)
        assert np.isnan(values[gap]).all() and not np.isnan(values[~gap]).all()


def test_fixed_and_variable_steps_are_read(tmp_path: Path) -> None:
    path = tmp_path / "steps.bw"
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([("20", 1_000)])
        file.addEntries("20", 10, values=[1.0, 2.0, 3.0], span=2, step=5)
        file.addEntries("20", [100, 110], values=[4.0, 5.0], span=3)
    _, values = opened(path).signal(Interval("20", 0, 120), 1_000)
    expected = np.full(120, np.nan, np.float32)
    expected[[10, 11, 15, 16, 20, 21]] = [1, 1, 2, 2, 3, 3]
    expected[100:103], expected[110:113] = 4, 5
    np.testing.assert_array_equal(values, expected)


def test_a_nan_is_a_gap(tmp_path: Path) -> None:
    path = written(tmp_path / "nan.bw", [(10, 20, 1.0), (20, 30, float("nan")), (30, 40, 2.0)])
    values = opened(path).signal(Interval("chr20", 10, 40), 1_000)[1]
    np.testing.assert_array_equal(values, np.repeat([1, np.nan, 2], 10).astype(np.float32))


def test_a_chromosome_that_is_not_there_has_no_values(waves: Path) -> None:
    assert len(opened(waves).signal(Interval("chr7", 0, 99), 10)[0]) == 0
    assert np.isnan(opened(waves).signal(Interval("chrX", 0, 99), 1_000)[1]).all()


def test_a_bigbed_is_no_bigwig(tmp_path: Path) -> None:
    path = tmp_path / "a.bb"
    path.write_bytes(big_bed([("chr1", 1, 2, "")], {"chr1": 9}))
    with pytest.raises(LocalFileError, match=r"^a.bb is a bigBed, not a bigWig\.$"):
        opened(path)


@given(st.data())
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_bytes_give_a_sentence_or_values(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "small.bw"
    if not (tmp_path / "whole.bw").exists():
        written(tmp_path / "whole.bw", [(20 * i, 20 * i + 15, float(i % 7)) for i in range(5_000)])
    content = bytearray((tmp_path / "whole.bw").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.one_of(st.none(), st.integers(0, len(content))))])
    try:
        for span in ((0, 100_000), (500, 600), (0, LENGTH)):
            positions, values = opened(path).signal(Interval("chr20", *span), 500)
            assert len(positions) == len(values)
    except GenoviewError as error:
        assert "\n" not in str(error)
