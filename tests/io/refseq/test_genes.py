"""The embedded genes: names of all kinds, chosen transcripts, windows and suggestions."""

import pytest

from genoview.data.genome import Interval
from genoview.errors import AnnotationError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import LONGEST, LONGEST_CODING, refseq_genes
from genoview.io.refseq.table import RefSeqTable

BUILDS = ["GRCh37", "GRCh38"]


@pytest.mark.parametrize("family", BUILDS)
@pytest.mark.parametrize(
    ("name", "symbol", "transcript"),
    [
        ("ADA", "ADA", "NM_000022.4"),
        ("ada", "ADA", "NM_000022.4"),
        ("NM_000022", "ADA", "NM_000022.4"),
        ("NM_000022.99", "ADA", "NM_000022.4"),
        ("NP_000013.2", "ADA", "NM_000022.4"),
        ("ENST00000372874.9", "ADA", "NM_000022.4"),
        ("ENSG00000196839", "ADA", "NM_000022.4"),
        ("HGNC:186", "ADA", "NM_000022.4"),
        ("HER2", "ERBB2", "NM_004448.4"),  # an alias
        ("CYR61", "CCN1", "NM_001554.5"),  # a previous symbol
        ("MLL2", "KMT2D", "NM_003482.4"),  # previous of one gene, alias of another
        ("MODY1", "HNF4A", "NM_175914.5"),
        ("p53", "TP53", "NM_000546.6"),
    ],
)
def test_a_gene_is_known_by_its_names(family: str, name: str, symbol: str, transcript: str) -> None:
    genes = refseq_genes(family)
    first = genes.transcripts(name)[0]
    assert (first.symbol, first.transcript.transcript_id) == (symbol, transcript)
    assert first.label == "MANE Select"
    assert genes.find(name).symbol == symbol


def test_a_gene_that_was_renamed_is_known_by_either_symbol() -> None:
    for family, symbol in (("GRCh37", "GBA"), ("GRCh38", "GBA1")):
        genes = refseq_genes(family)
        assert genes.find("GBA").symbol == genes.find("GBA1").symbol == symbol


def test_an_alias_of_several_genes_is_refused_with_their_symbols() -> None:
    with pytest.raises(AnnotationError, match="alias of 3 genes: POU5F1, POU5F1P3, POU5F1P4"):
        refseq_genes("GRCh38").find("OCT4")


def test_an_unknown_name_is_refused_with_what_is_near() -> None:
    for ask in (refseq_genes("GRCh38").find, refseq_genes("GRCh38").transcripts):
        with pytest.raises(AnnotationError, match=r"BRCA9 is not among the 29,769 genes.*BRCA1"):
            ask("BRCA9")
    with pytest.raises(AnnotationError, match="embedded for GRCh37 and GRCh38, not for GRCm39"):
        refseq_genes("GRCm39")


def test_the_chosen_transcript_is_labelled() -> None:
    genes = refseq_genes("GRCh38")
    ada = genes.transcripts("ADA")
    assert [one.label for one in ada] == ["MANE Select", "", "", ""]
    assert ada[0].coding_length == 1092
    assert [one.coding_length for one in ada] == sorted(
        (one.coding_length for one in ada), reverse=True
    )
    assert [one.label for one in genes.transcripts("SCN2A")][:2] == [
        "MANE Select",
        "MANE Plus Clinical",
    ]
    assert genes.transcripts("LINC01260")[0].label == LONGEST
    absent = genes.transcripts("AKR7L")  # in no MANE release
    assert absent[0].label in (LONGEST, LONGEST_CODING)


def test_a_record_on_x_and_y_is_named_on_both_x_first() -> None:
    found = refseq_genes("GRCh38").transcripts("NM_000451.4")
    assert [one.transcript.interval.chrom for one in found] == ["chrX", "chrY"]


def test_records_that_differ_from_the_genome_are_marked() -> None:
    genes = refseq_genes("GRCh37")
    assert genes.transcripts("NM_015068.3")[0].irregular  # PEG10, a frameshift of the ribosome
    assert not genes.transcripts("NM_000022.4")[0].irregular


def test_the_genes_of_a_window_are_those_of_the_demo_s_own_file(demo: Assembly) -> None:
    region = Interval("chr20", 42_600_000, 43_400_000)
    own = {
        one.transcript_id: [(exon.interval, exon.coding) for exon in one.exons]
        for gene in demo.annotation.genes(region)
        for one in gene.transcripts
        if one.source == "RefSeq"
    }
    embedded = {
        one.transcript_id: [(exon.interval, exon.coding) for exon in one.exons]
        for gene in refseq_genes("GRCh37").genes(region)
        for one in gene.transcripts
    }
    assert embedded == own
    assert len(own) > 40


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("BRCA", ["BRCA1", "BRCA2"]),
        ("brca1", ["BRCA1"]),
        ("HER2", ["HER2"]),
        ("NM_00002", ["NM_000020.3", "NM_000021.4", "NM_000022.4"]),
        ("ENST0000037287", ["ENST00000372874.9"]),
        ("", []),
        ("zzzz", []),
    ],
)
def test_names_are_suggested_as_one_types(typed: str, names: list[str]) -> None:
    found = refseq_genes("GRCh38").suggest(typed, 10)
    assert [one.name for one in found][: len(names)] == names
    assert len(found) <= 10


def test_a_suggestion_says_what_kind_of_name_it_is() -> None:
    (ada, *_) = refseq_genes("GRCh38").suggest("ADA")
    assert (ada.kind, ada.title) == ("symbol", "adenosine deaminase")
    (her2, *_) = refseq_genes("GRCh38").suggest("HER2")
    assert (her2.symbol, her2.kind) == ("ERBB2", "alias")
    (one, *_) = refseq_genes("GRCh38").suggest("NM_000022")
    assert (one.symbol, one.kind) == ("ADA", "MANE Select")


@pytest.mark.parametrize(
    ("family", "n_transcripts", "n_genes", "n_coding", "n_irregular"),
    [("GRCh37", 82_539, 28_380, 63_652, 406), ("GRCh38", 90_091, 29_769, 67_043, 50)],
)
def test_a_build_has_as_many_records_as_its_source(
    family: str, n_transcripts: int, n_genes: int, n_coding: int, n_irregular: int
) -> None:
    table = RefSeqTable.load(family)
    assert len(table.genes.transcript_id) == n_transcripts
    assert table.genes.n_genes == n_genes
    assert (table.coding_length > 0).sum() == n_coding
    assert table.irregular.sum() == n_irregular
    coding = table.coding_length[~table.irregular]
    assert (coding % 3 == 0).all()
    assert (table.genes.exon_start < table.genes.exon_end).all()
