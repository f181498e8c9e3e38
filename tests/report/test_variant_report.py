"""One report of a variant: each part computed once, shared by page, files of variants and text."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.jaspar import Jaspar
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report import variant_report as module
from genoview.report.document import document
from genoview.report.score_table import score_rows
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.runtime.batch import Engine, Entry, Row, scorer_of
from genoview.scoring.variant_line import VariantLine
from genoview.store import Store
from tests.support.models.toy_strength import Letters

SNV = "chr20:43249076:C>T"  # activates a cryptic acceptor of ADA
LOCUS = "chr20:42,984,001-42,985,000"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10**8)


def seen(demo: Assembly, *models: Backend, query: str = SNV) -> tuple[Request, list[Answer]]:
    request = resolve(query, demo, flank=500)
    return request, [answer(request, model, demo) for model in models]


def in_a_file(
    demo: Assembly, model: Backend, store: Store, variant: Variant | None, distance: int = 50
) -> tuple[Row, int]:
    """The row of one variant, and how many of its scores were remembered."""
    assert variant is not None
    line = VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt)
    engine = Engine(demo, [scorer_of(model, demo, distance)], store)
    [[row]] = engine.rows([Entry(1, line)])
    assert engine.warnings == []
    return row, engine.n_remembered


def refuse(name: str) -> Any:
    raise AssertionError(f"{name} was computed")


def test_each_part_is_computed_once_and_read_by_all(
    demo: Assembly,
    jaspar: Jaspar,
    activity: Backend,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request, answers = seen(demo, jaspar, activity)
    calls: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(module, name)

        def call(*given: Any) -> Any:
            calls[name] += 1
            return real(*given)

        return call

    parts = ("effects_of", "reporters_of", "motifs_of", "scores_of", "verdict_of", "gains_of")
    for name in parts:
        monkeypatch.setattr(module, name, counted(name))
    report = variant_report(request, answers, demo, store)
    assert calls == dict.fromkeys(parts, 1)
    described, rows = document(report), score_rows(report)
    assert [one["words"] for one in described["activities"]] == [
        one.words for one in report.activities
    ]
    assert sum(row.score == "Reporter activity log2 fold change" for row in rows) == len(
        report.activities
    )
    assert report.verdict.name == request.text
    assert report.verdict.sentence.startswith("ADA c.976-34G>A, intronic; ")
    assert calls == dict.fromkeys(parts, 1)


def test_a_variant_of_a_file_is_at_once_on_its_page(
    demo: Assembly, splicing: Backend, store: Store
) -> None:
    request, answers = seen(demo, splicing)
    before = variant_report(request, answers, demo, store)
    assert (before.deltas, before.pending) == (None, (splicing.card.title,))
    row, _ = in_a_file(demo, splicing, store, request.variant)
    report = variant_report(request, answers, demo, store)
    result = row.result("cispliceai")
    assert result is not None and report.deltas is not None and report.pending == ()
    assert report.deltas.raw == tuple(one.raw for one in result.genes)
    assert report.deltas.masked == tuple(one.masked for one in result.genes)
    assert {one.gene for one in report.deltas.raw} == {"ADA", "PKIG"}
    scores = document(report)["splice_deltas"]["scores"]
    assert scores[0]["words"].startswith("ADA (-): acceptor gain 0.90, very likely")
    farther = ReportOptions(distance=51)
    assert variant_report(request, answers, demo, store, farther).deltas is None


def test_a_variant_of_a_page_costs_a_file_nothing(
    demo: Assembly, splicing: Backend, activity: Backend, store: Store
) -> None:
    """Nor do its scores that are read off the tracks."""
    request, answers = seen(demo, splicing, activity)
    options = ReportOptions(backend=lambda name: splicing)
    report = variant_report(request, answers, demo, store, options)
    assert report.deltas is not None
    row, n_remembered = in_a_file(demo, splicing, store, request.variant)
    assert n_remembered == 1
    result = row.result("cispliceai")
    assert result and tuple(one.raw for one in result.genes) == report.deltas.raw
    _, n_remembered = in_a_file(demo, splicing, store, request.variant, 100)
    assert n_remembered == 0
    row, n_remembered = in_a_file(demo, activity, store, request.variant)
    assert n_remembered == 1
    result = row.result("promoter-activity")
    assert result is not None
    assert [(one.cell, one.change, one.spread) for one in result.cells] == [
        (one.cell, one.log2_fold_change, one.spread) for one in report.activities
    ]


@pytest.mark.parametrize("query", [SNV, "chr20:43249076:C>CAGGT", "chr20:43249070:CATGCTC>C"])
def test_gains_and_losses_are_shared_both_ways(demo: Assembly, store: Store, query: str) -> None:
    model = Letters()
    variant = Variant(*_parts(query))
    ref = demo.reference.fetch(variant.interval)
    alt = ref[0] + variant.alt[1:] if len(variant.alt) != len(ref) else variant.alt
    request, answers = seen(demo, model, query=f"{variant.chrom}:{variant.pos}:{ref}>{alt}")
    alone = variant_report(request, answers, demo)
    report = variant_report(request, answers, demo, store)
    assert report.gains == alone.gains
    row, n_remembered = in_a_file(demo, model, store, request.variant)
    assert n_remembered == 1
    result = row.result(model.card.name)
    assert result is not None
    assert [one.raw for one in report.gains] == [
        change for one in result.gains for change in (one.raw.gain, one.raw.loss)
    ]
    other = Store(store.folder.with_name("other"), 10**8)
    fresh, _ = in_a_file(demo, model, other, request.variant)
    assert variant_report(request, answers, demo, other).gains == alone.gains
    assert fresh == row


def _parts(query: str) -> tuple[str, int, str, str]:
    chrom, pos, change = query.split(":")
    ref, _, alt = change.partition(">")
    return chrom, int(pos), ref, alt


def test_tracks_that_end_before_the_distance_are_read_and_not_kept(
    demo: Assembly, store: Store
) -> None:
    """A file would have read farther."""
    model = Letters()
    request, answers = seen(demo, model)
    options = ReportOptions(distance=2_000)
    assert variant_report(request, answers, demo, store, options).gains
    assert store.scores.count() == 0


def test_a_page_waits_for_nothing_and_says_what_is_pending(
    demo: Assembly, splicing: Backend, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, answers = seen(demo, splicing)
    monkeypatch.setattr(module, "splice_report", refuse)
    report = variant_report(request, answers, demo, store)
    assert report.pending == (splicing.card.title,)
    assert document(report)["splice_deltas"] is None


def test_of_a_locus_there_are_answers_and_levels_alone(demo: Assembly, jaspar: Jaspar) -> None:
    request, answers = seen(demo, jaspar, query=LOCUS)
    assert variant_report(request, answers, demo) == VariantReport(request, answers)
    assert score_rows(variant_report(request, answers, demo)) == []


def test_a_broken_store_costs_a_warning_and_no_score(
    demo: Assembly, splicing: Backend, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    broken = Store(tmp_path / "file" / "cache", 10**6)
    request, answers = seen(demo, splicing)
    options = ReportOptions(backend=lambda name: splicing)
    report = variant_report(request, answers, demo, broken, options)
    assert report.deltas is not None and len(report.deltas.raw) == 2
    assert all("cannot be opened or written" in words for words in broken.take_warnings())
