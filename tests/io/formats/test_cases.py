"""Small inputs after public bug reports, in tests/cases, with their right answers."""

from pathlib import Path

import numpy as np
import pytest

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.errors import AnnotationError
from genoview.io.annotation import Annotation
from genoview.io.formats import LocalFile, LocalFileError, open_local
from genoview.io.gtf import check_assembly
from tests.io.formats.conftest import CHROMS

CASES = Path(__file__).parents[2] / "cases"
EVERYTHING = Interval("chr20", 0, CHROMS["chr20"])


def opened(name: str, assembly: str = "GRCh37") -> LocalFile:
    return open_local(CASES / name, assembly=assembly, chroms=CHROMS)


def features(name: str) -> list[Feature]:
    return list(opened(name).features(EVERYTHING, 50))


@pytest.mark.parametrize(("ending", "n"), [("bed", 2), ("vcf", 1), ("gtf", 1)])
def test_a_byte_order_mark_is_no_part_of_the_first_chromosome(ending: str, n: int) -> None:
    file = opened(f"13-bom/x.{ending}")
    assert (file.n_elsewhere, file.skipped, file.count(EVERYTHING)) == (0, {}, n)


def test_a_byte_order_mark_costs_no_exon() -> None:
    (gene,) = Annotation.open(CASES / "13-bom/x.gtf").genes(EVERYTHING)
    assert len(gene.transcripts[0].exons) == 2


@pytest.mark.parametrize("name", ["tair-ctgA.gff3", "implied.gff3"])
def test_a_protein_makes_no_second_gene_and_fasta_ends_the_features(name: str) -> None:
    annotation = Annotation.open(CASES / "14-gff3" / name)
    assert len(annotation) == 1
    gene = annotation.find("AX1")
    (transcript,) = gene.transcripts
    assert (gene.symbol, transcript.transcript_id) == ("AX1", "AX1.1")
    assert len(transcript.exons) == 3 - (name == "implied.gff3")
    file = open_local(CASES / "14-gff3" / name)
    (feature,) = file.features(gene.interval, 9)
    assert (feature.name, file.skipped) == ("AX1.1", {})
    assert feature.blocks == tuple(exon.interval for exon in transcript.exons)


def test_the_length_of_a_symbol_is_that_of_svlen_or_end() -> None:
    spans = {
        one.name: (one.interval.start, one.interval.end)
        for one in features("12-vcf-lengths/svlen.vcf")
    }
    assert spans == {
        "del1": (43_000_999, 43_006_000),
        "dup1": (43_009_999, 43_010_700),
        "ins1": (43_019_999, 43_020_000),
        "del2": (43_024_999, 43_025_900),
        "inv1": (43_029_999, 43_031_000),
    }


def test_a_translocation_is_one_base_with_its_mate_in_words() -> None:
    found = features("12-vcf-lengths/tra.vcf")
    assert [one.interval.width for one in found] == [1, 1, 1]
    assert [one.details.split(", SVTYPE")[0] for one in found] == [
        "FILTER PASS, joined to chr8:43,090,000",
        "FILTER PASS, joined to chr8:48,000,000",
        "FILTER PASS, joined to chr20:43,004,000",
    ]


def test_peaks_of_idr_keep_their_place_and_their_measurements() -> None:
    first, second = features("10-idr-20-columns/rep1_rep2.narrowPeak")
    assert (first.interval, first.name, first.score, first.blocks) == (
        Interval("chr20", 43_001_000, 43_001_400),
        "",
        1000.0,
        (),
    )
    assert first.details == "-log10 p 213.8, summit 180"
    assert (second.interval.start, second.score) == (43_005_000, 800.0)


def test_columns_that_are_no_bed12_are_details(tmp_path: Path) -> None:
    path = tmp_path / "idr.bed"
    path.write_bytes((CASES / "10-idr-20-columns/rep1_rep2.narrowPeak").read_bytes())
    first, _ = open_local(path, chroms=CHROMS).features(EVERYTHING, 9)
    assert (first.score, first.thick, first.details) == (1000.0, None, "-1, 213.8, -1, 180")


