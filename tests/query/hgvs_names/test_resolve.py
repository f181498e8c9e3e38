"""Names as people type them, and what is said where a name does not fit the genome."""

import pytest

from genoview.data.genome import Variant
from genoview.errors import (
    AnnotationError,
    GenomeError,
    GenoviewError,
    QueryError,
    ReferenceMismatch,
)
from genoview.io.assembly import Assembly
from genoview.query.hgvs_names import VariantNames, names_of, resolve_name

INTRON = Variant("chr20", 43249076, "C", "T")
R211H = Variant("chr20", 43251694, "C", "T")


@pytest.mark.parametrize(
    "text",
    [
        "NM_000022.4:c.976-34G>A",
        "NM_000022:c.976-34G>A",
        "nm_000022.4:c.976-34g>a",
        "ADA:c.976-34G>A",
        "ADA c.976-34G>A",
        "NM_000022.4(ADA):c.976-34G>A",
        "NM_000022(ADA):c.976-34G>A",
        "NM_000022.4 (ADA): c.976-34G>A",
        "NC_000020.10(NM_000022.4):c.976-34G>A",
        "NM_000022.3:c.976-34G>A",
        "ENST00000372874.9:c.976-34G>A",
        "ENSG00000196839:c.976-34G>A",
        "NM_000022.4:n.1068-34G>A",
        "NC_000020.10:g.43249076C>T",
        "chr20:g.43249076C>T",
    ],
)
def test_a_change_is_read_in_every_way_it_is_typed(text: str, demo: Assembly) -> None:
    assert [one.variant for one in resolve_name(text, demo)] == [INTRON]


@pytest.mark.parametrize(
    "text",
    [
        "NM_000022.4:c.632G>A",
        "NM_000022.4(ADA):c.632G>A (p.Arg211His)",
        "ADA:p.Arg211His",
        "ADA:p.(Arg211His)",
        "ADA p.R211H",
        "ADA R211H",
        "NP_000013.2:p.Arg211His",
        "ENSP00000361965:p.R211H",
    ],
)
def test_a_protein_s_change_begins_with_the_fewest_bases(text: str, demo: Assembly) -> None:
    assert resolve_name(text, demo)[0].variant == R211H


@pytest.mark.parametrize(
    ("text", "variant"),
    [  # listed in ClinVar, by the strand and the bases
        ("NM_000022.4:c.703C>T", Variant("chr20", 43251547, "G", "A")),
        ("NM_000022.4:c.218+1G>A", Variant("chr20", 43257687, "C", "T")),
        ("NM_000022.4:c.956_960del", Variant("chr20", 43249673, "CCTCTT", "C")),
        ("NM_000022.4:c.956_960delAAGAG", Variant("chr20", 43249673, "CCTCTT", "C")),
        ("NM_000022.4:c.33dup", Variant("chr20", 43280215, "C", "CT")),
        ("NM_000022.4:c.33dupA", Variant("chr20", 43280215, "C", "CT")),
        ("NM_000022.4:c.31AAG[1]", None),
        ("NM_000022.4:c.31A[4]", Variant("chr20", 43280215, "C", "CT")),
        ("NM_000022.4:c.31_33A[4]", Variant("chr20", 43280215, "C", "CT")),
        ("NM_000022.4:c.31[2]", Variant("chr20", 43280215, "CT", "C")),
        ("NM_000022.4:c.632_633delinsAC", Variant("chr20", 43251693, "AC", "GT")),
        ("NM_000022.4:c.632_633inv", Variant("chr20", 43251693, "AC", "GT")),
        ("NM_000022.4:c.33_33+1insG", Variant("chr20", 43280214, "A", "AC")),
        ("NM_000022.4:c.-124C>T", Variant("chr20", 43280372, "G", "A")),
        ("NC_000020.10:g.43280216T[4]", Variant("chr20", 43280215, "C", "CT")),
        ("NR_136160.2:n.120C>G", Variant("chr20", 43280221, "G", "C")),
    ],
)
def test_a_change_becomes_a_variant(text: str, variant: Variant | None, demo: Assembly) -> None:
    if variant is None:
        with pytest.raises(QueryError, match="no copy of AAG begins there"):
            resolve_name(text, demo)
    else:
        assert [one.variant for one in resolve_name(text, demo)] == [variant]


