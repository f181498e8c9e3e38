"""Tables of genes in three formats -> the same kind of gene."""

from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.errors import AnnotationError
from genoview.io.assembly import Assembly
from genoview.scoring.splicing.genes import AnnotatedGenes, SpliceGene, SpliceGenes

SPLICEAI = """#NAME\tCHROM\tSTRAND\tTX_START\tTX_END\tEXON_START\tEXON_END
FWD\t1\t+\t100\t300\t100,200,250,\t120,220,300,
REV\t1\t-\t280\t400\t280,350,\t290,400,
"""
CISPLICEAI = """gene_id,chr,strand,start,end,jn_start,jn_end
FWD,chr1,+,101,301,"120,220","201,251"
REV,chr1,-,281,401,"290","351"
"""
FWD = SpliceGene(
    "FWD", Interval("chr1", 100, 300, "+"), (200, 250), (119, 219), (100, 119, 200, 219, 250, 299)
)
REV = SpliceGene("REV", Interval("chr1", 280, 400, "-"), (289,), (350,), (280, 289, 350, 399))


@pytest.fixture
def spliceai(tmp_path: Path) -> SpliceGenes:
    (tmp_path / "genes.txt").write_text(SPLICEAI)
    return SpliceGenes.from_spliceai(tmp_path / "genes.txt")


@pytest.fixture
def cispliceai(tmp_path: Path) -> SpliceGenes:
    (tmp_path / "genes.csv").write_text(CISPLICEAI)
    return SpliceGenes.from_cispliceai(tmp_path / "genes.csv")


@pytest.mark.parametrize(
    ("position", "expected"),
    [(99, []), (100, [FWD]), (285, [FWD, REV]), (299, [FWD, REV]), (399, [REV]), (400, [])],
)
def test_a_table_of_spliceai(
    spliceai: SpliceGenes, position: int, expected: list[SpliceGene]
) -> None:
    assert list(spliceai.at("1", position)) == expected
    assert list(spliceai.at("chr1", position)) == expected


def test_a_table_of_cispliceai_is_1_based_and_leaves_the_end_out(cispliceai: SpliceGenes) -> None:
    [forward] = cispliceai.at("chr1", 100)
    assert (forward.interval, forward.acceptors, forward.donors) == (
        FWD.interval,
        FWD.acceptors,
        FWD.donors,
    )
    [reverse] = cispliceai.at("1", 399)
    assert (reverse.acceptors, reverse.donors) == (REV.acceptors, REV.donors)
    assert list(cispliceai.at("chr1", 400)) == []


def test_a_chromosome_without_genes_has_none(spliceai: SpliceGenes) -> None:
    assert list(spliceai.at("chr2", 100)) == []


@pytest.mark.parametrize("content", ["", "a\tb\n1\t2\n"])
def test_another_kind_of_table_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "genes.txt"
    path.write_text(content)
    with pytest.raises(AnnotationError, match="TX_START"):
        SpliceGenes.from_spliceai(path)


def test_an_absent_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"none\.csv"):
        SpliceGenes.from_cispliceai(tmp_path / "none.csv")


def test_genes_of_the_annotation_have_the_sites_of_all_transcripts(demo: Assembly) -> None:
    """ADA lies on the reverse strand; exon 8 is 43,251,470 to 43,251,571, 1-based."""
    genes = AnnotatedGenes(demo.annotation)
    [ada] = [gene for gene in genes.at("chr20", 43_251_500) if gene.name == "ADA"]
    assert ada.strand == "-"
    assert 43_251_570 in ada.acceptors
    assert 43_251_469 in ada.donors
    assert {43_251_570, 43_251_469} <= set(ada.boundaries)
    assert ada.interval.start not in ada.donors
    assert ada.interval.end - 1 not in ada.acceptors
    assert ada.interval.start in ada.boundaries
    assert genes.at("chr20", 43_251_500)[0] is genes.at("chr20", 43_251_501)[0]


@pytest.mark.parametrize("position", [42_999_999, 43_000_000])
def test_a_gene_over_the_border_of_two_blocks_is_known_in_both(
    demo: Assembly, position: int
) -> None:
    assert "HNF4A" in {gene.name for gene in AnnotatedGenes(demo.annotation).at("chr20", position)}


@pytest.mark.parametrize("position", [42_743_000, 43_042_363, 43_251_500])
def test_genes_at_a_base_are_those_of_the_annotation(demo: Assembly, position: int) -> None:
    result = AnnotatedGenes(demo.annotation).at("chr20", position)
    expected = demo.annotation.genes(Interval("chr20", position, position + 1))
    assert sorted(gene.name for gene in result) == sorted(gene.symbol for gene in expected) != []
