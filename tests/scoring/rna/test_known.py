"""Changes of ADA whose transcripts and proteins have been published.

Santisteban et al. 1993 (J Clin Invest 92:2291): stop signals at codons 131, 321, 334 and 348, the
transcripts of all but the last severely reduced. Blood 2002, 99:1005: the last four residues
replaced and 43 added. ClinGen's ADA panel on c.219-2A>G: 48 of 363 residues deleted.
"""

from dataclasses import replace

import pytest

from genoview.data.genome import Gene, Interval, Variant, reverse_complement
from genoview.data.track_data import Assay, TrackMetadata
from genoview.data.transcript.alt_exons import edits_as_written
from genoview.data.transcript.numbering import TranscriptMap
from genoview.io.assembly import Assembly
from genoview.scoring import Effect, outcomes
from genoview.scoring.rna.decay import Decay
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome
from genoview.scoring.rna.outcomes import spliced_outcomes, unspliced_outcome

Site = tuple[str, str, float]  # kind, c. place, ALT - REF


class Ada:
    """The gene with its curated transcript alone."""

    def __init__(self, demo: Assembly) -> None:
        gene = demo.annotation.find("ADA")
        assert gene is not None
        [self.transcript] = [t for t in gene.transcripts if t.transcript_id == "NM_000022.4"]
        self.gene: Gene = replace(gene, transcripts=(self.transcript,))
        self.numbering = TranscriptMap(self.transcript)
        self.fetch = demo.reference.fetch

    def at(self, place: str) -> int:
        return self.numbering.position(self.numbering.read(place, "c"))

    def before(self, place: str, n_bases: int) -> str:
        """Bases of the - strand before an exon."""
        at = self.at(place)
        return reverse_complement(self.fetch(Interval("chr20", at + 1, at + 1 + n_bases)))

    def substituted(self, place: str, alt: str) -> Variant:
        at = self.at(place)
        return Variant("chr20", at + 1, self.fetch(Interval("chr20", at, at + 1)), alt)

    def deleted(self, first: str, last: str) -> Variant:
        start, end = self.at(last) - 1, self.at(first) + 1
        ref = self.fetch(Interval("chr20", start, end))
        return Variant("chr20", start + 1, ref, ref[0])

    def spliced(self, variant: Variant, *sites: Site) -> RnaOutcome:
        effects = []
        for kind, place, change in sites:
            at = self.at(place)
            track = TrackMetadata(f"Splice {kind}", Assay.SPLICE_SITES, "-", "probability")
            values = (0.0, change) if change > 0 else (-change, 0.0)
            effects.append(Effect(track, Interval("chr20", at, at + 1, "-"), *values, 0))
        [result] = spliced_outcomes(outcomes(effects, [self.gene], variant), variant, self.fetch)
        return result

    def unspliced(self, variant: Variant) -> RnaOutcome:
        return unspliced_outcome("ADA", self.transcript, edits_as_written(variant), self.fetch)


@pytest.fixture(scope="module")
def ada(demo: Assembly) -> Ada:
    return Ada(demo)


def words(outcome: RnaOutcome) -> list[str]:
    return [event.words(outcome.certainty) for event in outcome.events]


def test_ivs5_plus_6_skips_exon_5_and_stops_at_codon_131(ada: Ada) -> None:
    result = ada.spliced(ada.substituted("478+6", "T"), ("donor", "478", -0.8))
    assert words(result) == ["exon 5 very likely skipped"]
    assert result.frame == "frameshift (−116 bp)"
    assert result.name == "p.(Gly122LeufsTer10)"
    assert (result.stop_codon, result.decay.decay) == (131, Decay.EXPECTED)


def test_ivs10_plus_1_uses_the_donor_4_bp_further_and_stops_at_codon_334(ada: Ada) -> None:
    variant = ada.substituted("975+1", "T")
    result = ada.spliced(variant, ("donor", "975", -0.9), ("donor", "975+4", 0.9))
    assert words(result) == ["exon 10 very likely extended by 4 bp at its 3' end"]
    assert (result.stop_codon, result.stop_exon) == (334, 11)
    assert result.decay.decay is Decay.EXPECTED


@pytest.mark.parametrize(
    ("first", "last", "name", "stop", "decay"),
    [
        ("955", "959", "p.(Glu319GlyfsTer3)", 321, Decay.EXPECTED),
        ("1019", "1020", "p.(Arg341GlyfsTer8)", 348, Decay.NOT_EXPECTED),
    ],
)
def test_deletions_stop_at_their_codons_and_the_later_escapes_decay(
    ada: Ada, first: str, last: str, name: str, stop: int, decay: Decay
) -> None:
    result = ada.unspliced(ada.deleted(first, last))
    assert (result.name, result.stop_codon, result.decay.decay) == (name, stop, decay)
    assert result.effect is ProteinEffect.FRAMESHIFT


def test_ivs11_minus_15_replaces_four_residues_and_adds_43(ada: Ada) -> None:
    variant = ada.substituted("1079-15", "T")
    result = ada.spliced(variant, ("acceptor", "1079", -0.9), ("acceptor", "1079-13", 0.9))
    assert words(result) == ["exon 12 very likely extended by 13 bp at its 5' end"]
    assert result.alignment is not None
    assert (result.alignment.n_lost, result.alignment.n_new) == (4, 4 + 43)
    assert result.decay.words == "not expected: the new stop codon is in the last exon"


def test_ivs3_minus_2_skips_exon_4_and_loses_48_residues_in_frame(ada: Ada) -> None:
    result = ada.spliced(ada.substituted("219-2", "C"), ("acceptor", "219", -0.9))
    assert words(result) == ["exon 4 very likely skipped"]
    assert result.frame == "in frame (−144 bp, 48 residues lost)"
    assert result.name == "p.(Cys75_Gly122del)"  # as far 3' as can be: 74 to 121 is the same
    assert result.alignment is not None
    assert (result.alignment.n_lost, result.alignment.n_new) == (48, 0)
    assert result.decay.decay is Decay.NOT_ASKED


def test_ivs10_minus_34_adds_32_nt_and_is_open_to_the_end_in_this_genome(ada: Ada) -> None:
    """Published with 100 more residues; the stop there is in the neighbouring frame here."""
    variant = ada.substituted("976-34", "T")
    result = ada.spliced(variant, ("acceptor", "976", -0.9), ("acceptor", "976-32", 0.9))
    assert words(result) == ["exon 11 very likely extended by 32 bp at its 5' end"]
    assert result.frame == "frameshift (+32 bp)"
    assert result.name == "p.(Asn326PhefsTer?)"
    assert result.stop_codon is None
    assert result.after.n_residues == 478
    read = result.after.bases[result.after.start or 0 :]
    assert read[3 * 463 + 1 :][:3] == "TGA"  # codon 464, but for one nt


def test_an_acceptor_within_inserted_bases_ends_the_exon_there(ada: Ada) -> None:
    """AG is CT on the forward strand, behind the 16th of 30 inserted bases; 34 bp of intron."""
    variant = Variant("chr20", 43_249_076, "C", "CACGTTGCAAGGTAAGTCTTTTTCCAGATGC")
    result = ada.spliced(variant, ("acceptor", "976", -0.9), ("acceptor", "976-34", 0.9))
    assert words(result) == ["exon 11 very likely extended by 50 bp at its 5' end"]
    exon = result.after.bases[sum(result.after.lengths[:10]) :][: result.after.lengths[10]]
    assert exon.startswith("ACTTACCTTGCAACGT" + ada.before("976", 34))