def test_all_codons_of_a_protein_s_change_are_listed(demo: Assembly) -> None:
    found = resolve_name("ADA:p.Arg211Ter", demo)
    assert [one.name for one in found] == [
        "NM_000022.4:c.631_633delinsTGA",
        "NM_000022.4:c.631_633delinsTAA",
        "NM_000022.4:c.631_633delinsTAG",
    ]
    assert "3 changes of the DNA make Arg211Ter." in found[0].notes
    deleted = resolve_name("ADA:p.Lys11del", demo)
    assert [one.name for one in deleted] == ["NM_000022.4:c.31_33del", "NM_000022.4:c.30_32del"]
    doubled = resolve_name("ADA:p.Glu319dup", demo)
    assert {names_of(v.variant, v.transcript.transcript, demo).protein for v in doubled} == {
        "p.(Glu321dup)"  # as far to the end as can be
    }


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("ADA:c.976-34G>A", "Read on NM_000022.4 (MANE Select)."),
        ("NM_000022.3:c.976-34G>A", "NM_000022.3 is not among the genes of GRCh37; counted along"),
        ("ENST00000372874:c.976-34G>A", "the same transcript as NM_000022.4 (MANE Select)"),
        ("NM_000022.4(HNF4A):c.976-34G>A", "NM_000022.4 is of ADA, not of HNF4A."),
        ("NM_000022.4:c.-124C>T", "c.-124 lies 32 bp before the first base of NM_000022.4"),
    ],
)
def test_what_was_assumed_is_said(text: str, note: str, demo: Assembly) -> None:
    (one,) = resolve_name(text, demo)
    assert any(note in said for said in one.notes)


def test_a_previous_symbol_in_brackets_is_the_gene_s(demo: Assembly) -> None:
    (one,) = resolve_name("NM_175914.5(MODY1):c.10del", demo)
    assert one.notes == ()


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("hello", QueryError, "is no HGVS name"),
        ("XM_005260236.2:c.1A>G", QueryError, "RefSeq predicts"),
        ("NG_007385.1:g.5000A>G", QueryError, "a RefSeqGene record"),
        ("NM_000022.4:g.5000A>G", QueryError, "write c. or n. for a transcript"),
        ("NM_9999999.1:c.1A>G", AnnotationError, "is not among"),
        ("FOO:c.1A>G", AnnotationError, "Near it"),
        ("NR_136160.2:c.12A>G", QueryError, "no coding part"),
        ("NC_000020.11:g.43249076C>T", QueryError, "is chr20 of GRCh38, but the genome in use"),
        ("m.3243A>G", GenomeError, "chrM is not in GRCh37-demo"),
        ("BRCA1:c.68_69del", GenomeError, "chr17 is not in GRCh37-demo"),
        ("NM_000022.4:c.33_34insG", QueryError, "Write 33_33\\+1ins or 34-1_34ins"),
        ("NM_000022.4:c.10_14insG", QueryError, "between two neighbours"),
        ("NM_000022.4:c.10_9del", QueryError, "lies behind the last"),
        ("NM_000022.4:c.1=", QueryError, "nothing changes"),
        ("NM_000022.4:c.5000A>G", QueryError, "behind the last position of NM_000022.4, c.1,092"),
        ("NM_000022.4:c.(4_6)_(9_12)del", QueryError, "of a kind that is not read here"),
        ("ADA:p.Glu319GlyfsTer3", QueryError, "Many changes of the DNA may make"),
        ("ADA:p.Arg999His", QueryError, "has 363 residues"),
        ("NM_000022.4:c.10_12delAA", QueryError, "the bases AA are 2, but the positions span 3"),
    ],
)
def test_a_name_that_cannot_be_placed_is_refused_with_reason(
    text: str, kind: type[GenoviewError], words: str, demo: Assembly
) -> None:
    with pytest.raises(kind, match=words):
        resolve_name(text, demo)


