"""Scoring in chunks: what is known is not computed, and a run that was cut off goes on."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.errors import Cancelled, StoreError
from genoview.io.assembly import Assembly
from genoview.models.expression.promoter_activity import PromoterActivity
from genoview.models.splicing.cispliceai import CISpliceAI
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.batch import Engine, Entry, Row, Source, scorer_of
from genoview.runtime.batch.engine import FIRST_CHUNK
from genoview.runtime.batch.results import Severest, row_from, row_text
from genoview.scoring.variant_line import VariantLine
from genoview.scoring.variant_scores import log2_changes, reporters_of
from genoview.store import Store
from tests.runtime.batch.toys import HEAD, Lengths, write

PLACE = 43_042_000  # 1-based, in the first intron of HNF4A


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10**9)


def substitutions(demo: Assembly, n: int) -> list[Entry]:
    """The base at each place becomes another one."""
    bases = demo.reference.fetch(Interval("chr20", PLACE - 1, PLACE - 1 + n))
    return [
        Entry(i + 1, VariantLine("chr20", PLACE + i, base, "A" if base != "A" else "C"))
        for i, base in enumerate(bases)
    ]


def flat(chunks: Sequence[list[Row]]) -> list[Row]:
    return [row for rows in chunks for row in rows]


def test_rows_keep_the_order_and_come_in_chunks(demo: Assembly) -> None:
    entries = substitutions(demo, FIRST_CHUNK + 3)
    chunks = list(Engine(demo, [Lengths()]).rows(entries))
    assert [len(rows) for rows in chunks] == [FIRST_CHUNK, 3]
    assert [row.entry for row in flat(chunks)] == entries


def test_a_second_file_with_known_variants_computes_nothing(demo: Assembly, store: Store) -> None:
    entries, scorer = substitutions(demo, 5), Lengths()
    first = flat(list(Engine(demo, [scorer], store).rows(entries)))
    engine = Engine(demo, [scorer], store)
    again = flat(list(engine.rows([*reversed(entries)])))
    assert [*reversed(again)] == first
    assert (len(scorer.asked), engine.n_remembered) == (5, 5)


def test_a_variant_that_comes_twice_is_computed_once(demo: Assembly) -> None:
    [entry], scorer = substitutions(demo, 1), Lengths()
    rows = flat(list(Engine(demo, [scorer]).rows([entry, entry])))
    assert rows[0] == rows[1]
    assert len(scorer.asked) == 1


def test_a_run_that_is_cut_off_keeps_its_whole_chunks(demo: Assembly, store: Store) -> None:
    entries, scorer = substitutions(demo, FIRST_CHUNK + 8), Lengths()

    def until(share: float) -> None:
        if share > (FIRST_CHUNK + 4) / len(entries):
            raise Cancelled("stopped")

    kept = []
    with pytest.raises(Cancelled):
        for rows in Engine(demo, [scorer], store).rows(entries, len(entries), until):
            kept.append(rows)
    assert len(flat(kept)) == FIRST_CHUNK == store.scores.count()
    engine = Engine(demo, [scorer], store)
    assert len(flat(list(engine.rows(entries)))) == len(entries)
    assert engine.n_remembered == FIRST_CHUNK


def test_progress_rises_to_the_end(demo: Assembly) -> None:
    seen: list[float] = []
    entries = substitutions(demo, FIRST_CHUNK + 5)
    list(Engine(demo, [Lengths(), Lengths("A")]).rows(entries, len(entries), seen.append))
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


def test_a_broken_store_costs_a_warning_and_no_score(demo: Assembly, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    broken = Store(tmp_path / "file" / "cache", 10**9)
    with pytest.raises(StoreError):
        broken.scores.count()
    engine = Engine(demo, [Lengths()], broken)
    rows = flat(list(engine.rows(substitutions(demo, 3))))
    assert all(row.is_scored for row in rows)
    assert len(engine.warnings) == 1


def test_a_row_comes_back_from_text_as_it_was(demo: Assembly, tmp_path: Path) -> None:
    text = f"{HEAD}20\t42984253\tx\tC\tG,<DEL>,T\nwhat is this\n"
    entries = Source(write(tmp_path / "a.vcf", text)).entries(demo)
    scorers = [scorer_of(CISpliceAI(), demo, 50), Lengths("T")]
    for row in flat(list(Engine(demo, scorers).rows(entries))):
        assert row_from(row_text(row)) == row


def test_a_row_has_the_severest_consequence_and_one_of_an_earlier_version_has_none(
    demo: Assembly,
) -> None:
    entry = Entry(1, VariantLine("chr20", 43_042_364, "C", "T"))
    [row] = flat(list(Engine(demo, [Lengths()]).rows([entry])))
    assert row.severest == Severest(
        "missense_variant", "HNF4A", "NM_175914.5", "NM_175914.5:c.350C>T", "p.(Thr117Ile)"
    )
    assert row_from(row_text(row)) == row
    fields = json.loads(row_text(row))
    del fields["severest"]
    assert row_from(json.dumps(fields)) == replace(row, severest=None)


def test_scores_are_those_of_the_variant_page(demo: Assembly) -> None:
    """And a longer distance, or another genome's bases, is another question."""
    backend = PromoterActivity()
    request = resolve("chr20:42984253:C>G", demo)
    shown = log2_changes(reporters_of(request, [answer(request, backend, demo)]))
    scorer = scorer_of(backend, demo, 50)
    assert request.variant
    [found] = scorer.score([request.variant], lambda share: None)
    for cell, change in zip(found.cells, shown, strict=True):
        assert cell.cell == change.cell
        assert cell.change == pytest.approx(change.log2_fold_change, abs=1e-5)
        assert cell.spread == pytest.approx(change.spread, abs=1e-5)


def test_the_key_tells_distances_apart(demo: Assembly) -> None:
    variant, backend = resolve("chr20:42984253:C>G", demo).variant, CISpliceAI()
    assert variant
    keys = {scorer_of(backend, demo, distance).question(variant).key for distance in (50, 51, 500)}
    assert len(keys) == 3
