"""AlphaMissense's table from files of its own forms, with rows made up here."""

from pathlib import Path

import pysam
import pytest

from genoview.data.genome import Variant
from genoview.io.alphamissense import LICENCE, Sought, published_scores
from genoview.io.formats.text_lines import LocalFileError

HEADER = "# Copyright 2023\n#\n# Licensed under CC BY-NC-SA 4.0 license\n"
COLUMNS = (
    "#CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\t"
    "am_pathogenicity\tam_class\n"
)
ROWS = (
    "chr20\t99\tC\tA\t{0}\tP1\tENST1.2\tT3K\t0.9\tlikely_pathogenic\n"
    "chr20\t99\tC\tT\t{0}\tP1\tENST1.2\tT3I\t0.4512\tambiguous\n"
    "chr20\t100\tA\tT\t{0}\tP1\tENST1.2\tA4V\t0.1\tlikely_benign\n"
)
CSV = "protein_variant,am_pathogenicity,am_class\nM1A,0.5,Amb\nT3I,0.8,LPath\nT3K,0.1,LBen\n"
SNV = Variant("chr20", 99, "C", "T")


def sought(variant: Variant = SNV, genome: str = "GRCh37", protein: str = "MATA") -> Sought:
    return Sought(variant, genome, "NM_1.1", protein, ("T3I",))


@pytest.fixture
def indexed(tmp_path: Path) -> Path:
    plain = tmp_path / "AlphaMissense_hg19.tsv"
    plain.write_text(HEADER + COLUMNS + ROWS.format("hg19"))
    return Path(pysam.tabix_index(str(plain), seq_col=0, start_col=1, end_col=1, force=True))


def test_a_table_by_place_is_read_by_its_index(indexed: Path) -> None:
    [score] = published_scores(indexed, sought())
    assert (score.change, score.value, score.label) == ("T3I", 0.4512, "ambiguous")
    assert (score.of, score.licence) == ("ENST1.2, P1", "CC BY-NC-SA 4.0")
    assert score.file == "AlphaMissense_hg19.tsv.gz"


def test_a_base_that_is_written_with_its_neighbour_is_the_same(indexed: Path) -> None:
    [score] = published_scores(indexed, sought(Variant("chr20", 98, "GC", "GT")))
    assert score.value == 0.4512


def test_lines_of_the_table_need_no_index(tmp_path: Path) -> None:
    path = tmp_path / "lines.tsv"
    path.write_text(COLUMNS.lstrip("#") + ROWS.format("hg38").replace("chr20", "20"))
    [score] = published_scores(path, sought(genome="GRCh38"))
    assert score.value == 0.4512 and score.licence == LICENCE


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (sought(genome="GRCh38"), "is of GRCh37; the variant is of GRCh38"),
        (sought(Variant("chr20", 99, "C", "G")), "has no row for T3I"),
        (sought(Variant("chr20", 99, "CA", "TT")), "changes of a single base alone"),
        (sought(Variant("chr1", 99, "C", "T")), "has no row for T3I"),
    ],
)
def test_what_the_table_has_not_is_a_sentence(indexed: Path, question: Sought, words: str) -> None:
    with pytest.raises(LocalFileError, match=words):
        published_scores(indexed, question)


def test_the_table_of_one_protein_is_read_by_residue(tmp_path: Path) -> None:
    path = tmp_path / "AF-P1-F1-aa-substitutions.csv"
    path.write_text(CSV)
    [score] = published_scores(path, sought())
    assert (score.value, score.label, score.of) == (0.8, "likely pathogenic", "")
    [score] = published_scores(tmp_path, sought())
    assert score.file == path.name


def test_a_table_of_another_protein_is_never_taken_for_this_one(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(CSV)
    with pytest.raises(LocalFileError, match="T at residue 3, where it has S"):
        published_scores(path, sought(protein="MASA"))
    with pytest.raises(LocalFileError, match="T3, behind the end of the protein"):
        published_scores(path, sought(protein="MA"))
    with pytest.raises(LocalFileError, match="None of the 1 tables"):
        published_scores(tmp_path, sought(protein="MASA"))


def test_of_several_proteins_the_one_that_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two.tsv"
    lines = ["P1\tM1A\t0.1\tambiguous", "P1\tS3I\t0.2\tambiguous", "P2\tT3I\t0.3\tambiguous"]
    path.write_text("uniprot_id\tprotein_variant\tam_pathogenicity\tam_class\n" + "\n".join(lines))
    [score] = published_scores(path, sought())
    assert (score.value, score.of) == (0.3, "P2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chr\tpos\n", "no column am_pathogenicity"),
        (CSV.replace("0.8", "high"), "no number for T3I in am_pathogenicity"),
        (CSV.splitlines()[0], "it has no rows"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(LocalFileError, match=words):
        published_scores(path, sought())
    with pytest.raises(LocalFileError, match="cannot be read"):
        published_scores(tmp_path / "absent.csv", sought())


def test_a_large_table_without_an_index_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genoview.io.alphamissense.INDEXED_FROM", 10)
    path = tmp_path / "all.tsv"
    path.write_text(COLUMNS + ROWS)
    with pytest.raises(LocalFileError, match=r"tabix -s 1 -b 2 -e 2 all\.tsv"):
        published_scores(path, sought())
