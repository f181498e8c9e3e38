"""Lines of BED, GTF, GFF3 and VCF -> features; bad lines are counted, not fatal."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats import open_local
from genoview.io.formats.feature_table import TableBuilder, overlap_counts
from tests.io.formats.conftest import CHROMS, Open

EVERYTHING = Interval("chr20", 0, CHROMS["chr20"])


def at(start: int, end: int, strand: str = ".") -> Interval:
    return Interval("chr20", start, end, strand)


def only(file: object) -> Feature:
    (found,) = file.features(EVERYTHING, 10)  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("chr20\t10\t20", Feature("", at(10, 20))),
        ("20 10 20 a", Feature("a", at(10, 20))),
        ("NC_000020.10\t10\t20\t.", Feature("", at(10, 20))),
        ("chr20\t10\t20\tmy name\t7.5\t-", Feature("my name", at(10, 20, "-"), 7.5)),
        (
            "chr20\t10\t20\ta\t0\t+\t12\t15\t255,0,0",
            Feature("a", at(10, 20, "+"), 0.0, thick=at(12, 15, "+")),
        ),
        ("chr20\t10\t20\ta\t0\t+\t10\t10\t0", Feature("a", at(10, 20, "+"), 0.0)),
        (
            "chr20\t10\t40\ta\t0\t+\t12\t35\t0\t2\t5,10,\t0,20,\textra",
            Feature(
                "a",
                at(10, 40, "+"),
                0.0,
                (at(10, 15, "+"), at(30, 40, "+")),
                at(12, 35, "+"),
                details="extra",
            ),
        ),
    ],
)
def test_a_line_of_bed(opened: Open, line: str, expected: Feature) -> None:
    assert only(opened("a.bed", line + "\n")) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "chr20\t10\t40\tpeak\t700\t.\t8.5\t-1\t3.2\t15",
            Feature("peak", at(10, 40), 700.0, details="signal 8.5, -log10 q 3.2, summit 15"),
        ),
        (
            "chr20\t10\t40\tpeak\t700\t.\t182\t5\t3",
            Feature("peak", at(10, 40), 700.0, details="signal 182, -log10 p 5, -log10 q 3"),
        ),
    ],
)
def test_a_line_of_peaks_by_name_or_track_type(opened: Open, line: str, expected: Feature) -> None:
    for name in ("a.narrowPeak", "a.broadPeak.gz"):
        content = line.encode() if name.endswith("Peak") else gzip.compress(line.encode())
        assert only(opened(name, content)) == expected
    for quote in ("", "'", '"'):
        assert only(opened("a.bed", f"track type={quote}narrowPeak{quote}\n{line}")) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("chr20\t10", "it has fewer than 3 columns"),
        ("chr20\tten\t20", "start or end is not a whole number"),
        ("chr20\t-1\t20", "start or end is not a whole number"),
        ("chr20\t20\t10", "the end lies before the start"),
        ("chr20\t10\t99000000", "it ends past the end of its chromosome"),
        ("chr20\t10\t" + "9" * 30, "it ends past the end of its chromosome"),
        ("chr20\t10\t40\ta\t0\t+\t5\t35\t0\t1\t30\t0", "its thick part lies outside of it"),
        ("chr20\t10\t40\ta\t0\t+\tx\t35\t0\t1\t30\t0", "its thick part is not two whole numbers"),
        (
            "chr20\t10\t40\ta\t0\t+\t10\t10\t0\t2\t30\t0",
            "the number of its blocks is not the number that it says",
        ),
        ("chr20\t10\t40\ta\t0\t+\t10\t10\t0\t1\t31\t0", "its blocks lie outside of it"),
        ("chr20\t10\t40\ta\t0\t+\t10\t10\t0\t1\tx\t0", "its blocks are not whole numbers"),
    ],
)
def test_a_bad_line_of_bed_is_counted_with_its_number(opened: Open, line: str, reason: str) -> None:
    file = opened("a.bed", f"# header\nchr20\t1\t2\n\n{line}\n{line}\nchr20\t5\t6\n")
    assert file.skipped == {reason: 2}
    assert file.examples == {reason: 4}
    assert (file.n_read, file.n_skipped) == (2, 2)
    assert file.count(EVERYTHING) == 2


def test_a_line_that_is_not_utf8_is_read_as_latin_letters(opened: Open) -> None:
    file = opened("a.bed", b"chr20\t1\t2\nchr20\t3\t4\t\xff\xfe\n")
    assert (file.n_read, file.skipped) == (2, {})
    assert [one.name for one in file.features(EVERYTHING, 9)] == ["", "\u00ff\u00fe"]


def test_lines_on_chromosomes_that_the_genome_has_not_are_counted_apart(opened: Open) -> None:
    file = opened("a.bed", "chr1\t1\t2\nchrUn_1\t1\t2\n20\t5\t6\nMT\t7\t8\n")
    assert (file.n_read, file.n_elsewhere, file.skipped) == (2, 2, {})
    assert file.has("chrM") and file.has("20") and not file.has("chr1")
    assert [one.interval for one in file.features(Interval("chrM", 0, 99), 9)] == [
        Interval("chrM", 7, 8)
    ]
    assert file.features(Interval("chr1", 0, 99), 9) == ()
    assert file.count(Interval("chr1", 0, 99)) == 0
    assert file.density(Interval("chr1", 0, 99), 3).tolist() == [0, 0, 0]


def test_a_file_without_a_chromosome_of_the_genome_is_kept_and_says_so(opened: Open) -> None:
    file = opened("a.bed", "chr1\t1\t2\n")
    assert file.warnings == ("It has nothing on the chromosomes of toy.",)


GTF = """\
#!genome-build toy
chr20\ts\tgene\t101\t500\t.\t-\t.\tgene_id "G1"; gene_name "HNF4A"; gene_type "protein_coding";
chr20\ts\ttranscript\t101\t500\t.\t-\t.\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\texon\t401\t500\t.\t-\t.\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\texon\t101\t200\t.\t-\t.\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\tCDS\t151\t200\t.\t-\t0\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\tUTR\t101\t150\t.\t-\t.\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\tCDS\t401\t450\t.\t-\t0\tgene_id "G1"; transcript_id "T1"; gene_name "HNF4A";
chr20\ts\texon\t900\t1000\t.\t+\t.\tgene_id "S.1"; transcript_id "S.1.1"; cov "3.2"; TPM "7";
chr20\ts\tgene\t2001\t2100\t5\t+\t.\tgene_id "ALONE";
"""


def test_a_transcript_of_a_gtf_is_one_feature_with_its_exons(opened: Open) -> None:
    file = opened("a.gtf", GTF)
    first, second, third = file.features(EVERYTHING, 10)
    assert (first.name, first.interval) == ("HNF4A", at(100, 500, "-"))
    assert first.blocks == (at(100, 200, "-"), at(400, 500, "-"))
    assert first.thick == at(150, 450, "-")
    assert first.details == "transcript, T1"
    assert (second.name, second.interval) == ("S.1.1", at(899, 1000, "+"))
    assert (second.thick, second.details) == (None, "cov 3.2, TPM 7")
    assert (third.name, third.interval, third.score) == ("ALONE", at(2000, 2100, "+"), 5.0)
    assert (file.n_read, file.size_words) == (9, "9 lines")


GFF3 = """\
##gff-version 3
20\ts\tchromosome\t1\t63025520\t.\t.\t.\tID=chromosome:20
20\ts\texon\t101\t200\t.\t+\t.\tParent=transcript:T1,transcript:T2
20\ts\tCDS\t151\t200\t.\t+\t0\tID=C;Parent=transcript:T1
20\ts\tgene\t101\t500\t.\t+\t.\tID=gene:G1;Name=HNF4A
20\ts\tmRNA\t101\t500\t.\t+\t.\tID=transcript:T1;Parent=gene:G1;Name=HNF4A-201
20\ts\tmRNA\t101\t200\t.\t+\t.\tID=transcript:T2;Parent=gene:G1
20\ts\texon\t401\t500\t.\t+\t.\tParent=transcript:T1
20\ts\tfive_prime_UTR\t101\t150\t.\t+\t.\tParent=transcript:T1
20\ts\tenhancer\t901\t950\t0.5\t.\t.\tNote=near%20it
##FASTA
>20
ACGT
"""


def test_a_transcript_of_a_gff3_is_one_feature_whatever_the_order_of_lines(opened: Open) -> None:
    found = {one.name: one for one in opened("a.gff3", GFF3).features(EVERYTHING, 10)}
    assert found.keys() == {"HNF4A-201", "T2", "enhancer"}
    assert found["HNF4A-201"].blocks == (at(100, 200, "+"), at(400, 500, "+"))
    assert found["HNF4A-201"].thick == at(150, 200, "+")
    assert found["T2"].blocks == (at(100, 200, "+"),)
    assert (found["enhancer"].score, found["enhancer"].details) == (0.5, "Note near it")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("chr20\ts\texon\t1\t5\t.\t+\t.", "it does not have 9 columns, separated by tabs"),
        ('chr20\ts\texon\t0\t5\t.\t+\t.\tx "y";', "it begins before the chromosome"),
        ('chr20\ts\texon\tx\t5\t.\t+\t.\tx "y";', "start or end is not a whole number"),
        ('chr20\ts\texon\t1\t99000000\t.\t+\t.\tx "y";', "it ends past the end of its chromosome"),
    ],
)
def test_a_bad_line_of_gtf_is_counted_and_makes_no_feature(
    opened: Open, line: str, reason: str
) -> None:
    file = opened("a.gtf", f"{line}\n{GTF}")
    assert (file.skipped, file.examples) == ({reason: 1}, {reason: 1})
    assert file.count(EVERYTHING) == 3


@pytest.mark.parametrize(
    ("line", "interval", "change", "passed"),
    [
        ("20\t11\trs1\tA\tC\t50\tPASS\t.", at(10, 11), "A>C", True),
        ("chr20\t11\t.\tA\tC,G", at(10, 11), "A>C,G", True),
        ("chr20\t11\t.\tACG\tA\t.\tq10\t.", at(10, 13), "ACG>A", False),
        ("chr20\t11\t.\tA\t.\t.\t.\t.", at(10, 11), "A>.", True),
        ("chr20\t11\t.\tN\t<DEL>\t.\t.\tEND=500;SVTYPE=DEL", at(10, 500), "N><DEL>", True),
        ("chr20\t11\t.\tG\tG]17:198982]\t.\t.\t.", at(10, 11), "G>G]17:198982]", True),
        ("chr20\t11\t.\tA\t" + "ACGT" * 10, at(10, 11), "A>ACGTAC… (40 bp)", True),
    ],
)
def test_a_line_of_vcf(
    opened: Open, line: str, interval: Interval, change: str, passed: bool
) -> None:
    found = only(opened("a.vcf", f"##fileformat=VCFv4.2\n{line}\n"))
    assert (found.interval, found.change, found.passed) == (interval, change, passed)


def test_a_variant_keeps_its_id_quality_filter_and_what_info_says(opened: Open) -> None:
    line = "chr20\t11\trs1\tA\tC\t50.5\tq10;s50\tDP=9;AF=0.25;X=1"
    found = only(opened("a.vcf", f"##fileformat=VCFv4.2\n{line}\n"))
    assert (found.name, found.score, found.details) == (
        "rs1",
        50.5,
        "FILTER q10;s50, AF 0.25, DP 9",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("chr20\t11\t.\tA", "it has fewer than 5 columns"),
        ("chr20\t0\t.\tA\tC", "POS is not a whole number from 1 on"),
        ("chr20\tx\t.\tA\tC", "POS is not a whole number from 1 on"),
        ("chr20\t11\t.\tR\tC", "REF is not a sequence of A, C, G, T and N"),
        ("chr20\t11\t.\tA\tC,?", "ALT is neither bases nor a symbol"),
        ("chr20\t63025521\t.\tA\tC", "it ends past the end of its chromosome"),
    ],
)
def test_a_bad_line_of_vcf_is_counted(opened: Open, line: str, reason: str) -> None:
    file = opened("a.vcf", f"##fileformat=VCFv4.2\n{line}\nchr20\t11\t.\tA\tC\n")
    assert (file.skipped, file.examples) == ({reason: 1}, {reason: 2})


@pytest.mark.parametrize("name", ["tiny.bed", "tiny.bb"])
def test_bigbed_gives_the_features_of_the_bed_that_it_was_made_of(name: str) -> None:
    """`tiny.bb` was written by pybigtools 0.3.0 from `tiny.bed`, with the AutoSQL of BED12."""
    file = open_local(Path(__file__).with_name(name), chroms=CHROMS)
    first, second, third = file.features(at(0, 5_000), 10)
    assert first == Feature(
        "first",
        at(1000, 1600, "+"),
        100.0,
        (at(1000, 1100, "+"), at(1400, 1600, "+")),
        at(1100, 1500, "+"),
    )
    assert (second.name, second.interval, second.thick) == ("second", at(1200, 1300, "-"), None)
    assert (third.name, third.score) == ("third", 900.0)
    assert file.count(EVERYTHING) == 4
    assert file.features(at(1599, 1600), 1) == (third,)
    assert file.density(at(1000, 3000), 10).tolist() == [1, 2, 2, 1, 1, 1, 1, 1, 0, 0]
    assert file.features(Interval("chr7", 0, 100), 9) == ()
    assert file.n_read + file.n_elsewhere == 5


def test_of_too_many_features_the_widest_are_given_by_start(opened: Open) -> None:
    file = opened("a.bed", "".join(f"chr20\t{n}\t{n + w}\n" for n, w in enumerate([1, 9, 2, 8])))
    assert [one.interval for one in file.features(at(0, 50), 2)] == [at(1, 10), at(3, 11)]


spans = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=30)


@given(spans, st.integers(0, 220), st.integers(1, 60), st.integers(1, 20))
def test_overlaps_and_their_density_are_those_of_a_plain_search(
    spans: list[tuple[int, int]], start: int, width: int, n_bins: int
) -> None:
    builder = TableBuilder()
    for left, length in spans:
        builder.add(at(left, left + length), f"{left} {left + length}")
    table = builder.table(lambda line: Feature("", at(*map(int, line.split()))))
    asked = at(start, start + width)
    wanted = sorted(
        (left, left + length)
        for left, length in spans
        if left < asked.end and left + length > start
    )
    found = [(one.interval.start, one.interval.end) for one in table.features(asked, 99)]
    assert found == wanted
    assert table.count(asked) == len(wanted)
    counts = np.zeros(n_bins, dtype=int)
    for left, right in wanted:
        bases = range(max(left, start), min(right, asked.end))
        first, last = ((base - start) * n_bins // width for base in (bases[0], bases[-1]))
        counts[first : last + 1] += 1
    assert (
        overlap_counts(
            [left for left, _ in wanted], [right for _, right in wanted], asked, n_bins
        ).tolist()
        == counts.tolist()
    )
