"""The one sentence of a variant, from scores worked out by hand."""

import pytest

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring import ActivityChange, Effect, MotifChange, Outcome, outcomes
from genoview.scoring.prediction.clauses import Findings, clauses_of
from genoview.scoring.verdict import Pending, State, Verdict

NAME = "chr1:301:A>G"
ALL = (Assay.SPLICE_SITES, Assay.TSS, Assay.MPRA, Assay.TF_MOTIF)


def site(ref: float, alt: float, at: int = 300) -> Effect:
    track = TrackMetadata("Splice acceptor", Assay.SPLICE_SITES, "+", "probability")
    return Effect(track, Interval("chr1", at, at + 1, "+"), ref, alt, 0)


def promoter(ref: float, alt: float) -> Effect:
    track = TrackMetadata("Promoter probability", Assay.TSS, "-", "probability")
    return Effect(track, Interval("chr1", 300, 350, "-"), ref, alt, 0)


def activity(change: float) -> ActivityChange:
    track = TrackMetadata("HepG2 reporter activity", Assay.MPRA, "+", "log2", None, "HepG2")
    return ActivityChange(track, 1.0, 1.0 + change, 0.05, 18)


def motif(name: str) -> MotifChange:
    track = TrackMetadata(name, Assay.TF_MOTIF, ".", "occupancy")
    return MotifChange(track, Interval("chr1", 295, 305, "+"), 12.0, None, 1e-6, None, 0)


def skipped() -> tuple[Outcome, ...]:
    spans = [Interval("chr1", start, start + 100, "+") for start in (100, 300, 500)]
    exons = tuple(Exon(span) for span in spans)
    transcript = Transcript("T1", Interval("chr1", 100, 600, "+"), exons)
    gene = Gene("G1", "TOY", transcript.interval, (transcript,))
    return outcomes([site(0.9, 0.05)], [gene])


@pytest.mark.parametrize(
    ("outcomes", "effects", "activities", "motifs", "assays", "words"),
    [
        (
            skipped(),
            [site(0.9, 0.05), promoter(0.2, 0.5)],
            [activity(-0.43)],
            [motif("HNF4A"), motif("RXRA")],
            ALL,
            "TOY T1: exon 2 very likely skipped (−100 bp; acceptor lost at the variant, 0.90 → "
            "0.05); promoter probability up by 0.30 (− strand); HepG2 reporter activity "
            "down 26% (log2 −0.43 ± 0.05); HNF4A site lost and 1 further motif site changes",
        ),
        (
            (),
            [site(0.5, 0.4)],
            [activity(0.02)],
            [],
            ALL,
            "no splice site change of 0.2 or more (largest on the tracks 0.10); no clear change "
            "of promoter probability, reporter activity or motif sites",
        ),
        ((), [], [], None, (Assay.SPLICE_SITES,), "no splice site changes"),
        (
            (),
            [],
            [activity(0.02)],
            None,
            (Assay.MPRA, Assay.RNA_SEQ),
            "no clear change of reporter activity",
        ),
        (
            (),
            [site(0.0, 0.6)],
            [],
            None,
            (Assay.SPLICE_SITES,),
            "likely acceptor gained at the variant, 0.00 → 0.60, at no exon of a known transcript",
        ),
    ],
)
def test_the_sentence_names_what_was_predicted_and_nothing_else(
    outcomes: tuple[Outcome, ...],
    effects: list[Effect],
    activities: list[ActivityChange],
    motifs: list[MotifChange] | None,
    assays: tuple[Assay, ...],
    words: str,
) -> None:
    findings = Findings(assays, outcomes, effects, activities=activities, motifs=motifs)
    assert Verdict(NAME, clauses=clauses_of(findings)).sentence == f"{NAME}: {words}."


def test_before_any_model_has_answered_there_is_no_sentence() -> None:
    assert Verdict(NAME, clauses=clauses_of(Findings(()))).sentence == ""


def pending(*models: tuple[str, State]) -> tuple[Pending, ...]:
    return tuple(Pending(family, f"Toy {family}", state) for family, state in models)


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        ((), "HNF4A p.(Thr117Ile), missense; no motif site changes."),
        (
            (("splicing", State.RUNNING),),
            "So far (splicing is running): HNF4A p.(Thr117Ile), missense; no motif site changes.",
        ),
        (
            (("splicing", State.QUEUED), ("splicing", State.RUNNING), ("expression", State.QUEUED)),
            "So far (splicing is running, expression is queued): HNF4A p.(Thr117Ile), missense; "
            "no motif site changes.",
        ),
        (
            (("splicing", State.RUNNING), ("expression", State.RUNNING)),
            "So far (splicing and expression are running): HNF4A p.(Thr117Ile), missense; no motif "
            "site changes.",
        ),
        (
            (("splicing", State.NOT_COMPUTED),),
            "So far (splicing is not computed): HNF4A p.(Thr117Ile), missense; no motif site "
            "changes.",
        ),
        (
            (("splicing", State.STOPPED),),
            "HNF4A p.(Thr117Ile), missense; no motif site changes; splicing by Toy splicing is "
            "unknown: it was stopped.",
        ),
    ],
)
def test_the_sentence_says_who_has_not_spoken(
    waiting: tuple[tuple[str, State], ...], words: str
) -> None:
    consequence = "HNF4A p.(Thr117Ile), missense"
    verdict = Verdict(NAME, consequence, "HNF4A", ("no motif site changes",), pending(*waiting))
    assert verdict.sentence == words
    assert verdict.is_final is not words.startswith("So far")


def test_while_all_run_and_no_transcript_is_near_the_name_stands_alone() -> None:
    verdict = Verdict(NAME, pending=pending(("splicing", State.QUEUED)))
    assert verdict.sentence == f"So far (splicing is queued): {NAME}."
