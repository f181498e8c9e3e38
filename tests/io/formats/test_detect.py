"""What a file is taken for, and what is refused."""

import gzip
import re
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.io.bgzf import recompress
from genoview.io.formats import LocalFileError, open_local
from tests.io.formats.conftest import CHROMS, Open

BED = "chr20\t10\t20\tname\n"
BEDGRAPH = "chr20\t10\t20\t1.5\n"
GTF = 'chr20\tx\texon\t11\t20\t.\t+\t.\tgene_id "G"; transcript_id "T";\n'
GFF3 = "chr20\tx\tgene\t11\t20\t.\t+\t.\tID=G\n"
VCF = "##fileformat=VCFv4.2\n#CHROM\tPOS\nchr20\t11\t.\tA\tC\t.\t.\t.\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.bed", BED, "BED"),
        ("a.bed", BEDGRAPH, "BED"),
        ("A.BED", BED, "BED"),
        ("a.narrowPeak", BED, "BED"),
        ("a.txt", BED, "BED"),
        ("a.txt", "browser position chr20:1-5\ntrack name=x\n" + BED, "BED"),
        ("a.bdg", BEDGRAPH, "bedGraph"),
        ("a.txt", BEDGRAPH, "bedGraph"),
        ("a.bed", 'track type="bedGraph" name=x\n' + BEDGRAPH, "bedGraph"),
        ("a.gtf", GTF, "GTF"),
        ("a.gff", GTF, "GTF"),
        ("a.gff", GFF3, "GFF3"),
        ("a.gtf", GFF3, "GFF3"),
        ("a.txt", GTF, "GTF"),
        ("a.txt", "##gff-version 3\n" + GFF3, "GFF3"),
        ("a.vcf", VCF, "VCF"),
        ("a.bed", VCF, "VCF"),
    ],
)
def test_the_kind_is_found_from_content_and_ending(
    opened: Open, name: str, content: str, kind: str
) -> None:
    file = opened(name, content)
    assert (file.kind.name, file.n_read, file.title, file.skipped) == (kind, 1, name, {})
    packed = opened(f"{name}.gz", gzip.compress(content.encode()))
    assert (packed.kind.name, packed.n_read) == (kind, 1)


def test_bgzipped_text_is_read_as_gzipped_text_is(tmp_path: Path) -> None:
    (tmp_path / "a.bed").write_text(BED * 20_000)  # several blocks
    recompress(tmp_path / "a.bed", tmp_path / "b.bed.gz")
    file = open_local(tmp_path / "b.bed.gz", chroms=CHROMS)
    assert file.n_read == file.count(Interval("chr20", 0, 100)) == 20_000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.bed", b"", "a.bed is empty"),
        ("a.bed", b"# only words\n", "no line of data"),
        ("a.bam", gzip.compress(b"BAM\x01" + bytes(9), mtime=0), "a BAM file; make a bigWig"),
        ("a.zip", b"PK\x03\x04" + bytes(9), "a zip archive; unpack it first"),
        ("a.fa", b">1\nACGT\n", "a FASTA file; add a genome"),
        ("a.bin", b"\x01\x02\x00\x03" * 9, "not text, nor bigWig or bigBed"),
        ("a.wig", b"fixedStep chrom=chr20 start=1 step=1\n1\n", "wiggle text; make a bigWig"),
        ("a.txt", b"gene,count\nHNF4A,3\n", "is of no kind known here"),
        ("a.bed", b"gene,count\nHNF4A,3\n", "no line that can be read as BED: 2 because"),
        ("a.bed.gz", b"\x1f\x8b\x08 not gzip", "cannot be read"),
        ("a.bw", bytes.fromhex("26fc8f88") + bytes(99), "damaged or cut off"),
        ("a.bb", bytes.fromhex("ebf28987") + bytes(99), "damaged or cut off"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    opened: Open, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(LocalFileError, match=re.escape(message)):
        opened(name, content)


@pytest.mark.parametrize(
    "path", ["gone.bed", "", "x" * 5_000, "http://127.0.0.1/a.bw"], ids=lambda p: p[:8]
)
def test_what_is_no_file_here_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(LocalFileError):
        open_local(tmp_path / path)


@pytest.mark.parametrize(
    ("name", "content", "asks"), [("a.bed", BED, "signal"), ("a.bdg", BEDGRAPH, "features")]
)
def test_values_are_not_asked_of_features_nor_features_of_values(
    opened: Open, name: str, content: str, asks: str
) -> None:
    with pytest.raises(LocalFileError, match=r"which has no (values|features)"):
        getattr(opened(name, content), asks)(Interval("chr20", 0, 10), 5)


def test_a_gzipped_file_that_is_cut_off_keeps_its_lines_and_says_so(opened: Open) -> None:
    lines = "".join(f"chr20\t{n}\t{n + 5}\tname{n}\n" for n in range(60_000))
    file = opened("a.bed.gz", gzip.compress(lines.encode())[:-20_000])
    assert file.n_read > 20_000
    assert file.skipped == {"the file is cut off behind it": 1}