def test_both_ends_of_a_loop_are_drawn() -> None:
    other, same = features("10-idr-20-columns/loops.bedpe")
    ends = (Interval("chr20", 43_001_000, 43_002_000), Interval("chr20", 43_049_000, 43_050_000))
    assert (same.name, same.score, same.blocks) == ("loop1", 17.0, ends)
    assert same.interval == Interval("chr20", 43_001_000, 43_050_000)
    assert (other.name, other.interval) == ("tra1", ends[0])
    assert other.details == "joined to chrX:1,001-2,000"
    (loop,) = features("10-idr-20-columns/loops.interact.bed")
    assert (loop.name, loop.score, loop.blocks) == ("loop1", 500.0, ends)
    assert loop.details == "value 3.2, HepG2"


def test_columns_of_a_plain_bed_have_no_names_of_peaks() -> None:
    (found,) = features("11-false-labels/coverage.bed")
    assert (found.name, found.score, found.details) == ("exonA", 0.0, "37, 980, 1000, 0.98")


def test_what_is_0_bp_wide_lies_between_two_bases() -> None:
    insertion, snv = features("17-zero-width/ins.bed")
    assert (insertion.name, insertion.interval) == (
        "ins1",
        Interval("chr20", 43_000_999, 43_001_001, "+"),
    )
    assert insertion.details == "between 43,001,000 and 43,001,001"
    assert (snv.interval.width, snv.details) == (1, "")


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_the_type_on_the_track_line_wins_over_the_name(quote: str, tmp_path: Path) -> None:
    text = (CASES / "18-ucsc-tracks/single.bed").read_text().replace("'", quote)
    (tmp_path / "single.bed").write_text(text)
    file = open_local(tmp_path / "single.bed", chroms=CHROMS)
    assert (file.kind.name, file.n_read) == ("bedGraph", 2)
    _, values = file.signal(Interval("chr20", 43_001_999, 43_002_001), 9)
    assert values.tolist() == [2.5, 3.0]