@pytest.mark.parametrize(
    ("text", "expected", "fits"),
    [
        ("NM_000022.4:c.976-34C>A", "G", "NM_000022.4:c.976-34G>A"),
        ("NM_000022.4:c.10_12delAAA", "ACG", "NM_000022.4:c.10_12delACG"),
        ("NM_000022.4:p.Arg212His", "Thr", "NM_000022.4:p.Thr212His"),
        ("NC_000020.10:g.43249076A>T", "C", "NC_000020.10:g.43249076C>T"),
    ],
)
def test_a_wrong_base_is_answered_with_the_true_one(
    text: str, expected: str, fits: str, demo: Assembly
) -> None:
    with pytest.raises(ReferenceMismatch) as raised:
        resolve_name(text, demo)
    assert raised.value.expected == expected
    assert [typed for _, typed in raised.value.suggestions] == [fits]
    assert resolve_name(fits, demo)


def test_a_base_that_only_another_transcript_has_is_offered_there(demo: Assembly) -> None:
    with pytest.raises(ReferenceMismatch) as raised:
        resolve_name("HNF4A:c.7C>G", demo)
    assert raised.value.suggestions == (
        ("Take the true base", "HNF4A:c.7A>G"),
        ("Count along NM_000457.6", "NM_000457.6:c.7C>G"),
        ("Count along NM_178849.3", "NM_178849.3:c.7C>G"),
        ("Count along NM_178850.3", "NM_178850.3:c.7C>G"),
    )


def test_a_position_that_only_another_transcript_has_is_counted_there(demo: Assembly) -> None:
    (one,) = resolve_name("HNF4A:c.115+1G>A", demo)
    assert one.name == "NM_000457.6:c.115+1G>A"
    assert one.notes == (
        "c.115+1 counts into an intron, but no exon of NM_175914.5 ends at its base; the exon "
        "there ends at c.224. Counted along NM_000457.6, where it fits.",
    )


def test_another_genome_s_names_count_along_its_own_genes(demo: Assembly) -> None:
    other = Assembly("mine", demo.reference, demo.annotation)
    (one,) = resolve_name("NM_000022.4:c.976-34G>A", other)
    assert one.variant == INTRON
    (one,) = resolve_name("ADA:c.632G>A", other)
    assert one.variant == R211H
    assert one.notes == ("Read on NM_000022.4 (longest coding transcript).",)
    assert names_of(one.variant, None, other).genomic == "chr20:g.43251694C>T"
    with pytest.raises(AnnotationError, match="is not among the 31 genes"):
        resolve_name("BRCA1:c.68_69del", other)


def test_ensembl_s_own_exons_are_counted_along_where_the_file_has_them(demo: Assembly) -> None:
    (one,) = resolve_name("ENST00000372874:n.1068-34G>A", demo)
    assert one.transcript.transcript.source != "RefSeq"


def test_the_names_of_a_variant(demo: Assembly) -> None:
    (one,) = resolve_name("NM_000022.4:c.956_960del", demo)
    assert names_of(one.variant, one.transcript.transcript, demo) == VariantNames(
        "NC_000020.10:g.43249675_43249679del",
        "NC_000020.10:43249673:CTCTTC:C",
        "NM_000022.4:c.956_960del",
        "p.(Glu319GlyfsTer3)",
    )
    assert names_of(one.variant, None, demo).coding == ""


def test_the_names_of_a_haplotype(demo: Assembly) -> None:
    parts = INTRON, R211H
    ref = demo.reference.fetch(INTRON.interval.expanded(0, R211H.end - INTRON.end))
    alt = "T" + ref[1:-1] + "T"
    names = names_of(Variant("chr20", INTRON.pos, ref, alt, parts), None, demo)
    assert names == VariantNames("NC_000020.10:g.[43249076C>T;43251694C>T]", "")
