"""Measured inclusion: the embedded table, and a small wheel made into one."""

import gzip
import zipfile
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.errors import AnnotationError
from genoview.io.inclusion.table import InclusionTable
from genoview.io.inclusion.wheel import FILES, convert
from genoview.models.exons.tissues import EYE, TISSUES
from genoview.runtime.measured_inclusion import EMBEDDED

HEAD = "Chromosome,Start,End,Strand,gene_id,gene_name,Liver,Brain - Cortex\n"
ROWS = (
    "chr1,101,200,+,ENSG1.4_2,A,0.0,1.0\n"
    "chr1,101,200,-,ENSG2.1,B,0.99999,0.00001\n"
    "chr1,101,200,+,ENSG3.1,C,0.25,0.5\n"
    "chrX,101,200,+,ENSG4.1,D,0.5,0.5\n"
    "GL000192.1,101,200,+,ENSG5.1,E,0.5,0.5\n"
)
EXON = Interval("chr1", 100, 200, "+")


@pytest.fixture
def table(tmp_path: Path) -> InclusionTable:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(FILES["GRCh38"], gzip.compress((HEAD + ROWS).encode()))
    assert convert(wheel, "GRCh38", tmp_path / "table.parquet") == 4
    return InclusionTable.open(tmp_path / "table.parquet")


def test_an_exon_is_known_by_both_ends_its_strand_and_its_gene(table: InclusionTable) -> None:
    assert table.tissues == ("Liver", "Brain - Cortex")
    assert table.shares([EXON], "ENSG1")[EXON].by_tissue == {"Liver": 0, "Brain - Cortex": 1}
    assert table.shares([EXON], "C")[EXON].by_tissue == {"Liver": 0.25, "Brain - Cortex": 0.5}
    assert table.shares([EXON], "ENSG1")[EXON].seen == {"Brain - Cortex": 1}
    assert table.shares([Interval("chr1", 100, 201, "+")]) == {}
    assert table.shares([Interval("chr2", 100, 200, "+")]) == {}
    assert table.shares([]) == {}


def test_what_is_seen_is_never_rounded_to_none_or_to_all(table: InclusionTable) -> None:
    exon = Interval("chr1", 100, 200, "-")
    assert table.shares([exon])[exon].by_tissue == {"Liver": 0.9999, "Brain - Cortex": 0.0001}


def test_other_files_are_errors_in_words(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(AnnotationError, match="measured inclusion"):
        InclusionTable.open(tmp_path / "x")
    with pytest.raises(AnnotationError, match="the wheel of mmsplice"):
        convert(tmp_path / "x", "GRCh37", tmp_path / "y")


def test_the_embedded_table_has_the_exons_of_the_demo_as_the_package_publishes_them() -> None:
    table = InclusionTable.open(EMBEDDED["GRCh37"])
    assert set(table.tissues) == set(TISSUES[EYE:])
    exon = Interval("chr20", 43_251_228, 43_251_293, "-")  # exon 8 of ADA
    shares = table.shares([exon], "ENSG00000196839")[exon].by_tissue
    assert shares["Liver"] == pytest.approx(0.913737, abs=5e-5)
    assert shares["Brain - Cortex"] == pytest.approx(0.790294, abs=5e-5)
    assert "GTEx" in table.source
