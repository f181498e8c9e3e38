"""Exons and sites in one clause: it says what both tables show, whatever they hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Interval, Transcript
from genoview.data.track_data import Assay
from genoview.models.exons.cards import MMSPLICE_CARD, MTSPLICE_CARD
from genoview.models.exons.contract import ExonChange
from genoview.scoring.marks import Level
from genoview.scoring.prediction.clauses import Findings, clauses_of
from genoview.scoring.prediction.inclusion import InclusionShown
from genoview.scoring.prediction.levels import marks_of
from genoview.scoring.prediction.splicing import SplicingShown
from genoview.scoring.splicing.inclusion.alleles import ReadExon
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.effect import ExonEffect, clipped
from genoview.scoring.splicing.inclusion.tissues import TissueChange, TissueInclusion
from tests.scoring.prediction.test_splicing import POS, delta, tables

EXON = Interval("chr1", POS - 100, POS - 1, "+")  # its last base lies one before the variant
NEXT = Interval("chr1", POS + 400, POS + 500, "+")
TRANSCRIPT = Transcript("T", Interval("chr1", 0, 2_000, "+"), (Exon(EXON), Exon(NEXT)))
LAST = EXON.end - POS  # place of its donor from the variant


def shown(
    change: float, shares: tuple[float, ...] = (), *, transcript: Transcript | None = TRANSCRIPT
) -> InclusionShown:
    scores = ExonChange(change, 0.5, 0.0, (), ())
    effect = ExonEffect("ADA", "ENSG", ReadExon(EXON, 100, 100), ("T1",), 5, 12, scores)
    by_tissue = tuple(
        TissueChange(f"tissue {i}", change, 0.0, 0.0, psi, clipped(psi))
        for i, psi in enumerate(shares)
    )
    tissues = TissueInclusion(MTSPLICE_CARD, "1", effect, "GTEx", by_tissue)
    model = ExonInclusion(
        MMSPLICE_CARD, "1", 100, (), (effect,), "genes", 0, (tissues,) if shares else ()
    )
    return InclusionShown(model, POS, transcript)


def lost(score: float, at: int = LAST) -> SplicingShown:
    return SplicingShown((delta("donor loss", score, at=at, gene="ADA"),), distance=50)


GAINED = SplicingShown((delta("donor gain", 0.6, gene="ADA"),), distance=50)


@pytest.mark.parametrize(
    ("change", "sites", "begins"),
    [
        (-3.0, lost(0.9), "MMSplice agrees: exon 1 included less (log odds −3.00)"),
        (-0.9, lost(0.9), "MMSplice agrees: exon 1 included somewhat less (log odds −0.90)"),
        (-0.1, lost(0.9), "MMSplice disagrees: exon 1 hardly changed (log odds −0.10)"),
        (1.2, lost(0.9), "MMSplice disagrees: exon 1 included somewhat more (log odds +1.20)"),
        (-2.0, lost(0.1), "MMSplice disagrees: exon 1 included less"),
        (-1.9, lost(0.1), "MMSplice alone: exon 1 included somewhat less"),
        (-3.0, lost(0.9, at=20), "MMSplice adds: exon 1 included less"),  # of another exon
        (-3.0, SplicingShown(), "MMSplice: exon 1 included less"),
    ],
)
def test_both_are_joined_by_whether_they_agree(
    change: float, sites: SplicingShown, begins: str
) -> None:
    assert shown(change).words(sites).startswith(begins)


@pytest.mark.parametrize("sites", [lost(0.1), GAINED])
def test_an_exon_that_hardly_changes_takes_no_clause_where_none_of_its_sites_is_lost(
    sites: SplicingShown,
) -> None:
    assert shown(-0.1).words(sites) == ""


@pytest.mark.parametrize(
    ("change", "sites", "words"),
    [
        (-0.1, lost(0.1), "MMSplice agrees"),
        (-0.5, lost(0.1), ""),  # a clause of its own says what the model sees
        (-0.1, lost(0.9), ""),
        (0.1, GAINED, ""),  # a new site, which it does not know
        (0.1, SplicingShown(), ""),  # nothing to agree with
    ],
)
def test_that_neither_says_anything_is_two_words_beside_the_number(
    change: float, sites: SplicingShown, words: str
) -> None:
    inclusion = shown(change)
    assert inclusion.agreement(sites) == words
    findings = Findings({Assay.SPLICE_SITES}, splicing=sites, inclusion=inclusion)
    assert bool(words) is ("; MMSplice agrees)" in "; ".join(clauses_of(findings)))


def test_the_tissue_where_it_matters_most_is_named() -> None:
    words = shown(-3.0, (1.0, 0.9, 0.99)).words(lost(0.9))
    assert words.endswith("(log odds −3.00), most in tissue 1 (90% to 31%)")
    assert shown(-3.0, (1.0, 1.0)).words(lost(0.9)).endswith(", alike in 2 tissues")
    assert "tissue" not in shown(-0.2, (1.0, 0.9)).words(lost(0.9))


def test_an_exon_of_another_transcript_is_named_in_full() -> None:
    words = shown(-3.0, transcript=None).words(lost(0.9))
    assert "ADA exon 5 of 12 of T1 included less" in words


def test_a_strong_change_is_a_mark_where_no_site_changes() -> None:
    def mark(change: float, sites: SplicingShown) -> tuple[Level, float | None]:
        findings = Findings({Assay.SPLICE_SITES}, splicing=sites, inclusion=shown(change))
        own = marks_of(findings, None, (), ())[1]
        return own.level, own.number

    assert mark(-2.5, lost(0.1)) == (Level.SOME, -2.5)
    assert mark(-1.5, lost(0.1)) == (Level.NONE, 0.1)
    assert mark(-2.5, lost(0.9)) == (Level.LARGE, 0.9)


@given(tables(), st.floats(-9, 9), st.lists(st.floats(0.0001, 1), max_size=5))
def test_the_sentence_never_contradicts_the_tables(
    sites: SplicingShown, change: float, shares: list[float]
) -> None:
    inclusion = shown(change, tuple(shares))
    findings = Findings({Assay.SPLICE_SITES}, splicing=sites, inclusion=inclusion)
    clauses = clauses_of(findings)
    own = [row for row in sites.rows if row.gene == "ADA"]
    changed = [row for row in own if round(row.masked.score, 2) >= 0.2]
    lost_here = [row for row in changed if row.kind.endswith("loss")]
    small = round(abs(change), 2) < 0.5
    agrees = any("; MMSplice agrees)" in each for each in clauses)
    if agrees:
        assert small and own and not changed
    told = [each for each in clauses if each.startswith("MMSplice")]
    if not told:
        assert small and own
        assert agrees or changed or sites.pseudoexon or sites.largest >= 0.2
        return
    [words] = told
    assert ";" not in words
    number = re.search(r"log odds ([+−]\d+\.\d\d)", words)
    assert number is not None
    said = float(number[1].replace("−", "-"))
    assert said == pytest.approx(change, abs=0.00501)
    assert ("included" in words) == (abs(said) >= 0.5)
    if "included" in words:
        assert bool(re.search("included (somewhat )?less", words)) == (said < 0)
        assert ("included somewhat" in words) == (abs(said) < 2)
    if not own:
        assert words.startswith("MMSplice: ")
    elif not changed:
        assert re.match("MMSplice (disagrees|alone): ", words)
        assert abs(said) >= 0.5
    elif " agrees: " in words:
        assert said <= -0.5
        assert lost_here
    for tissue, before, after in re.findall(r"most in tissue (\d) \((\d+)% to (\d+)%\)", words):
        psi = clipped(shares[int(tissue)])
        assert int(before) == pytest.approx(100 * psi, abs=0.5001)
        assert (int(after) < int(before)) == (said < 0)
