"""Files with a tabix index give what they give when they are read whole."""

from pathlib import Path

import numpy as np
import pysam
import pytest

from genoview.data.genome import Interval
from genoview.io.formats import LocalFile, LocalFileError, open_local, tabix
from tests.io.formats.conftest import CHROMS

BED = "20\t10\t20\ta\n20\t15\t5000\tb\t7\t-\n20\tbad\n20\t400\t410\tc\n21\t5\t9\td\n"
VCF = "##fileformat=VCFv4.2\n20\t11\trs1\tA\tC\n20\t300\t.\tACG\tA\n20\t400\t.\tR\tA\n"
BEDGRAPH = "20\t10\t12\t1.5\n20\t12\t13\t-2\n20\t30\t40\thigh\n20\t50\t51\t7.25\n"
ASKED = [Interval("chr20", *span) for span in [(0, 100), (12, 16), (-50, 12), (299, 450)]]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The same text, read whole and by its index."""

    def make(name: str, text: str, preset: str) -> tuple[LocalFile, LocalFile]:
        path = tmp_path / name
        with pysam.BGZFile(str(path), "wb") as file:
            file.write(text.replace("20\tbad\n", "").encode())
        pysam.tabix_index(str(path), preset=preset, force=True)
        whole = open_local(path, assembly="toy", chroms=CHROMS)
        monkeypatch.setattr(tabix, "INDEXED_FROM", 0)
        return whole, open_local(path, assembly="toy", chroms=CHROMS)

    return make


@pytest.mark.parametrize(("name", "text", "n"), [("a.bed.gz", BED, 3), ("a.vcf.gz", VCF, 2)])
def test_features_are_those_of_the_whole_file(both, name: str, text: str, n: int) -> None:
    whole, found = both(name, text, name.split(".")[1])
    assert (whole.n_read, found.size_words) == (n, "indexed")
    assert found.notes == (tabix.NOTE,)
    for interval in ASKED:
        assert found.features(interval, 9) == whole.features(interval, 9)
        assert found.features(interval, 1) == whole.features(interval, 1)
        assert found.count(interval) == whole.count(interval)
        np.testing.assert_array_equal(found.density(interval, 4), whole.density(interval, 4))
    assert found.features(Interval("chr7", 0, 9), 9) == ()


@pytest.mark.parametrize("n_points", [1_000, 4])
def test_values_are_those_of_the_whole_file(both, n_points: int) -> None:
    whole, found = both("a.bdg.gz", BEDGRAPH, "bed")
    for interval in ASKED:
        for a, b in zip(
            whole.signal(interval, n_points), found.signal(interval, n_points), strict=True
        ):
            np.testing.assert_array_equal(a, b)
    assert len(found.signal(Interval("chr7", 0, 9), 9)[0]) == 0


def test_a_damaged_index_is_told(both, tmp_path: Path) -> None:
    both("a.bed.gz", BED, "bed")
    (tmp_path / "a.bed.gz.tbi").write_bytes(b"nonsense")
    with pytest.raises(LocalFileError, match=r"The index of a\.bed\.gz cannot be read"):
        open_local(tmp_path / "a.bed.gz")


def test_an_indexed_file_that_is_gone_says_so(both, tmp_path: Path) -> None:
    _, found = both("a.bed.gz", BED, "bed")
    (tmp_path / "a.bed.gz").unlink()
    with pytest.raises(LocalFileError, match="no longer exists"):
        found.count(ASKED[0])
