"""Ranks of a variant's scores: as the page's own scores have them, remembered, stopped."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from genoview.data.genome import Variant
from genoview.errors import Cancelled
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.scoring.background_ranks import RankQuestion, RankReport, can_rank, known, rank_report
from genoview.scoring.model_result import ModelFacts
from genoview.scoring.splicing.delta_question import DeltaQuestion
from genoview.scoring.splicing.report import splice_report
from genoview.scoring.variant_scores import log2_changes, motifs_of, reporters_of
from genoview.store import Store
from tests.support.shared_parts import embedded

HNF1 = "chr20:42984264:G>A"
ADA = "chr20:43249076:C>T"
FEW = 6  # random variants


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10_000_000)


def question_of(
    demo: Assembly, text: str, backends: Sequence[Backend], n: int = FEW
) -> RankQuestion:
    variant = resolve(text, demo).variant
    assert variant is not None
    return RankQuestion(variant, tuple(backends), demo, 50, n)


def test_the_variant_s_own_scores_are_those_of_the_page(
    demo: Assembly, jaspar: Jaspar, activity: Backend, store: Store
) -> None:
    question = question_of(demo, HNF1, [jaspar, activity])
    report = rank_report(question, store)
    request = resolve(HNF1, demo, flank=500)
    answers = [answer(request, model, demo) for model in (jaspar, activity)]
    values = {score.track: score.value for score in report.scores}
    assert values.pop(jaspar.card.title) == pytest.approx(motifs_of(request, answers)[0].size)
    changes = log2_changes(reporters_of(request, answers))
    assert values == pytest.approx({c.cell: c.log2_fold_change for c in changes}, abs=1e-5)
    assert all(score.rank.n == FEW for score in report.scores)
    assert report.background == "random substitutions of C>T within 500 bp"
    assert known(question, store) == report


def test_the_largest_delta_score_is_ranked(demo: Assembly, splicing: Backend, store: Store) -> None:
    question = question_of(demo, ADA, [splicing], 3)
    report = rank_report(question, store)
    [score] = report.scores
    variant = question.variant
    alone = splice_report(DeltaQuestion(variant, ModelFacts.of(splicing), demo), splicing)
    largest = max(gene.largest for gene in alone.raw)
    assert score.value == pytest.approx(largest, abs=1e-5)
    # One of the three, at 43,249,053, makes an acceptor closer to the exon: 0.99.
    assert score.rank.words(report.background) == (
        "larger than 2 of 3 random substitutions of C>T within 500 bp"
    )
    assert score.formula.unit == "difference of probabilities, 0 to 1"


def test_another_number_of_variants_is_another_question(
    demo: Assembly, jaspar: Jaspar, store: Store
) -> None:
    question = question_of(demo, HNF1, [jaspar])
    store.scores.put({question.key: '{"background": "nothing", "scores": []}'})
    assert known(question, store) == RankReport("nothing", ())
    assert known(question_of(demo, HNF1, [jaspar], FEW + 1), store) is None
    store.scores.put({question.key: '{"scores": [1]}'})
    assert known(question, store) is None


def test_a_stop_ends_the_work_and_nothing_is_kept(
    demo: Assembly, jaspar: Jaspar, store: Store
) -> None:
    question = question_of(demo, HNF1, [jaspar])

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        rank_report(question, store, stop)
    assert known(question, store) is None


@pytest.mark.parametrize(
    "text", ["chr20:42984264:G>GTTA", "chr20:42984264:GTT>G", "chr20:42984264:GTT>CA"]
)
def test_longer_changes_are_ranked_among_their_like(
    demo: Assembly, jaspar: Jaspar, activity: Backend, text: str
) -> None:
    variant = resolve(text, demo).variant
    assert isinstance(variant, Variant)
    report = rank_report(RankQuestion(variant, (jaspar, activity), demo, 50, 3))
    assert {score.rank.n for score in report.scores} == {3}


def test_only_models_whose_changes_are_scored_are_ranked(jaspar: Jaspar, activity: Backend) -> None:
    assert can_rank(jaspar) and can_rank(activity)
    assert not can_rank(embedded("promid"))
