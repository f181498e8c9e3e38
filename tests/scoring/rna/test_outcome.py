"""Transcripts small enough to be read by eye: UTRs, lost starts and stops, new exons, words."""

from dataclasses import dataclass, field

import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant, reverse_complement
from genoview.data.track_data import Assay, TrackMetadata
from genoview.data.transcript.alt_exons import edits_as_written
from genoview.scoring import Effect, outcomes
from genoview.scoring.rna import words
from genoview.scoring.rna.codons import alt_codons
from genoview.scoring.rna.decay import Decay
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome
from genoview.scoring.rna.outcomes import spliced_outcomes, unspliced_outcome

# 5' UTR exon, three coding exons of 60, 90 and 60 nt and a 3' UTR exon; introns of 200 nt of C.
INTRON = "C" * 200
ONE, TWO, THREE = "GGGATG" + "GCT" * 18, "AAA" * 30, "GAT" * 17 + "TAA" + "GGGGGG"
PIECES = ["G" * 50, ONE, TWO, THREE, "G" * 80]
BASES = "C" * 100 + INTRON.join(PIECES) + "C" * 100
FIRST = [100 + sum(map(len, PIECES[:i])) + 200 * i for i in range(5)]
ENDS = [first + len(piece) for first, piece in zip(FIRST, PIECES, strict=True)]
CODING = FIRST[1] + 3, FIRST[3] + len(THREE) - 6
PROTEIN = "M" + "A" * 18 + "K" * 30 + "D" * 17 + "*"


@dataclass
class Toy:
    """The gene on either strand."""

    strand: str
    bases: str = field(init=False)

    def __post_init__(self) -> None:
        self.bases = BASES if self.strand == "+" else reverse_complement(BASES)

    def interval(self, start: int, end: int) -> Interval:
        if self.strand == "-":
            start, end = len(BASES) - end, len(BASES) - start
        return Interval("chr1", start, end, self.strand)

    @property
    def gene(self) -> Gene:
        exons = []
        for start, end in zip(FIRST, ENDS, strict=True):
            first, behind = max(start, CODING[0]), min(end, CODING[1])
            coding = self.interval(first, behind) if first < behind else None
            exons.append(Exon(self.interval(start, end), coding))
        exons.sort(key=lambda exon: exon.interval.start)
        whole = self.interval(FIRST[0], ENDS[-1])
        return Gene("G1", "TOY", whole, (Transcript("T1", whole, tuple(exons)),))

    def fetch(self, interval: Interval) -> str:
        return self.bases[interval.start : interval.end]

    def variant(self, start: int, n_ref: int, alt: str) -> Variant:
        if self.strand == "-":
            start, alt = len(BASES) - start - n_ref, reverse_complement(alt)
        anchor = self.bases[start - 1]
        return Variant("chr1", start, anchor + self.bases[start : start + n_ref], anchor + alt)

    def spliced(self, *sites: tuple[str, int, float], variant: Variant | None = None) -> RnaOutcome:
        effects = []
        for kind, at, change in sites:
            track = TrackMetadata(f"Splice {kind}", Assay.SPLICE_SITES, self.strand, "probability")
            values = (0.0, change) if change > 0 else (-change, 0.0)
            effects.append(Effect(track, self.interval(at, at + 1), *values, 0))
        variant = variant or self.variant(5, 1, "T")
        found = outcomes(effects, [self.gene], variant)
        return spliced_outcomes(found, variant, self.fetch)[0]

    def unspliced(self, variant: Variant) -> RnaOutcome:
        edits = edits_as_written(variant)
        return unspliced_outcome("TOY", self.gene.transcripts[0], edits, self.fetch)


@pytest.fixture(params=["+", "-"])
def toy(request: pytest.FixtureRequest) -> Toy:
    return Toy(request.param)


def test_the_protein_before_is_read_from_all_exons(toy: Toy) -> None:
    result = toy.spliced(("acceptor", FIRST[2], -0.9))
    assert result.before.protein == PROTEIN
    assert result.before.lengths == tuple(map(len, PIECES))


def test_a_skipped_exon_in_frame(toy: Toy) -> None:
    result = toy.spliced(("acceptor", FIRST[2], -0.9))
    assert result.after.protein == PROTEIN.replace("K", "")
    assert words.sentence(result) == (
        "TOY T1: exon 3 very likely skipped; in frame (−90 bp, 30 residues lost), "
        "p.(Lys20_Lys49del); 30 of 66 residues lost (45%)"
    )
    assert result.decay.decay is Decay.NOT_ASKED


def test_neighbouring_exons_skipped_together_without_the_stop(toy: Toy) -> None:
    result = toy.spliced(("acceptor", FIRST[2], -0.9), ("donor", ENDS[3] - 1, -0.9))
    assert words.splicing(result) == "exons 3 and 4 very likely skipped"
    assert result.effect is ProteinEffect.STOP_LOST
    assert result.stop_codon is None


def test_a_retained_intron_reads_into_it(toy: Toy) -> None:
    result = toy.spliced(("donor", ENDS[2] - 1, -0.6), ("acceptor", FIRST[3], -0.6))
    assert words.splicing(result) == "intron 3 likely retained"
    assert result.frame == "frameshift (+200 bp)"
    assert result.after.protein.startswith("M" + "A" * 18 + "K" * 30 + "P" * 66)


