"""Positions along transcripts and back: a worked example on both strands, and random ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Interval, Transcript, Variant
from genoview.data.transcript.numbering import Place, TranscriptMap
from genoview.errors import QueryError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.query.hgvs_names import names_of, resolve_name

REGION = Interval("chr20", 42_484_000, 43_484_000)
TRANSCRIPTS = sorted(
    (
        one
        for gene in refseq_genes("GRCh37").genes(REGION)
        for one in gene.transcripts
        if REGION.contains(one.interval)
    ),
    key=lambda one: one.transcript_id,
)
transcripts = st.sampled_from(TRANSCRIPTS)


def toy(strand: str) -> TranscriptMap:
    """Exons 100-110, 120-129 and 140-150; the coding part is 104-146."""
    exons = [
        Exon(Interval("chr1", a, b, strand), Interval("chr1", c, d, strand))
        for a, b, c, d in ((100, 110, 104, 110), (120, 129, 120, 129), (140, 150, 140, 146))
    ]
    return TranscriptMap(Transcript("T.1", Interval("chr1", 100, 150, strand), tuple(exons)))


@pytest.mark.parametrize(
    ("strand", "position", "label"),
    [
        ("+", 104, "1"),
        ("+", 103, "-1"),
        ("+", 100, "-4"),
        ("+", 97, "-7"),
        ("+", 109, "6"),
        ("+", 110, "6+1"),
        ("+", 114, "6+5"),
        ("+", 115, "7-5"),
        ("+", 120, "7"),
        ("+", 134, "15+6"),  # the middle of an intron of 11 bp counts from before it
        ("+", 135, "16-5"),
        ("+", 145, "21"),
        ("+", 146, "*1"),
        ("+", 149, "*4"),
        ("+", 152, "*7"),
        ("-", 145, "1"),
        ("-", 146, "-1"),
        ("-", 152, "-7"),
        ("-", 140, "6"),
        ("-", 139, "6+1"),
        ("-", 134, "6+6"),
        ("-", 133, "7-5"),
        ("-", 128, "7"),
        ("-", 104, "21"),
        ("-", 103, "*1"),
        ("-", 97, "*7"),
    ],
)
def test_a_place_has_its_number(strand: str, position: int, label: str) -> None:
    numbering = toy(strand)
    assert numbering.label(numbering.place(position), "c") == label
    assert numbering.position(numbering.read(label, "c")) == position


def test_n_counts_from_the_first_base() -> None:
    numbering = toy("+")
    assert numbering.label(numbering.place(120), "n") == "11"
    assert numbering.label(numbering.place(99), "n") == "-1"
    assert numbering.read("11", "n") == Place(10)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "counting is from 1"),
        ("22", "behind the last position"),
        ("5+1", "no exon of T.1 ends at its base; the exon there ends at c.6"),
        ("8-1", "the exon there begins at c.7"),
        ("6+11", "10 bp long"),
    ],
)
def test_a_position_that_is_not_there_is_refused(text: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        toy("+").read(text, "c")


@given(transcripts, st.data())
def test_every_base_of_the_demo_keeps_its_place(one: Transcript, data: st.DataObject) -> None:
    numbering = TranscriptMap(one)
    reach = one.interval.expanded(200)
    position = data.draw(st.integers(reach.start, reach.end - 1))
    place = numbering.place(position)
    assert numbering.position(place) == position
    assert numbering.read(numbering.label(place, numbering.kind), numbering.kind) == place
    inside = any(exon.interval.start <= position < exon.interval.end for exon in one.exons)
    assert inside == (place.offset == 0 and 0 <= place.base < numbering.length)


@given(transcripts, st.data())
def test_a_base_counts_along_the_transcript(one: Transcript, data: st.DataObject) -> None:
    numbering = TranscriptMap(one)
    base = data.draw(st.integers(0, numbering.length - 1))
    label = numbering.label(Place(base), numbering.kind)
    assert numbering.place(numbering.position(numbering.read(label, numbering.kind))) == (base, 0)


@given(transcripts, st.data())
def test_a_variant_is_found_again_by_its_names(
    demo: Assembly, one: Transcript, data: st.DataObject
) -> None:
    fetch = demo.reference.fetch
    start = data.draw(st.integers(one.interval.start, one.interval.end - 10))
    ref = fetch(Interval("chr20", start, start + data.draw(st.integers(1, 9))))
    alt = data.draw(st.one_of(st.text("ACGT", min_size=1, max_size=9), st.just(ref[:1])))
    if alt == ref:
        return
    variant = Variant("chr20", start + 1, ref, alt).normalised(fetch)
    names = names_of(variant, one, demo)
    for name in (names.coding, names.genomic):
        assert [found.variant for found in resolve_name(name, demo)] == [variant]
