"""Dialects of tables of intervals: known by name, track line or their own numbers."""

import pytest

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats import LocalFileError
from tests.io.formats.conftest import CHROMS, Open

EVERYTHING = Interval("chr20", 0, CHROMS["chr20"])
EXONS = (
    Interval("chr20", 43_001_000, 43_002_000, "+"),
    Interval("chr20", 43_008_000, 43_009_000, "+"),
)
PEAK = "20 43001000 43002000 pk 55 . 3.1 8.2 5.5 300"
MODKIT = "20 43001000 43001001 m 20 + 43001000 43001001 255,0,0 20 75.00 15 5 0 0 0 0 0"
ENCODE = "20 43001000 43001001 . 20 + 43001000 43001001 0,255,0 20 75"
LOOP = (
    "20 43001000 43050000 loop1 500 3.2 HepG2 0 20 43001000 43002000 a . 20 43049000 43050000 b +"
)


def rows(*lines: str) -> str:
    return "".join("\t".join(line.split()) + "\n" for line in lines)


def features(opened: Open, name: str, text: str) -> tuple[str, list[Feature]]:
    file = opened(name, text)
    return file.kind.name, list(file.features(EVERYTHING, 20))


@pytest.mark.parametrize(
    ("name", "text", "details"),
    [
        ("x.narrowPeak", rows(PEAK), "signal 3.1, -log10 p 8.2, -log10 q 5.5, summit 300"),
        ("x.bed", rows(PEAK), "3.1, 8.2, 5.5, 300"),
        (
            "x.bed",
            "track type='narrowPeak'\n" + rows(PEAK),
            "signal 3.1, -log10 p 8.2, -log10 q 5.5, summit 300",
        ),
        ("x.narrowPeak", "track type=bed\n" + rows(PEAK), "3.1, 8.2, 5.5, 300"),
        (
            "pileup.bed",
            rows(MODKIT),
            "coverage 20, % modified 75.00, modified 15, canonical 5, otherwise modified 0",
        ),
        (
            "pileup.bed",
            "\t".join(MODKIT.split()[:10]) + "\t" + " ".join(MODKIT.split()[10:]) + "\n",
            "coverage 20, % modified 75.00, modified 15, canonical 5, otherwise modified 0",
        ),
        ("x.bedMethyl", rows(ENCODE), "coverage 20, % modified 75"),
        ("x.bedMethyl.bed", rows(ENCODE), "coverage 20, % modified 75"),
        ("x.bed", rows(ENCODE), "20, 75"),
        (
            "x.bed",
            "track type=bedDetail\n20\t43001000\t43002000\tpk\tid7\t<b>words</b> on it\n",
            "id7, words on it",
        ),
    ],
)
def test_later_columns_have_names_where_the_dialect_is_known(
    opened: Open, name: str, text: str, details: str
) -> None:
    _, (feature,) = features(opened, name, text)
    assert (feature.interval.start, feature.details) == (43_001_000, details)


@pytest.mark.parametrize(
    ("name", "first"), [("x.gappedPeak", ""), ("x.bed", "track type=gappedPeak\n")]
)
def test_a_gapped_peak_has_blocks_and_measurements(opened: Open, name: str, first: str) -> None:
    line = "20 43001000 43002000 r1 55 . 43001000 43002000 0 2 100,200 0,800 3.1 8.2 5.5"
    kind, (feature,) = features(opened, name, first + rows(line))
    assert (kind, [box.width for box in feature.blocks]) == ("gappedPeak", [100, 200])
    assert feature.details == "signal 3.1, -log10 p 8.2, -log10 q 5.5"


@pytest.mark.parametrize("name", ["SJ.out.tab", "s1.SJ.out.tab", "s1SJ.out.tab.txt", "x.tsv"])
def test_junctions_of_star_are_introns(opened: Open, name: str) -> None:
    kind, (first, second) = features(
        opened, name, rows("20 43001001 43002000 1 1 1 25 3 38", "20 43003001 43004000 2 2 0 1 0 9")
    )
    assert kind == "SJ.out.tab"
    assert first.interval == Interval("chr20", 43_001_000, 43_002_000, "+")
    assert (first.name, first.score) == ("GT/AG", 25.0)
    assert first.details.startswith("annotated, unique reads 25")
    assert (second.interval.strand, second.name) == ("-", "CT/AC")


