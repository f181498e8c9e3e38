"""Random coding changes of the embedded chromosome: strand, placement and protein names agree."""

import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import (
    Exon,
    Interval,
    Transcript,
    Variant,
    reverse_complement,
)
from genoview.data.transcript.edits import Edit, Fetch, edit_of, most_3prime, room
from genoview.data.transcript.numbering import TranscriptMap
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.query.hgvs_names.protein import UNCHANGED, UNKNOWN, consequence
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence, consequence_of

SLICE = Interval("chr20", 42_500_000, 43_470_000)
CODING = {
    Term.MISSENSE,
    Term.SYNONYMOUS,
    Term.STOP_GAINED,
    Term.STOP_LOST,
    Term.STOP_RETAINED,
    Term.START_LOST,
    Term.FRAMESHIFT,
    Term.INFRAME_DELETION,
    Term.INFRAME_INSERTION,
    Term.PROTEIN_ALTERING,
}
MEANINGS = {
    r"Met1\?": {Term.START_LOST},
    r"=\)": {Term.SYNONYMOUS, Term.STOP_RETAINED},
    r"fs": {Term.FRAMESHIFT},
    r"ext": {Term.STOP_LOST, Term.FRAMESHIFT, Term.INFRAME_INSERTION},
    r"[0-9]Ter\)": {Term.STOP_GAINED, Term.FRAMESHIFT},  # which reaches a stop at once
    r"^p\.\((?!Ter|Met1\?)[A-Z][a-z]{2}[0-9]+(?!Ter)[A-Z][a-z]{2}\)": {
        Term.MISSENSE,
        Term.PROTEIN_ALTERING,
    },
}
NAMED = {
    Term.SYNONYMOUS: r"=\)",
    Term.STOP_GAINED: "Ter",
    Term.STOP_LOST: r"ext|fs|\?|del",
    Term.FRAMESHIFT: r"fs|Ter|ext|\?",
    Term.INFRAME_DELETION: r"del|Ter|\?",
    Term.INFRAME_INSERTION: r"ins|dup|Ter|\?",
}
BASES = st.text("ACGT", max_size=6)


@cache
def coding_transcripts() -> list[Transcript]:
    return [
        transcript
        for gene in refseq_genes("GRCh37").genes(SLICE)
        for transcript in gene.transcripts
        if SLICE.contains(transcript.interval) and any(exon.coding for exon in transcript.exons)
    ]


@st.composite
def changes(draw: st.DrawFn) -> tuple[Transcript, int, int, str]:
    """A transcript, 0-based start, number of bases and what comes in their place."""
    transcript = draw(st.sampled_from(coding_transcripts()))
    exon = draw(st.sampled_from([exon for exon in transcript.exons if exon.coding]))
    assert exon.coding is not None
    start = draw(st.integers(exon.coding.start, exon.coding.end - 1))
    n_ref = draw(st.integers(0, min(6, exon.coding.end - start)))
    return transcript, start, n_ref, draw(BASES)


def variant_of(change: tuple[Transcript, int, int, str], fetch: Fetch) -> Variant | None:
    _, start, n_ref, alt = change
    before, ref = (
        fetch(Interval("chr20", start - 1, start)),
        fetch(Interval("chr20", start, start + n_ref)) if n_ref else "",
    )
    if ref == alt or "N" in before + ref:
        return None
    return Variant("chr20", start, before + ref, before + alt)


def mirrored(transcript: Transcript, length: int) -> Transcript:
    """The same message on the other strand of a mirrored chromosome."""
    strand = "-" if transcript.interval.strand == "+" else "+"

    def turned(interval: Interval) -> Interval:
        return Interval(interval.chrom, length - interval.end, length - interval.start, strand)

    exons = tuple(
        Exon(turned(exon.interval), exon.coding and turned(exon.coding))
        for exon in transcript.exons[::-1]
    )
    return Transcript(transcript.transcript_id, turned(transcript.interval), exons)


def said(consequence: Consequence | None) -> tuple[object, ...]:
    assert consequence is not None
    return (
        consequence.terms,
        consequence.exon,
        consequence.intron,
        consequence.codons,
        consequence.amino_acids,
        consequence.residue,
    )


@given(changes())
def test_the_other_strand_says_the_same(
    demo: Assembly, change: tuple[Transcript, int, int, str]
) -> None:
    fetch, length = demo.reference.fetch, SLICE.end + 5_000
    variant = variant_of(change, fetch)
    if variant is None:
        return
    after = fetch(Interval("chr20", variant.end, variant.end + 1))
    ref, alt = (reverse_complement(one[1:] + after) for one in (variant.ref, variant.alt))
    twin = Variant("chr20", length - variant.end, ref, alt)

    def turned(interval: Interval) -> str:
        there = Interval(interval.chrom, length - interval.end, length - interval.start)
        return reverse_complement(fetch(there))

    assert said(consequence_of(variant, change[0], fetch)) == said(
        consequence_of(twin, mirrored(change[0], length), turned)
    )


@given(changes())
def test_where_a_repeat_is_written_does_not_matter(
    demo: Assembly, change: tuple[Transcript, int, int, str]
) -> None:
    fetch = demo.reference.fetch
    variant = variant_of(change, fetch)
    if variant is None or ((edit := edit_of(variant)).ref and edit.alt):
        return
    left, right = (
        anchored(edit.moved(n), fetch) for n in (-room(edit, fetch, True), room(edit, fetch, False))
    )
    assert left == variant.normalised(fetch)
    assert said(consequence_of(left, change[0], fetch)) == said(
        consequence_of(right, change[0], fetch)
    )


def anchored(edit: Edit, fetch: Fetch) -> Variant:
    before = fetch(Interval(edit.chrom, edit.start - 1, edit.start))
    return Variant(edit.chrom, edit.start, before + edit.ref, before + edit.alt)


def is_last(name: str, numbering: TranscriptMap) -> bool:
    """A name of the last residues: in-frame loss is written p.(Ser76Ter), a new stop may be `=`."""
    match = re.search("([0-9]+)(Ter|=)", name)
    n_residues = (numbering.behind_coding - numbering.first_coding) // 3 - 1
    return match is not None and int(match[1]) > n_residues - 3


@given(changes())
def test_terms_agree_with_protein_names(
    demo: Assembly, change: tuple[Transcript, int, int, str]
) -> None:
    fetch = demo.reference.fetch
    variant, numbering = variant_of(change, fetch), TranscriptMap(change[0])
    if variant is None:
        return
    terms = consequence_of(variant, change[0], fetch)
    assert terms is not None
    name = consequence(most_3prime(edit_of(variant), fetch, numbering.backward), numbering, fetch)
    if name in ("", UNKNOWN, UNCHANGED) or not CODING & set(terms.terms):
        return
    words = str(variant), change[0].transcript_id, name, terms
    for pattern, fitting in MEANINGS.items():
        if re.search(pattern, name):
            assert fitting & set(terms.terms) or is_last(name, numbering), words
    for term, pattern in NAMED.items():
        if term in terms.terms and Term.START_LOST not in terms.terms:
            assert re.search(pattern, name) or is_last(name, numbering), words
