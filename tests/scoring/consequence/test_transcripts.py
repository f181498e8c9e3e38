"""Consequences worked out by hand on a transcript of two exons, on either strand."""

import pytest

from genoview.data.genome import Exon, Interval, Transcript, Variant, reverse_complement
from genoview.scoring.consequence.terms import Impact, Term, by_severity
from genoview.scoring.consequence.transcripts import Consequence, consequence_of

# 5' UTR, Met Ala Lys Lys Gly, an intron of 40 bp, Phe Ser Trp Leu stop, 3' UTR
EXONS = "GGCC" + "ATGGCTAAAAAGGGA", "TTTTCCTGGCTATAA" + "GCTTAACC"
INTRON = "GTAAGTCCAG" + "CATGCATGCATG" + "TCTTTTCTTTTCACTCAG"
BEFORE = "ACGTC" * 1_100
GENOME = BEFORE + EXONS[0] + INTRON + EXONS[1] + BEFORE
AT = len(BEFORE)
ACCEPTOR = AT + len(EXONS[0]) + len(INTRON)  # 0-based, the second exon's first base
STRANDS = pytest.mark.parametrize("strand", ["+", "-"])


def toy(strand: str, is_coding: bool = True) -> Transcript:
    n, first, last = len(GENOME), AT + len(EXONS[0]), len(GENOME) - AT
    spans = [(AT, first, AT + 4, first), (ACCEPTOR, last, ACCEPTOR, ACCEPTOR + 15)]
    if strand == "-":
        spans = [(n - b, n - a, n - d, n - c) for a, b, c, d in spans[::-1]]
    exons = tuple(
        Exon(Interval("chr1", a, b, strand), Interval("chr1", c, d, strand) if is_coding else None)
        for a, b, c, d in spans
    )
    whole = Interval("chr1", spans[0][0], spans[1][1], strand)
    return Transcript("T.1", whole, exons)


def change(first: int, ref: str, alt: str, strand: str) -> Variant:
    """REF begins at a 0-based base of GENOME; anchored where a variant needs a base."""
    assert GENOME[first : first + len(ref)] == ref
    if not ref or not alt:
        first, ref, alt = first - 1, GENOME[first - 1] + ref, GENOME[first - 1] + alt
    if strand == "+":
        return Variant("chr1", first + 1, ref, alt)
    start = len(GENOME) - first - len(ref)
    return Variant("chr1", start + 1, reverse_complement(ref), reverse_complement(alt))


def haplotype(*changes: Variant) -> Variant:
    """Several changes on one chromosome."""
    changes = tuple(sorted(changes, key=lambda one: one.pos))
    bases = reverse_complement(GENOME) if _is_backward(changes) else GENOME
    start, end = changes[0].start, changes[-1].end
    alt = bases[start:end]
    for one in changes[::-1]:
        alt = alt[: one.start - start] + one.alt + alt[one.end - start :]
    return Variant("chr1", start + 1, bases[start:end], alt, changes)


def _is_backward(changes: tuple[Variant, ...]) -> bool:
    return any(GENOME[one.start : one.end] != one.ref for one in changes)


def said(variant: Variant, strand: str, is_coding: bool = True) -> Consequence | None:
    bases = GENOME if strand == "+" else reverse_complement(GENOME)

    def fetch(interval: Interval) -> str:
        return "".join(
            bases[i] if 0 <= i < len(bases) else "N" for i in range(interval.start, interval.end)
        )

    return consequence_of(variant, toy(strand, is_coding), fetch)


DONOR = AT + len(EXONS[0])  # 0-based, the intron's first base
TABLE = [
    # UTRs and neighbours
    (AT + 1, "G", "A", "5_prime_UTR_variant", "", "1/2", ""),
    (ACCEPTOR + 16, "C", "A", "3_prime_UTR_variant", "", "2/2", ""),
    (AT - 1, "C", "A", "upstream_gene_variant", "", "", ""),
    (AT - 5_000, "A", "C", "upstream_gene_variant", "", "", ""),
    (len(GENOME) - AT + 10, "A", "C", "downstream_gene_variant", "", "", ""),
    # Residues
    (AT + 7, "G", "A", "missense_variant", "A/T", "1/2", ""),
    (AT + 9, "T", "A", "synonymous_variant", "A", "1/2", ""),
    (AT + 10, "A", "T", "stop_gained", "K/*", "1/2", ""),
    (AT + 4, "A", "G", "start_lost", "M/V", "1/2", ""),
    (ACCEPTOR + 12, "T", "C", "stop_lost", "*/Q", "2/2", ""),
    (ACCEPTOR + 13, "A", "G", "stop_retained_variant", "*", "2/2", ""),
    (AT + 10, "AAA", "", "inframe_deletion", "KK/K", "1/2", ""),
    (AT + 10, "", "GAT", "inframe_insertion", "-/D", "1/2", ""),
    (AT + 10, "", "GCT", "inframe_insertion", "-/A", "1/2", ""),
    (AT + 8, "CTA", "", "protein_altering_variant", "AK/E", "1/2", ""),
    (AT + 8, "C", "", "frameshift_variant", "A/X", "1/2", ""),
    (AT + 10, "", "TAAA", "stop_gained frameshift_variant", "-/*", "1/2", ""),
    # Splicing, from the donor on and from the acceptor back
    (DONOR - 3, "G", "C", "missense_variant splice_region_variant", "G/R", "1/2", ""),
    (DONOR, "G", "A", "splice_donor_variant", "", "", "1/1"),
    (DONOR + 1, "T", "A", "splice_donor_variant", "", "", "1/1"),
    (DONOR + 2, "A", "C", "splice_donor_region_variant intron_variant", "", "", "1/1"),
    (DONOR + 4, "G", "A", "splice_donor_5th_base_variant intron_variant", "", "", "1/1"),
    (DONOR + 6, "C", "A", "splice_region_variant intron_variant", "", "", "1/1"),
    (DONOR + 6, "", "GG", "splice_region_variant intron_variant", "", "", "1/1"),
    (DONOR + 8, "A", "C", "intron_variant", "", "", "1/1"),
    (
        ACCEPTOR - 3,
        "C",
        "G",
        "splice_region_variant splice_polypyrimidine_tract_variant intron_variant",
        "",
        "",
        "1/1",
    ),
    (
        ACCEPTOR - 17,
        "C",
        "G",
        "splice_polypyrimidine_tract_variant intron_variant",
        "",
        "",
        "1/1",
    ),
    (ACCEPTOR - 18, "T", "G", "intron_variant", "", "", "1/1"),
    (ACCEPTOR - 1, "G", "A", "splice_acceptor_variant", "", "", "1/1"),
    (ACCEPTOR - 2, "A", "C", "splice_acceptor_variant", "", "", "1/1"),
    (
        DONOR - 2,
        "GAGT",
        "",
        "splice_donor_variant coding_sequence_variant",
        "",
        "1/2",
        "1/1",
    ),
]


