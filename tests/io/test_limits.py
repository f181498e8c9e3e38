"""What unpacks without end, or has a line without end, is refused early."""

import gzip
from pathlib import Path

import pytest

from genoview.errors import AnnotationError, GenoviewError
from genoview.io.annotation import Annotation
from genoview.io.bgzf import TooLarge, recompress
from genoview.io.formats import open_local
from genoview.io.formats.text_lines import LocalFileError

LINE = b"chr20\t43042000\t43042500\tx\n"


def bomb(path: Path, part: bytes) -> Path:
    """1 GB in 1 MB."""
    path.write_bytes(gzip.compress(part, 9, mtime=0) * 1_000)
    return path


@pytest.mark.parametrize(
    "part",
    [b"\n" * 1_000_000, b"#\n" * 500_000, b"chr20\t" * 170_000, LINE * 38_000],
    ids=["blank lines", "comments", "one line", "lines"],
)
def test_a_bomb_of_gzip_is_refused_before_it_has_unpacked(part: bytes, tmp_path: Path) -> None:
    with pytest.raises(LocalFileError, match=r"times its size|line of more than"):
        open_local(bomb(tmp_path / "a.bed.gz", LINE + part))
    with pytest.raises(AnnotationError):
        Annotation.open(bomb(tmp_path / "a.gtf.gz", part))


def test_a_bomb_is_not_recompressed(tmp_path: Path) -> None:
    bases = bomb(tmp_path / "a.fa.gz", b"A" * 1_000_000)
    with pytest.raises(TooLarge, match="times its size"):
        recompress(bases, tmp_path / "b.fa.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.fa.gz"]


def test_a_large_file_of_places_is_no_bomb(tmp_path: Path) -> None:
    rows = (f"chr20\t{100 * i}\t{100 * i + 50}\tx\n" for i in range(300_000))
    path = tmp_path / "a.bed.gz"
    path.write_bytes(gzip.compress("".join(rows).encode(), 6))
    assert open_local(path).n_read == 300_000


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bed"
    with path.open("wb") as file:
        file.write(LINE)
        for _ in range(40):
            file.write(b"chr20\t" * 170_000)
    with pytest.raises(GenoviewError, match="line of more than"):
        open_local(path)