def test_a_file_of_another_assembly_says_so() -> None:
    by_header = opened("20-wrong-build/header38.vcf")
    assert by_header.warnings == (
        "chr20 is 64,444,167 bp long in it, but 63,025,520 bp in GRCh37: it was made for another "
        "assembly.",
    )
    by_name = opened("20-wrong-build/acc38.vcf")
    assert (by_name.n_read, by_name.n_elsewhere) == (0, 1)
    assert by_name.warnings == ("It has nothing on the chromosomes of GRCh37.",)
    assert opened("20-wrong-build/acc38.vcf", "GRCh38").n_read == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bed", "track name=x db=hg38\nchr20\t5\t6\n"),
        (
            "a.gtf",
            '#!genome-build GRCh38.p14\n20\tx\tgene\t5\t6\t.\t+\t.\tgene_id "G";\n',
        ),
        (
            "a.gff3",
            "##gff-version 3\n##genome-build NCBI GRCh38\n20\tx\tgene\t5\t6\t.\t+\t.\tID=g\n",
        ),
        ("a.vcf", "##fileformat=VCFv4.2\n##reference=GRCh38\n20\t5\t.\tA\tC\n"),
    ],
)
def test_a_header_that_names_another_assembly_is_a_doubt(
    name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    file = open_local(tmp_path / name, assembly="GRCh37", chroms=CHROMS)
    assert file.warnings == ("By its header it was made for GRCh38, but it is drawn on GRCh37.",)
    assert open_local(tmp_path / name, assembly="hg38", chroms=CHROMS).warnings == ()


def test_a_gene_file_of_another_assembly_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gff3"
    path.write_text("##gff-version 3\nNC_000020.11\tx\tgene\t5\t6\t.\t+\t.\tID=g\n")
    with pytest.raises(AnnotationError, match=r"not of GRCh37: NC_000020.11 is of GRCh38"):
        check_assembly(path, "GRCh37")
    check_assembly(path, "hg38")
    check_assembly(path, "my genome")


def test_values_that_are_no_numbers_are_a_gap() -> None:
    file = opened("22-bigwig-nan/nan.bw")
    _, values = file.signal(Interval("chr20", 43_000_900, 43_001_100), 200)
    assert np.isnan(values).tolist() == [True] * 100 + [False] * 100


@pytest.mark.parametrize(
    "path", sorted((CASES / "30-hostile-files").glob("[bk]*")), ids=lambda p: p.name
)
def test_a_hostile_file_is_read_or_refused_in_a_sentence(path: Path) -> None:
    if path.suffix == ".gz":
        assert open_local(path, chroms=CHROMS).n_skipped == 1
        return
    with pytest.raises(LocalFileError) as refusal:
        open_local(path, chroms=CHROMS)
    assert len(str(refusal.value)) < 400


BED_ROWS = "chr20\t43001000\t43001010\ta\nchr20\t43002000\t43002010\tb\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bed"
    path.write_bytes(BED_ROWS.replace("\n", ending).encode())
    assert [one.name for one in open_local(path, chroms=CHROMS).features(EVERYTHING, 9)] == [
        "a",
        "b",
    ]


def test_a_name_in_latin_letters_costs_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a.bed"
    path.write_bytes(BED_ROWS.replace("a\n", "L\u00f6we\n").encode("latin-1"))
    file = open_local(path, chroms=CHROMS)
    assert [one.name for one in file.features(EVERYTHING, 9)] == ["L\u00f6we", "b"]
    assert file.skipped == {}


def test_a_mark_within_a_file_of_several_files_is_no_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a.bed"
    path.write_text(BED_ROWS.replace("chr20", "\ufeffchr20"), encoding="utf-8")
    file = open_local(path, chroms=CHROMS)
    assert (file.count(EVERYTHING), file.n_elsewhere) == (2, 0)


def test_pairs_in_a_file_called_bed_are_no_names(tmp_path: Path) -> None:
    path = tmp_path / "loops.bed"
    path.write_bytes((CASES / "10-idr-20-columns/loops.bedpe").read_bytes())
    assert [one.name for one in open_local(path, chroms=CHROMS).features(EVERYTHING, 9)] == [
        "tra1",
        "loop1",
    ]
    path.write_text("chr20\t5\t90\t20\t500\t+\nchr20\t5\t90\tchr8\t500\t+\n")
    assert open_local(path, chroms=CHROMS).kind.name == "BED"


def test_broad_peaks_have_no_summit(tmp_path: Path) -> None:
    path = tmp_path / "a.broadPeak"
    path.write_text("chr20\t5\t90\t.\t500\t.\t3.5\t20\t18\t2.46\t1\n")
    (peak,) = open_local(path, chroms=CHROMS).features(EVERYTHING, 9)
    assert peak.details == "signal 3.5, -log10 p 20, -log10 q 18, 2.46"


@pytest.mark.parametrize("line", ["track TYPE=BEDGRAPH name=x", "track\ttype=bedGraph\tname=x"])
def test_a_track_line_in_capitals_or_with_tabs_counts(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bed"
    path.write_text(f"{line}\nchr20\t43001000\t43001010\t2.5\n")
    assert open_local(path, chroms=CHROMS).kind.name == "bedGraph"


def test_the_region_of_a_gff3_says_of_which_assembly_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.gff3"
    for end, n_warnings in ((64_444_167, 1), (63_025_520, 0), (2_000_000, 0)):
        path.write_text(
            f"##gff-version 3\n##sequence-region 20 1 {end}\n"
            "20\tx\tgene\t1001\t2000\t.\t+\t.\tID=g\n"
        )
        assert len(open_local(path, assembly="GRCh37", chroms=CHROMS).warnings) == n_warnings
