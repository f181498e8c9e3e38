"""Random transcripts, splice changes and variants: lengths, reading, decay and names agree."""

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from genoview.data.allele_alignment import alt_over_ref
from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant, reverse_complement
from genoview.data.track_data import Assay, TrackMetadata
from genoview.data.transcript.alt_exons import edits_as_written
from genoview.data.transcript.edits import Fetch, edit_of, most_3prime
from genoview.data.transcript.numbering import TranscriptMap
from genoview.io.assembly import Assembly
from genoview.query.hgvs_names.protein import consequence
from genoview.scoring import Effect, outcomes
from genoview.scoring.consequence.transcripts import placed_edits
from genoview.scoring.rna.decay import Decay
from genoview.scoring.rna.outcome import LONGEST_NAME, ProteinEffect, RnaOutcome
from genoview.scoring.rna.outcomes import spliced_outcomes, unspliced_outcome
from tests.scoring.consequence.test_properties import coding_transcripts

SENSE = [a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT"]
SENSE = [codon for codon in SENSE if codon not in ("TAA", "TAG", "TGA")]
SLICE = Interval("chr20", 42_500_000, 43_470_000)
Change = tuple[str, int, float, float]  # kind, base on the forward strand, REF, ALT


class Toy:
    """A chromosome with one gene, forward or mirrored."""

    def __init__(self, bases: str, spans: list[tuple[int, int]], coding: tuple[int, int]) -> None:
        self.bases, self.spans, self.coding = bases, spans, coding

    def gene(self, strand: str) -> Gene:
        exons = [self._exon(span, strand) for span in self.spans]
        exons.sort(key=lambda exon: exon.interval.start)
        whole = Interval("chr1", exons[0].interval.start, exons[-1].interval.end, strand)
        return Gene("G1", "TOY", whole, (Transcript("T1", whole, tuple(exons)),))

    def _exon(self, span: tuple[int, int], strand: str) -> Exon:
        first, behind = max(span[0], self.coding[0]), min(span[1], self.coding[1])
        part = self._interval(first, behind, strand) if first < behind else None
        return Exon(self._interval(*span, strand), part)

    def _interval(self, start: int, end: int, strand: str) -> Interval:
        if strand == "-":
            start, end = len(self.bases) - end, len(self.bases) - start
        return Interval("chr1", start, end, strand)

    def fetch(self, strand: str) -> Fetch:
        bases = self.bases if strand == "+" else reverse_complement(self.bases)
        return lambda interval: bases[interval.start : interval.end]

    def effect(self, change: Change, strand: str) -> Effect:
        kind, at, ref, alt = change
        place = self._interval(at, at + 1, strand)
        track = TrackMetadata(f"Splice {kind}", Assay.SPLICE_SITES, strand, "probability")
        return Effect(track, place, ref, alt, 0)

    def variant(self, start: int, n_ref: int, alt: str, strand: str) -> Variant:
        """Anchored as VCF writes it, at the base before."""
        bases, new = self.bases, alt
        if strand == "-":
            start = len(bases) - start - n_ref
            bases, new = reverse_complement(bases), reverse_complement(alt)
        anchor = bases[start - 1]
        return Variant("chr1", start, anchor + bases[start : start + n_ref], anchor + new)


@st.composite
def toys(draw: st.DrawFn) -> Toy:
    """Two to five exons whose coding part is read from ATG to a stop."""
    widths = draw(st.lists(st.integers(20, 90), min_size=2, max_size=5))
    gaps = draw(st.lists(st.integers(60, 200), min_size=len(widths), max_size=len(widths)))
    spans, at = [], 100
    for width, gap in zip(widths, gaps, strict=True):
        spans.append((at, at + width))
        at += width + gap
    length = at + 100
    random = Random(draw(st.integers(0, 2**32 - 1)))  # a choice by hypothesis itself costs 30 us
    bases = [random.choice("ACGT") for _ in range(length)]
    places = [place for span in spans for place in range(*span)]
    before = draw(st.integers(0, 15))
    n_codons = (len(places) - before - draw(st.integers(0, 15))) // 3
    codons = ["ATG", *(random.choice(SENSE) for _ in range(n_codons - 2)), "TAA"]
    coding = places[before : before + 3 * n_codons]
    for place, base in zip(coding, "".join(codons), strict=True):
        bases[place] = base
    return Toy("".join(bases), spans, (coding[0], coding[-1] + 1))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Toy, list[Change], tuple[int, int, str]]:
    """A gene, changes of its sites or others, and a change of bases."""
    toy = draw(toys())
    own = [("acceptor", span[0]) for span in toy.spans] + [
        ("donor", span[1] - 1) for span in toy.spans
    ]
    anywhere = st.tuples(
        st.sampled_from(["acceptor", "donor"]), st.integers(100, toy.spans[-1][1] - 1)
    )
    sites = draw(
        st.lists(st.one_of(st.sampled_from(own), anywhere), min_size=1, max_size=4, unique=True)
    )
    values = st.floats(0, 1)
    changes = [(*site, draw(values), draw(values)) for site in sites]
    start = draw(st.integers(90, toy.spans[-1][1]))
    n_ref, alt = draw(st.integers(0, 9)), draw(st.text("ACGT", max_size=9))
    assume(alt != toy.bases[start : start + n_ref])
    return toy, changes, (start, n_ref, alt)


def outcomes_of(
    toy: Toy, changes: list[Change], edit: tuple[int, int, str], strand: str
) -> tuple[RnaOutcome, ...]:
    variant = toy.variant(*edit, strand)
    effects = [toy.effect(change, strand) for change in changes]
    return spliced_outcomes(
        outcomes(effects, [toy.gene(strand)], variant), variant, toy.fetch(strand)
    )