def test_a_new_exon_with_a_stop_is_expected_to_be_degraded(toy: Toy) -> None:
    at = ENDS[1] + 60
    variant = toy.variant(at + 9, 0, "TAATAACTAAC")
    result = toy.spliced(
        ("acceptor", at, 0.6), ("donor", at + 45, 0.1), variant=variant
    )  # a weak donor is enough beside a strong acceptor
    assert words.splicing(result) == "likely a new exon of 57 bp in intron 2"
    assert len(result.after.lengths) == 6
    assert result.after.lengths[2] == 57
    assert (result.effect, result.stop_exon) == (ProteinEffect.STOP_GAINED, 3)
    assert result.decay.decay is Decay.EXPECTED


def test_a_gained_site_alone_is_a_further_end_of_its_exon(toy: Toy) -> None:
    at = ENDS[1] + 100
    result = toy.spliced(("donor", at, 0.6))
    assert (
        words.splicing(result)
        == "exon 2 likely extended by 101 bp at its 3' end in some transcripts"
    )


def test_splicing_of_a_utr_leaves_the_protein(toy: Toy) -> None:
    result = toy.spliced(("donor", ENDS[0] - 1, -0.9), ("donor", ENDS[0] + 8, 0.9))
    assert words.sentence(result) == (
        "TOY T1: exon 1 very likely extended by 9 bp at its 3' end; the protein is unchanged"
    )
    assert result.decay.decay is Decay.NOT_ASKED


def test_a_lost_start_codon_leaves_the_protein_open(toy: Toy) -> None:
    skipped = toy.spliced(("acceptor", FIRST[1], -0.9))
    changed = toy.unspliced(toy.variant(CODING[0], 1, "G"))
    for result in (skipped, changed):
        assert result.effect is ProteinEffect.START_LOST
        assert result.name == "p.(Met1?)"
        assert "the start codon is lost" in words.sentence(result)
        assert result.stop_codon is None


def test_bases_inserted_before_the_start_codon_do_not_move_reading(toy: Toy) -> None:
    result = toy.unspliced(toy.variant(CODING[0], 0, "CC"))
    assert result.effect is ProteinEffect.UNCHANGED
    assert result.after.protein == PROTEIN


def test_a_frameshift_is_read_to_its_new_stop(toy: Toy) -> None:
    result = toy.unspliced(toy.variant(FIRST[3] + 3, 1, ""))  # GAT GAT -> GAT ATG
    assert result.effect is ProteinEffect.FRAMESHIFT
    assert words.protein(result).startswith("frameshift (−1 bp), p.(Asp51MetfsTer")
    assert result.decay.decay is not Decay.EXPECTED


def test_a_gained_stop_by_a_substitution(toy: Toy) -> None:
    result = toy.unspliced(toy.variant(FIRST[2], 1, "T"))  # AAA -> TAA
    assert (result.effect, result.name) == (ProteinEffect.STOP_GAINED, "p.(Lys20Ter)")
    assert words.residues(result) == "47 of 66 residues lost (71%)"
    assert words.stop(result) == "new stop codon at residue 20, in exon 3 of 5"
    assert result.decay.decay is Decay.EXPECTED


def test_a_lost_stop_reads_on(toy: Toy) -> None:
    result = toy.unspliced(toy.variant(CODING[1] - 3, 1, "C"))  # TAA -> CAA
    assert result.effect is ProteinEffect.STOP_LOST
    assert result.name == "p.(Ter67GlnextTer?)"


def test_missense_and_synonymous_codons_of_alt(toy: Toy) -> None:
    variant = toy.variant(FIRST[2] + 4, 1, "G")  # AAA -> AGA
    result = toy.unspliced(variant)
    codons = alt_codons(result, variant)
    assert [codon.residue for codon in codons[:3]] == ["R", "K", "K"]
    assert [codon.changed for codon in codons] == [True, *[False] * (len(codons) - 1)]
    place = toy.interval(FIRST[2] + 3, FIRST[2] + 6)
    assert set(codons[0].over) == set(range(place.start, place.end))
    silent = toy.variant(FIRST[2] + 5, 1, "G")
    assert alt_codons(toy.unspliced(silent), silent) == ()


def test_codons_behind_an_insertion_are_changed_and_some_have_no_base_of_ref(toy: Toy) -> None:
    variant = toy.variant(FIRST[2] + 3, 0, "GGGGGGG")
    codons = alt_codons(toy.unspliced(variant), variant)
    assert [codon.residue for codon in codons[:3]] == ["G", "G", "E"]
    assert all(codon.changed for codon in codons)
    assert [len(codon.over) for codon in codons[:3]] == [0, 0, 2]


def test_a_residue_that_stays_over_other_bases_is_not_set_off(toy: Toy) -> None:
    variant = toy.variant(FIRST[2] + 5, 0, "AGGGG")  # AA|A GGG GA.: Lys stays
    first, second, third, *_ = alt_codons(toy.unspliced(variant), variant)
    assert [(one.residue, one.changed) for one in (first, second, third)] == [
        ("K", False),
        ("G", True),
        ("E", True),
    ]
    assert (len(first.over), len(second.over)) == (2, 0)


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (BASES.replace("GGGATG", "GGGCTG"), "does not begin with ATG"),
        (BASES.replace("A" * 90, "A" * 40 + "N" + "A" * 49), "does not have all bases"),
        (BASES.replace("A" * 90, "A" * 42 + "TGA" + "A" * 45), "selenocysteine"),
    ],
)
def test_a_record_that_is_not_read_through_says_so(broken: str, problem: str) -> None:
    toy = Toy("+")
    toy.bases = broken
    result = toy.spliced(("acceptor", FIRST[2], -0.9))
    assert result.effect is ProteinEffect.UNKNOWN
    assert problem in words.sentence(result)
    assert result.alignment is None
    assert result.name == ""
