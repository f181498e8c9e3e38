"""Several tracks in one file stay several."""

import gzip
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.io.formats import LocalFile, LocalFileError, open_tracks
from tests.io.formats.conftest import CHROMS

EVERYTHING = Interval("chr20", 0, CHROMS["chr20"])
TEXT = """browser position chr20:1-2
track type=bedGraph name=a
chr20 43001000 43001010 2.5
track name="b c" type='bed'
chr20\t43001005\t43002000\tfeat\t7\t+
chr20\tx\t43002000
track type=narrowPeak
chr20\t43001000\t43002000\tpk\t55\t.\t3.1\t8.2\t5.5\t300
"""


def opened(path: Path, content: bytes) -> tuple[LocalFile, ...]:
    path.write_bytes(content)
    return open_tracks(path, assembly="toy", chroms=CHROMS)


@pytest.mark.parametrize("name", ["x.bed", "x.bed.gz", "x.txt"])
def test_each_track_has_its_format_and_its_name(name: str, tmp_path: Path) -> None:
    text = TEXT.encode()
    content = gzip.compress(text) if name.endswith(".gz") else text
    values, plain, peaks = opened(tmp_path / name, content)
    assert [file.title for file in (values, plain, peaks)] == [
        f"{name}: a",
        f"{name}: b c",
        f"{name}: track 3",
    ]
    assert (values.kind.name, values.n_read, values.skipped) == ("bedGraph", 1, {})
    assert [row.name for row in plain.features(EVERYTHING, 9)] == ["feat"]
    assert plain.examples == {"start or end is not a whole number": 6}
    (peak,) = peaks.features(EVERYTHING, 9)
    assert peak.details.startswith("signal 3.1")
    assert {file.path for file in (values, plain, peaks)} == {tmp_path / name}


def test_lines_before_the_first_track_line_are_a_track(tmp_path: Path) -> None:
    text = b"chr20\t1\t2\ta\ntrack name=t\nchr20\t5\t6\tb\nchr20\t7\t8\tc\n"
    assert [file.n_read for file in opened(tmp_path / "x.bed", text)] == [1, 2]


def test_a_file_of_one_track_keeps_its_title(tmp_path: Path) -> None:
    text = b"track name=empty\ntrack name=t\nchr20\t5\t6\tb\n"
    (file,) = opened(tmp_path / "x.bed", text)
    assert (file.title, file.n_read) == ("x.bed", 1)


def test_two_tracks_of_values_do_not_overlap(tmp_path: Path) -> None:
    text = b"track type=bedGraph\nchr20 5 6 1\ntrack type=bedGraph\nchr20 5 6 2\n"
    tracks = opened(tmp_path / "x.bedgraph", text)
    place = Interval("chr20", 5, 6)
    assert [file.signal(place, 9)[1].tolist() for file in tracks] == [[1.0], [2.0]]
    assert [file.n_skipped for file in tracks] == [0, 0]


def test_a_track_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    text = b"track name=bad\nnothing here\ntrack name=t\nchr20\t5\t6\tb\n"
    (file,) = opened(tmp_path / "x.bed", text)
    assert file.n_read == 1
    (warning,) = file.warnings
    assert warning.startswith("x.bed: bad has no line that can be read as BED")
    with pytest.raises(LocalFileError, match="no line that can be read"):
        opened(tmp_path / "y.bed", b"track\tname=a\nno\ntrack name=b\nno\n")
