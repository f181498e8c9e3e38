"""The four marks: levels by stated rules, and what is running or not predicted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring import ActivityChange, Effect, MotifChange
from genoview.scoring.consequence.terms import Term
from genoview.scoring.marks import MARKED, Level, Mark
from genoview.scoring.prediction.clauses import Findings, clauses_of
from genoview.scoring.prediction.levels import ProteinChange, marks_of
from genoview.scoring.tracks.formula import TrackScore
from genoview.scoring.tracks.gene_mask import FOLD_CHANGE
from genoview.scoring.verdict import Pending, State


def marks(
    findings: Findings,
    protein: ProteinChange | None = None,
    scores: tuple[TrackScore, ...] = (),
    pending: tuple[Pending, ...] = (),
) -> dict[str, Mark]:
    four = marks_of(findings, protein, scores, pending)
    assert tuple(mark.family for mark in four) == MARKED
    assert all(mark.words and mark.rule for mark in four)
    return {mark.family: mark for mark in four}


def activity(change: float, spread: float = 0.01) -> ActivityChange:
    track = TrackMetadata("HepG2 reporter activity", Assay.MPRA, "+", "log2", None, "HepG2")
    return ActivityChange(track, 1.0, 1.0 + change, spread, 18)


def promoter(change: float) -> Effect:
    track = TrackMetadata("Promoter probability", Assay.TSS, "-", "probability")
    return Effect(track, Interval("chr1", 300, 350, "-"), 0.5, 0.5 + change, 0)


def motif(ref_p: float, alt_p: float | None, unlisted: float | None = None) -> MotifChange:
    track = TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "occupancy")
    place = Interval("chr1", 295, 305, "+")
    alt_score = None if alt_p is None else 8.0
    rest = None if unlisted is None else (5.0, unlisted)
    return MotifChange(track, place, 12.0, alt_score, ref_p, alt_p, 0, rest)


@pytest.mark.parametrize(
    ("term", "level"),
    [
        (Term.STOP_GAINED, Level.LARGE),
        (Term.SPLICE_DONOR, Level.LARGE),
        (Term.MISSENSE, Level.SOME),
        (Term.INFRAME_DELETION, Level.SOME),
        (Term.SYNONYMOUS, Level.NONE),
        (Term.INTRON, Level.NONE),
    ],
)
def test_the_protein_by_the_impact_of_its_term(term: Term, level: Level) -> None:
    mark = marks(Findings(()), ProteinChange(term, term.words))["protein"]
    assert (mark.level, mark.number) == (level, None)
    assert "Ensembl VEP" in mark.rule


@pytest.mark.parametrize(
    ("change", "spread", "level"),
    [
        (0.05, 0.0, Level.NONE),
        (-0.3, 0.2, Level.NONE),  # within twice the spread of the networks
        (-0.3, 0.01, Level.SOME),
        (-0.6, 0.01, Level.LARGE),
    ],
)
def test_reporter_activity_by_its_fold_change(change: float, spread: float, level: Level) -> None:
    mark = marks(Findings((Assay.MPRA,), activities=[activity(change, spread)]))["expression"]
    assert (mark.level, mark.unit) == (level, "log2 fold change")
    assert mark.number == pytest.approx(change)


@pytest.mark.parametrize(("change", "level"), [(-0.12, Level.SOME), (0.25, Level.LARGE)])
def test_a_promoter_by_its_probability(change: float, level: Level) -> None:
    mark = marks(Findings((Assay.TSS,), effects=[promoter(change)]))["expression"]
    assert (mark.level, mark.unit) == (level, "probability")


def test_expression_of_a_gene_in_natural_logarithms_is_given_in_log2() -> None:
    track = TrackMetadata("liver", Assay.RNA_SEQ, ".", "reads")
    score = TrackScore(FOLD_CHANGE, track, -0.7, "HNF4A")
    mark = marks(Findings((Assay.RNA_SEQ,)), scores=(score,))["expression"]
    assert (mark.level, mark.words) == (Level.LARGE, "liver of HNF4A: log2 −1.01")
    assert mark.number == pytest.approx(-1.01, abs=0.01)


@pytest.mark.parametrize(
    ("ref_p", "alt_p", "unlisted", "level"),
    [
        (1e-6, 1e-5, None, Level.NONE),
        (1e-6, None, 4e-5, Level.SOME),
        (1e-6, None, 2e-3, Level.LARGE),
    ],
)
def test_binding_by_the_p_value_of_a_motif(
    ref_p: float, alt_p: float | None, unlisted: float | None, level: Level
) -> None:
    mark = marks(Findings((Assay.TF_MOTIF,), motifs=[motif(ref_p, alt_p, unlisted)]))["binding"]
    assert (mark.level, mark.unit) == (level, "decades of p")


P_VALUES = st.floats(1e-9, 1e-4)
CHANGES = st.builds(motif, P_VALUES, st.none() | P_VALUES, st.none() | st.floats(1e-4, 0.5))


@given(st.lists(CHANGES, max_size=4))
def test_the_sentence_names_a_motif_site_where_the_mark_has_a_level(
    changes: list[MotifChange],
) -> None:
    findings = Findings((Assay.TF_MOTIF,), motifs=changes)
    mark, [words] = marks(findings)["binding"], clauses_of(findings)
    assert words.startswith("no motif site") is (mark.level is Level.NONE)
    if mark.level is not Level.NONE:
        top = next(change for change in changes if change.words == mark.words)
        assert words.startswith(f"{top.track.name} site {top.state}")
    n_clear = sum(change.is_clear for change in changes)
    assert ("further" in words) is (n_clear > 1)


def test_a_small_change_of_a_motif_is_given_as_a_number() -> None:
    small = Findings((Assay.TF_MOTIF,), motifs=[motif(1e-6, 1e-5)])
    assert clauses_of(small) == (
        "no motif site's p-value changes 30-fold (largest 10-fold, HNF4A)",
    )


def test_a_family_without_a_model_is_not_predicted_and_one_that_runs_is_running() -> None:
    running = Pending("accessibility", "Toy ATAC", State.QUEUED)
    found = marks(Findings((Assay.MPRA,)), pending=(running,))
    assert {name: mark.level for name, mark in found.items()} == {
        "protein": Level.NONE,
        "splicing": Level.NOT_PREDICTED,
        "expression": Level.NONE,
        "binding": Level.RUNNING,
    }
    assert found["splicing"].words == "no model of splicing is on"
    assert found["binding"].words == "Toy ATAC: queued"


def test_a_model_that_was_stopped_leaves_its_family_unpredicted() -> None:
    stopped = Pending("splicing", "CI-SpliceAI", State.STOPPED)
    mark = marks(Findings(()), pending=(stopped,))["splicing"]
    assert (mark.level, mark.words) == (Level.NOT_PREDICTED, "CI-SpliceAI: stopped")