@STRANDS
@pytest.mark.parametrize(("first", "ref", "alt", "terms", "residues", "exon", "intron"), TABLE)
def test_terms_residues_and_numbers(
    first: int, ref: str, alt: str, terms: str, residues: str, exon: str, intron: str, strand: str
) -> None:
    consequence = said(change(first, ref, alt, strand), strand)
    assert consequence is not None
    assert " ".join(consequence.terms) == terms
    assert (consequence.amino_acids, consequence.exon, consequence.intron) == (
        residues,
        exon,
        intron,
    )


@STRANDS
def test_two_changes_in_one_codon_give_one_residue(strand: str) -> None:
    first, second = change(AT + 10, "A", "C", strand), change(AT + 11, "A", "T", strand)
    alone = said(first, strand), said(second, strand)
    together = said(haplotype(first, second), strand)
    assert together is not None
    assert [one and one.amino_acids for one in alone] == ["K/Q", "K/I"]
    assert (together.terms, together.amino_acids) == ((Term.MISSENSE,), "K/L")


@STRANDS
def test_two_frameshifts_may_restore_the_frame(strand: str) -> None:
    lost, gained = change(AT + 9, "T", "", strand), change(AT + 15, "", "C", strand)
    for one in (lost, gained):
        alone = said(one, strand)
        assert alone is not None
        assert Term.FRAMESHIFT in alone.terms
    together = said(haplotype(lost, gained), strand)
    assert together is not None
    assert Term.FRAMESHIFT not in together.terms
    assert together.amino_acids == "AKK/AKT"


@STRANDS
def test_a_change_beside_a_frameshift_far_away_does_not_undo_it(strand: str) -> None:
    changes = change(AT + 9, "T", "", strand), change(ACCEPTOR + 16, "C", "A", strand)
    together = said(haplotype(*changes), strand)
    assert together is not None
    assert set(together.terms) == {Term.FRAMESHIFT, Term.UTR_3}


@STRANDS
def test_a_transcript_without_a_coding_part(strand: str) -> None:
    exon = said(change(AT + 7, "G", "A", strand), strand, is_coding=False)
    intron = said(change(DONOR + 12, "T", "A", strand), strand, is_coding=False)
    assert exon is not None
    assert exon.terms == (Term.NON_CODING_EXON,)
    assert intron is not None
    assert intron.terms == (Term.INTRON, Term.NON_CODING_TRANSCRIPT)


@STRANDS
def test_nothing_is_said_five_kb_away(strand: str) -> None:
    assert said(change(AT - 5_001, GENOME[AT - 5_001], "A", strand), strand) is None


@pytest.mark.parametrize(
    ("term", "words", "impact"),
    [
        (Term.MISSENSE, "missense", Impact.MODERATE),
        (Term.FRAMESHIFT, "frameshift", Impact.HIGH),
        (Term.UTR_5, "5' UTR", Impact.MODIFIER),
        (Term.SPLICE_DONOR, "splice donor", Impact.HIGH),
        (Term.SYNONYMOUS, "synonymous", Impact.LOW),
        (Term.UPSTREAM, "upstream", Impact.MODIFIER),
    ],
)
def test_words_and_impacts(term: Term, words: str, impact: Impact) -> None:
    assert (term.words, term.impact) == (words, impact)


def test_the_severest_comes_first_and_each_once() -> None:
    some = [Term.INTRON, Term.MISSENSE, Term.SPLICE_DONOR, Term.MISSENSE]
    assert by_severity(some) == (Term.SPLICE_DONOR, Term.MISSENSE, Term.INTRON)