def unspliced_of(toy: Toy, edit: tuple[int, int, str], strand: str) -> RnaOutcome:
    variant = toy.variant(*edit, strand)
    transcript = toy.gene(strand).transcripts[0]
    return unspliced_outcome("TOY", transcript, edits_as_written(variant), toy.fetch(strand))


@given(cases(), st.sampled_from("+-"))
def test_the_transcript_grows_by_what_its_events_say(
    case: tuple[Toy, list[Change], tuple[int, int, str]], strand: str
) -> None:
    toy, changes, edit = case
    unspliced = len(unspliced_of(toy, edit, strand).after.bases)
    for outcome in outcomes_of(toy, changes, edit, strand):
        assert sum(outcome.after.lengths) == len(outcome.after.bases)
        if len(outcome.events) == 1:
            assert len(outcome.after.bases) == unspliced + outcome.events[0].bases


@given(cases(), st.sampled_from("+-"))
def test_residues_before_the_change_stay_and_the_stop_is_where_it_is_said(
    case: tuple[Toy, list[Change], tuple[int, int, str]], strand: str
) -> None:
    toy, changes, edit = case
    for outcome in (*outcomes_of(toy, changes, edit, strand), unspliced_of(toy, edit, strand)):
        assert outcome.before.protein.endswith("*")
        assert outcome.problem == ""
        if outcome.alignment is None:
            assert outcome.effect is ProteinEffect.START_LOST
            continue
        kept = outcome.region[0] // 3
        assert outcome.after.protein[:kept] == outcome.before.protein[:kept]
        aligned = outcome.alignment
        assert aligned.before.replace("-", "") == outcome.before.protein
        assert aligned.after.replace("-", "") == outcome.after.protein
        n_kept = outcome.before.n_residues - aligned.n_lost
        assert n_kept == outcome.after.n_residues - aligned.n_new
        if outcome.after.stop is not None:
            stop = outcome.after.bases[outcome.after.stop :][:3]
            assert stop in ("TAA", "TAG", "TGA")


@given(cases(), st.sampled_from("+-"))
def test_no_decay_is_expected_of_a_stop_in_the_last_exon(
    case: tuple[Toy, list[Change], tuple[int, int, str]], strand: str
) -> None:
    toy, changes, edit = case
    for outcome in outcomes_of(toy, changes, edit, strand):
        if outcome.stop_exon == len(outcome.after.lengths):
            assert outcome.decay.decay in (Decay.NOT_EXPECTED, Decay.NOT_ASKED)
        if outcome.decay.decay is Decay.EXPECTED:
            assert outcome.after.stop is not None
            assert outcome.after.stop + 3 + 55 < sum(outcome.after.lengths[:-1])


@given(cases())
def test_the_strands_mirror_each_other(
    case: tuple[Toy, list[Change], tuple[int, int, str]],
) -> None:
    toy, changes, (start, _, alt) = case
    edit = (start, len(alt), alt)  # an indel is written at its left end on either strand
    assume(alt and alt != toy.bases[start : start + len(alt)])
    forward, backward = (outcomes_of(toy, changes, edit, strand) for strand in "+-")
    assert [one.after.bases for one in forward] == [one.after.bases for one in backward]
    assert [one.name for one in forward] == [one.name for one in backward]
    assert [one.decay for one in forward] == [one.decay for one in backward]


@given(cases(), st.sampled_from("+-"))
def test_the_bases_are_those_of_alt_over_ref(
    case: tuple[Toy, list[Change], tuple[int, int, str]], strand: str
) -> None:
    toy, changes, edit = case
    variant = toy.variant(*edit, strand)
    letters = alt_over_ref(variant, toy.fetch(strand)(Interval("chr1", 0, len(toy.bases))), 0)
    for outcome in outcomes_of(toy, changes, edit, strand):
        spans = sorted(exon.span for exon in outcome.after.exons)
        edges = {edge for span in spans for edge in span}
        assume(not edges & set(range(variant.start, variant.end + 1)))
        bases = "".join("".join(letters[slice(*span)]) for span in spans)
        if strand == "-":
            bases = reverse_complement(bases)
        assert outcome.after.bases == bases


@given(data=st.data())
def test_names_of_coding_changes_are_those_of_hgvs(demo: Assembly, data: st.DataObject) -> None:
    transcript = data.draw(st.sampled_from(coding_transcripts()))
    exon = data.draw(st.sampled_from([exon for exon in transcript.exons if exon.coding]))
    assert exon.coding is not None
    start = data.draw(st.integers(exon.coding.start + 1, exon.coding.end - 1))
    n_ref = data.draw(st.integers(0, min(6, exon.coding.end - start)))
    fetch = demo.reference.fetch
    ref = fetch(Interval("chr20", start - 1, start + n_ref))
    alt = ref[0] + data.draw(st.text("ACGT", max_size=6))
    assume(ref != alt and set(ref) <= set("ACGT"))
    variant = Variant("chr20", start, ref, alt)
    numbering = TranscriptMap(transcript)
    edit = most_3prime(edit_of(variant), fetch, numbering.backward)
    name = consequence(edit, numbering, fetch)
    assume(name not in ("", "p.?"))
    edits = placed_edits(variant, transcript, fetch)
    outcome = unspliced_outcome("G", transcript, edits, fetch)
    if name.endswith("=)"):
        assert outcome.effect is ProteinEffect.UNCHANGED
    else:
        assert outcome.name == (name if len(name) <= LONGEST_NAME else "")
