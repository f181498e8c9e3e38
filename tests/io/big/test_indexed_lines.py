"""Lines by a tabix index are those that htslib gives; a damaged one is a sentence."""

from pathlib import Path
from random import Random

import pysam
import pytest

from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.io.big.indexed_lines import IndexedLines
from tests.support.fuzz.mutate import one_byte

LENGTH = 50_000_000
ROWS = {
    "bed": lambda chrom, start, end, n: f"{chrom}\t{start}\t{end}\tn{n}",
    "vcf": lambda chrom, start, end, n: f"{chrom}\t{start + 1}\tn{n}\tA\t<DEL>\t.\t.\tEND={end}",
    "gff": lambda chrom, start, end, n: f"{chrom}\tx\tgene\t{start + 1}\t{end}\t.\t+\t.\tID={n}",
}


def indexed(folder: Path, preset: str, *, csi: bool, n_rows: int = 6_000) -> Path:
    """Lines over two chromosomes, many blocks, some of them wide."""
    random, rows = Random(4), []
    for chrom in ("1", "chr20"):
        for start in sorted(random.randrange(LENGTH) for _ in range(n_rows)):
            width = random.choice((1, 1, 30, 5_000, 4_000_000))
            rows.append(ROWS[preset](chrom, start, start + width, len(rows)))
    path = folder / f"a.{preset}"
    head = "##fileformat=VCFv4.2\n" if preset == "vcf" else ""
    path.write_text(head + "\n".join(rows) + "\n")
    return Path(pysam.tabix_index(str(path), preset=preset, force=True, csi=csi))


@pytest.mark.parametrize("preset", ROWS)
@pytest.mark.parametrize("csi", [False, True])
def test_no_line_is_left_out_and_none_comes_twice(preset: str, csi: bool, tmp_path: Path) -> None:
    path, random = indexed(tmp_path, preset, csi=csi), Random(5)
    lines = IndexedLines(path, "a")
    assert lines.chromosomes == ("chr1", "chr20")
    with pysam.TabixFile(str(path), index=f"{path}.{'csi' if csi else 'tbi'}") as oracle:
        for _ in range(25):
            given = random.choice(("1", "chr20"))
            start = random.randrange(LENGTH)
            end = start + random.choice((1, 20, 3_000, 700_000, 9_000_000))
            read = list(lines.lines(Interval(f"chr{given.removeprefix('chr')}", start, end)))
            assert len(read) == len(set(read))
            assert set(oracle.fetch(given, start, end)) <= set(read)


def test_a_byte_of_the_index_or_the_file_is_another(tmp_path: Path) -> None:
    path, random = indexed(tmp_path, "bed", csi=False, n_rows=300), Random(6)
    for changed in (path, Path(f"{path}.tbi")):
        content = changed.read_bytes()
        for _ in range(150):
            changed.write_bytes(one_byte(content, random))
            try:
                for start in (0, LENGTH // 2):
                    list(IndexedLines(path, "a").lines(Interval("chr20", start, start + 100_000)))
            except GenoviewError as error:
                assert "a" in str(error)
        changed.write_bytes(content)


def test_an_index_of_another_file_is_refused_in_words(tmp_path: Path) -> None:
    path = indexed(tmp_path, "bed", csi=False)
    path.write_bytes(path.read_bytes()[1_000:])
    with pytest.raises(GenoviewError, match="not of bgzip"):
        list(IndexedLines(path, "peaks").lines(Interval("chr20", 0, LENGTH)))