@pytest.mark.parametrize(
    ("name", "before", "behind", "details"),
    [
        ("x.genePred", "NM_1", "", ""),
        ("x.gp", "NM_1", "0 HNF4A cmpl cmpl 0,1,", "HNF4A"),
        ("refGene.txt", "585 NM_1", "0 HNF4A cmpl cmpl 0,1,", "HNF4A"),
        ("x.refFlat", "HNF4A NM_1", "", "HNF4A"),
        ("kg.txt", "585 NM_1", "", ""),
    ],
)
def test_gene_pred_is_a_transcript_with_its_exons(
    opened: Open, name: str, before: str, behind: str, details: str
) -> None:
    columns = "chr20 + 43001000 43009000 43001500 43008500 2 43001000,43008000, 43002000,43009000,"
    kind, (feature,) = features(opened, name, rows(f"{before} {columns} {behind}"))
    assert (kind, feature.name, feature.details) == ("genePred", "NM_1", details)
    assert feature.blocks == EXONS
    assert feature.thick == Interval("chr20", 43_001_500, 43_008_500, "+")


@pytest.mark.parametrize("name", ["x.interact", "x.bed", "x.txt"])
def test_interact_is_known_by_its_columns(opened: Open, name: str) -> None:
    kind, (loop,) = features(opened, name, rows(LOOP))
    assert (kind, loop.name, len(loop.blocks)) == ("interact", "loop1", 2)


def test_both_chromosomes_of_a_pair_show_it(opened: Open) -> None:
    text = rows("chrX 1000 2000 20 43001000 43002000 t1 5 + -")
    file = opened("x.bedpe", text)
    (there,) = file.features(EVERYTHING, 9)
    assert (there.interval.start, there.details) == (43_001_000, "joined to chrX:1,001-2,000")
    assert (file.n_read, file.n_elsewhere) == (1, 0)


@pytest.mark.parametrize(
    "line",
    [
        "20 43001000 43002000 . -1 -1 one 3",
        ". -1 -1 20 43001000 43002000 one 3",
    ],
)
def test_an_end_that_bedpe_leaves_open_is_unknown(opened: Open, line: str) -> None:
    _, (feature,) = features(opened, "x.bedpe", rows(line))
    assert (feature.interval.start, feature.name) == (43_001_000, "one")
    assert feature.details == "the other end is unknown"


def test_a_colour_of_juicer_is_no_name(opened: Open) -> None:
    line = "20 43001000 43002000 20 43005000 43006000 0,255,255 104.0"
    _, (feature,) = features(opened, "x.bedpe", rows(line))
    assert (feature.name, feature.score, feature.details) == ("", None, "104.0")


def test_a_wiggle_track_of_four_columns_is_values(opened: Open) -> None:
    file = opened("x.bed", "track type=wiggle_0\n" + rows("20 43001000 43001010 2.5"))
    assert (file.kind.name, file.is_signal) == ("bedGraph", True)


def test_wiggle_text_is_refused_by_name(opened: Open) -> None:
    with pytest.raises(LocalFileError, match="wiggle text; make a bigWig of it"):
        opened("x.wig", "track type=wiggle_0\nfixedStep chrom=chr20 start=1 step=1\n1\n")


@pytest.mark.parametrize(
    ("columns", "end"),
    [
        ("A <NON_REF> . . END=43002000", 43_002_000),
        ("A . . . END=43002000", 43_002_000),
        ("A C,<NON_REF> . . DP=9", 43_001_000),
        ("N <DEL>,<DEL> . . SVLEN=-100,-900", 43_001_900),
        ("N <DEL> . . SVLEN=+500", 43_001_500),
        ("N <DEL> . . END=43000000", 43_001_000),
        ("N <CN0>,<CN2> . . END=43009000", 43_009_000),
        ("A C,<DEL> . . SVLEN=.,-50", 43_001_050),
        ("N <DUP:TANDEM> . . SVLEN=700", 43_001_700),
        ("N <INS:ME:ALU> . . SVLEN=280", 43_001_000),
        ("G G. . . SVTYPE=BND", 43_001_000),
        ("G .G . . SVTYPE=BND", 43_001_000),
        ("G ]chr8:100]G . . SVTYPE=BND;CHR2=chr8;END=43090000", 43_001_000),
    ],
)
def test_the_span_of_a_variant(opened: Open, columns: str, end: int) -> None:
    file = opened("x.vcf", "##fileformat=VCFv4.4\n" + rows(f"20 43001000 v {columns}"))
    (feature,) = file.features(EVERYTHING, 9)
    assert (feature.interval.start, feature.interval.end) == (43_000_999, end)


def test_a_breakend_before_the_first_base_is_drawn_on_it(opened: Open) -> None:
    file = opened("x.vcf", "##fileformat=VCFv4.4\n" + rows("20 0 v N .[13:123[ . . ."))
    (feature,) = file.features(Interval("chr20", 0, 10), 9)
    assert (feature.interval.start, feature.interval.end) == (0, 1)
