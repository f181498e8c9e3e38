"""Rows of a bigBed by name: against all its rows, by another reader, with requests counted."""

import pyBigWig
import pytest

from genoview.errors import GenomeError
from genoview.io.big.name_index import NameIndex
from tests.io.remote.remote_files import cached
from tests.support.files.big_bed_file import big_bed, snp_row
from tests.support.servers.range_server import serving

LENGTHS = {"chr1": 1_000_000, "chr17": 900_000, "chr20": 800_000}
ROWS = [
    snp_row(chrom, 10 * i, f"rs{(7 * i) % 3_000 + number}", "A", "C")
    for number, chrom in enumerate(LENGTHS)
    for i in range(400)
]
TWICE = [snp_row("chr1", 5_000 + i, "rs5", "A", "G") for i in range(30)]  # over several leaves


def test_the_file_of_the_tests_is_a_big_bed(tmp_path):
    path = tmp_path / "snps.bb"
    path.write_bytes(big_bed(ROWS, LENGTHS))
    with pyBigWig.open(str(path)) as file:
        assert file.chroms() == LENGTHS
        found = [("chr17", *entry) for entry in file.entries("chr17", 0, 900_000)]
    assert sorted(found) == sorted(row for row in ROWS if row[0] == "chr17")


@pytest.mark.parametrize(("block_size", "packed"), [(4, True), (256, True), (4, False)])
def test_every_name_has_all_its_rows(tmp_path, block_size, packed):
    rows = ROWS + TWICE
    with serving(big_bed(rows, LENGTHS, block_size=block_size, packed=packed)) as server:
        index = NameIndex(cached(tmp_path, server))
        for name in {row[3].split("\t")[0] for row in rows}:
            wanted = {row for row in rows if row[3].split("\t")[0] == name}
            found = index.find(name)
            assert {(r.chrom, r.start, r.end, "\t".join(r.cells)) for r in found} == wanted
            assert len(found) == len(wanted)
        for absent in ("rs99999999999999", "a", "rs", ""):
            assert index.find(absent) == []


def test_requests_for_a_name(tmp_path):
    """Five levels, each in a block of its own in the worst case, and the data's block."""
    names = [snp_row("chr1", i, f"rs{1_000_000 + i}", "A", "C") for i in range(20_000)]
    content = big_bed(names, LENGTHS, rows_a_block=512, padding=1 << 20)
    with serving(content) as server:
        index = NameIndex(cached(tmp_path, server))
        assert index.find("rs1012345")[0].start == 12_345
        first = server.counted()
        assert first[0] <= 7 and first[1] <= 7 * 65_536
        assert index.find("rs1012345")[0].start == 12_345
        assert server.counted() == (0, 0)
        assert index.find("rs1012346")[0].start == 12_346
        assert server.counted()[0] <= 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no big bed at all", "is neither bigWig nor bigBed"),
        (big_bed(ROWS[:5], LENGTHS)[:-300], "is not the bigBed file"),
        (big_bed(ROWS[:5], LENGTHS)[:56] + bytes(8) + big_bed(ROWS[:5], LENGTHS)[64:], "no index"),
    ],
)
def test_what_is_none_is_said(tmp_path, content, words):
    with serving(content) as server, pytest.raises(GenomeError, match=words):
        NameIndex(cached(tmp_path, server)).find("rs7")
