"""Consequences on all transcripts close by: their order, names, sentence, and files."""

from dataclasses import replace

import pytest

from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.consequence_table import consequence_columns, plain_consequence
from genoview.report.consequences import (
    TranscriptConsequence,
    chosen_of,
    consequences_of,
    severest_of,
)
from genoview.report.document import document
from genoview.report.variant_report import variant_report
from genoview.scoring.consequence.terms import Term

MISSENSE = "chr20:43042364:C>T"


def of(query: str, assembly: Assembly) -> tuple[TranscriptConsequence, ...]:
    variant = resolve(query, assembly).variant
    assert variant is not None
    return consequences_of(variant, assembly)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (MISSENSE, "HNF4A p.(Thr117Ile): missense, exon 4 of 10 of NM_175914.5 (MANE Select)"),
        (
            "chr20:43249076:C>T",
            "ADA c.976-34G>A: intron 10 of 11 of NM_000022.4 (MANE Select)",
        ),
        (
            "NM_000022.4:c.632G>A",
            "ADA p.(Arg211His): missense, exon 7 of 12 of NM_000022.4 (MANE Select)",
        ),
        (
            "NM_000022.4:c.633_634insA",
            "ADA p.(Thr212AsnfsTer39): frameshift, exon 7 of 12 of NM_000022.4 (MANE Select)",
        ),
        (
            "NM_000022.4:c.975+1G>A",
            "ADA c.975+1G>A: splice donor, intron 10 of 11 of NM_000022.4 (MANE Select)",
        ),
        (  # two changes in one codon
            "chr20:43042364:C>A + chr20:43042365:T>A",
            "HNF4A p.(Thr117Lys): missense, exon 4 of 10 of NM_175914.5 (MANE Select)",
        ),
        (
            "NM_000022.4:c.-10C>T",
            "ADA c.-10C>T: 5' UTR, exon 1 of 12 of NM_000022.4 (MANE Select)",
        ),
    ],
)
def test_the_sentence_of_the_first_transcript(query: str, sentence: str, demo: Assembly) -> None:
    assert of(query, demo)[0].sentence == sentence


def test_the_clinical_transcript_is_first_and_neighbours_are_last(demo: Assembly) -> None:
    every = of("NM_000022.4:c.-10C>T", demo)
    near = [one.worst in (Term.UPSTREAM, Term.DOWNSTREAM) for one in every]
    assert near == sorted(near)
    assert [bool(one.coding) for one in every] == [not each for each in near]
    assert every[0].named.label == "MANE Select"


def test_a_transcript_is_chosen_by_its_id_with_or_without_version(demo: Assembly) -> None:
    every = of(MISSENSE, demo)
    for name in ("NM_000457.6", "NM_000457", "NM_000457.1"):
        chosen = chosen_of(every, name)
        assert chosen is not None
        assert (chosen.coding, chosen.protein) == ("NM_000457.6:c.416C>T", "p.(Thr139Ile)")
    assert chosen_of(every, "NM_1") is every[0]
    assert chosen_of(every, "") is every[0]
    assert chosen_of((), "NM_000457.6") is None


def test_the_severest_of_all_transcripts(demo: Assembly) -> None:
    variant = resolve("NM_000022.4:c.632G>A", demo).variant
    assert variant is not None
    every, worst = consequences_of(variant, demo), severest_of(variant, demo)
    assert worst == every[0]
    assert {one.worst for one in every} > {Term.MISSENSE}


def test_a_genome_with_its_own_genes(demo: Assembly) -> None:
    """Without a table of RefSeq: those of the genome's own file."""
    [first, *_] = of(MISSENSE, replace(demo, family=""))
    assert first.named.label == "longest coding transcript"
    assert first.worst is Term.MISSENSE


def test_far_from_genes_there_are_none(demo: Assembly) -> None:
    assert of("chr20:42490000:A>T", demo) == ()


def test_report_and_document_have_them(demo: Assembly) -> None:
    report = variant_report(resolve(MISSENSE, demo), [], demo)
    assert report.consequences == of(MISSENSE, demo)
    listed = document(report)["consequences"]
    assert listed == [plain_consequence(one) for one in report.consequences]
    assert listed[0] == {
        "gene": "HNF4A",
        "transcript": "NM_175914.5",
        "label": "MANE Select",
        "terms": ["missense_variant"],
        "impact": "moderate",
        "exon": "4/10",
        "intron": "",
        "codons": "aCt/aTt",
        "amino_acids": "T/I",
        "residue": 117,
        "coding": "NM_175914.5:c.350C>T",
        "protein": "p.(Thr117Ile)",
    }


def test_a_table_has_a_row_a_transcript(demo: Assembly) -> None:
    every = of(MISSENSE, demo)
    columns = {column.name: column.values for column in consequence_columns(every)}
    assert {len(values) for values in columns.values()} == {len(every)}
    assert columns["terms"][0] == "missense_variant"
    assert columns["residue"][:2] == [117, 139]
