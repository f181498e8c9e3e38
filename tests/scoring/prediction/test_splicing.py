"""The number of the prediction is the largest that the tables show, whatever the tables hold."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring import Change, Effect, outcomes
from genoview.scoring.marks import SPLICING, Level
from genoview.scoring.prediction.clauses import Findings, clauses_of
from genoview.scoring.prediction.levels import marks_of
from genoview.scoring.prediction.splicing import SplicingShown
from genoview.scoring.splicing.delta import KINDS
from genoview.scoring.splicing.gain_loss_report import GainRow
from genoview.scoring.splicing.report import DeltaRow
from genoview.ui.variant.tables.delta_table import _row as delta_cells
from genoview.ui.variant.tables.gain_loss_table import _gain_cells as gain_cells

DISTANCE = 50
POS = 1_000
SITES = (Assay.SPLICE_SITES,)


def delta(
    kind: str, masked: float, raw: float | None = None, at: int = 0, **facts: str
) -> DeltaRow:
    gene, strand = facts.get("gene", "TOY"), facts.get("strand", "+")
    raw = masked if raw is None else raw
    return DeltaRow(gene, strand, kind, Change(raw, at), Change(masked, at), POS)


def gene(*masked: float, at: tuple[int, ...] = (0, 0, 0, 0), **facts: str) -> tuple[DeltaRow, ...]:
    return tuple(
        delta(kind, score, at=place, **facts)
        for kind, score, place in zip(KINDS, masked, at, strict=True)
    )


def site(difference: float, distance: int) -> Effect:
    track = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "+", "probability")
    start = POS - 1 + distance
    low = 0.0 if difference > 0 else -difference
    interval = Interval("chr1", start, start + 1, "+")
    return Effect(track, interval, low, low + difference, distance)


scores = st.floats(0, 1) | st.sampled_from([0.0, 0.194, 0.195, 0.196, 0.2, 0.205, 0.499, 0.5])
places = st.integers(-DISTANCE, DISTANCE)


@st.composite
def tables(draw: st.DrawFn) -> SplicingShown:
    """Genes with masked scores that are the raw ones or 0, gains and losses, and tracks."""
    rows: list[DeltaRow] = []
    for name in draw(st.lists(st.sampled_from(["ADA", "PKIG", "+"]), max_size=2, unique=True)):
        strand = draw(st.sampled_from("+-"))
        for kind in KINDS:
            raw = draw(scores)
            masked = raw if draw(st.booleans()) else 0.0
            rows.append(delta(kind, masked, raw, draw(places), gene=name, strand=strand))
    gains: list[GainRow] = []
    if draw(st.booleans()):
        for kind in ("gain", "loss"):
            raw, at = draw(scores), draw(places)
            change, hidden = Change(raw, at), Change(raw * draw(st.sampled_from([0, 1])), at)
            gains.append(GainRow("Toy", "1", "ADA", "-", kind, change, "heart", hidden, POS))
    effects = draw(
        st.lists(
            st.builds(site, st.floats(0.05, 1) | st.floats(-1, -0.05), st.integers(-900, 900)),
            max_size=3,
        )
    )
    return SplicingShown(
        tuple(rows), tuple(gains), tuple(effects), DISTANCE, is_deep=draw(st.booleans())
    )


def shown_numbers(shown: SplicingShown, name: str) -> list[float]:
    """A column of all tables, as a reader sees it."""
    cells = [*map(delta_cells, shown.deltas), *map(gain_cells, shown.gains)]
    return [float(f"{cell[name]:.2f}") for cell in cells]


@given(tables())
def test_the_number_is_the_largest_that_the_tables_show(shown: SplicingShown) -> None:
    findings = Findings(SITES, effects=shown.effects, splicing=shown)
    words = "; ".join(clauses_of(findings))
    mark = next(one for one in marks_of(findings, None, (), ()) if one.family == SPLICING)
    masked = shown_numbers(shown, "masked score")
    if not masked:  # no model has delta scores: the table of tracks alone
        sizes = [float(f"{abs(effect.difference):.2f}") for effect in shown.effects]
        assert mark.number == pytest.approx(max(sizes)) if sizes else mark.number is None
        assert (mark.level is Level.NONE) == ("no splice site change" in words)
        return
    largest = max(masked)
    if shown.pseudoexon is None or largest >= 0.2:
        assert mark.number == pytest.approx(largest)
    assert f"{largest:.2f}" in words
    assert (mark.level is Level.NONE) == ("no splice site change" in words)


@given(tables())
def test_no_change_never_stands_over_a_table_that_shows_one(shown: SplicingShown) -> None:
    words = "; ".join(clauses_of(Findings(SITES, splicing=shown)))
    if "no splice site change" not in words:
        return
    assert max(shown_numbers(shown, "masked score"), default=0.0) < 0.2
    for unmasked in shown_numbers(shown, "unmasked score"):
        if unmasked >= 0.2:
            assert "unmasked" in words
    named = [float(number) for number in re.findall(r"(?:unmasked|tracks) (\d\.\d\d)", words)]
    assert all(number >= 0.2 for number in named)


def test_a_gain_at_a_known_site_is_no_change_but_its_score_is_named() -> None:
    shown = SplicingShown((delta("donor gain", 0.0, raw=0.31),), distance=DISTANCE)
    assert clauses_of(Findings(SITES, splicing=shown)) == (
        "no splice site change of 0.2 or more (largest delta score 0.00, unmasked 0.31)",
    )


def test_a_site_beyond_the_distance_is_named_and_has_no_number() -> None:
    shown = SplicingShown(gene(0.01, 0, 0, 0), effects=(site(-0.9, 400),), distance=DISTANCE)
    assert clauses_of(Findings(SITES, splicing=shown)) == (
        "no splice site change of 0.2 or more (largest delta score 0.01)",
        "splice donor lost 400 bp downstream, beyond the 50 bp that are scored (choose a "
        "larger distance)",
    )


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.9, "TOY T1: exon 2 very likely skipped (−100 bp; delta score: donor loss 0.90)"),
        (
            0.3,
            "possible donor loss in TOY, at the variant (delta score 0.30)",
        ),  # the outcome is that site's
    ],
)
def test_an_outcome_is_told_where_the_table_is_as_sure(score: float, words: str) -> None:
    spans = [Interval("chr1", start, start + 100, "+") for start in (100, 300, 500)]
    transcript = Transcript("T1", Interval("chr1", 100, 600, "+"), tuple(map(Exon, spans)))
    toy = Gene("G1", "TOY", transcript.interval, (transcript,))
    lost = replace(site(-0.9, 0), interval=Interval("chr1", 399, 400, "+"))
    found = outcomes([lost], [toy])
    shown = SplicingShown(gene(0, 0, 0, score), effects=(site(-0.9, 400),), distance=DISTANCE)
    first, farther = clauses_of(Findings(SITES, found, splicing=shown))
    assert first == words
    assert farther.startswith("splice donor lost")


@pytest.mark.parametrize(
    ("acceptor", "donor", "at", "strand", "length"),
    [
        (0.06, 0.02, (-40, 0, 43, 0), "+", 84),
        (0.02, 0.05, (43, 0, -40, 0), "-", 84),
        (0.05, 0.019, (-40, 0, 43, 0), "+", 84),  # as written 0.02
        (0.04, 0.04, (-40, 0, 43, 0), "+", None),  # neither reaches 0.05
        (0.06, 0.01, (-40, 0, 43, 0), "+", None),
        (0.06, 0.06, (43, 0, -40, 0), "+", None),  # the donor lies before the acceptor
        (0.06, 0.06, (0, 0, 23, 0), "+", None),  # 24 bp
        (0.06, 0.06, (0, 0, 24, 0), "+", 25),
        (0.06, 0.06, (0, 0, 500, 0), "+", None),  # 501 bp
    ],
)
def test_two_weak_gains_make_a_pseudo_exon_of_a_deep_intronic_change(
    acceptor: float, donor: float, at: tuple[int, ...], strand: str, length: int | None
) -> None:
    rows = gene(acceptor, 0, donor, 0, at=at, strand=strand)
    deep, shallow = (SplicingShown(rows, is_deep=is_deep) for is_deep in (True, False))
    assert shallow.pseudoexon is None
    found = deep.pseudoexon
    assert (found.length if found else None) == length
    [words] = clauses_of(Findings(SITES, splicing=deep))
    mark = marks_of(Findings(SITES, splicing=deep), None, (), ())[1]
    assert ("possible pseudo-exon of" in words) is (length is not None)
    assert mark.level is (Level.NONE if length is None else Level.SOME)
    assert "Canson et al. 2023" in mark.rule
