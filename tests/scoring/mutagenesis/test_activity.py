"""Log2 fold changes of mutagenesis are those that the page of a variant gives."""

from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.errors import Cancelled
from genoview.io.assembly import Assembly
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_activity import PromoterActivity
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.scoring import activity_changes
from genoview.scoring.mutagenesis import BASES, Scan, score_of, scores_for
from genoview.store import Store

PLACE = Interval("chr20", 43_029_899, 43_029_919)  # over the end of a bin of 16 bp


@pytest.fixture(scope="module")
def backend() -> PromoterActivity:
    return PromoterActivity()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


def test_each_cell_s_scores_are_those_of_the_model(backend: PromoterActivity) -> None:
    offered = [score.facts.score_id for score in scores_for([backend.card.name])]
    assert offered == [f"activity.{cell}" for cell in CELLS]
    assert set(CELLS) == {track.group for track in backend.tracks}


@pytest.mark.parametrize(("row", "column"), [(0, 0), (4, 3), (5, 1), (19, 2)])
def test_a_cell_of_the_table_is_the_change_of_that_variant(
    demo: Assembly, backend: PromoterActivity, store: Store, row: int, column: int
) -> None:
    scan = Scan(score_of("activity.K562"), PLACE, demo)
    column = column if scan.bases[row] != BASES[column] else (column + 1) % 4
    result = scan.run(backend, store)
    variant = result.variant(row, column)
    request = resolve(f"{variant.chrom}:{variant.pos}:{variant.ref}>{variant.alt}", demo, flank=500)
    on_page = answer(request, backend, demo)
    assert on_page.alleles is not None
    changes = activity_changes(on_page.alleles, on_page.members, variant, on_page.reach)
    wanted = next(change.log2_fold_change for change in changes if change.cell == "K562")
    assert result.values[row, column] == pytest.approx(wanted, abs=2e-6)


def test_the_other_cells_are_kept_too(
    demo: Assembly, backend: PromoterActivity, store: Store
) -> None:
    Scan(score_of("activity.K562"), PLACE, demo).run(backend, store)
    for cell in CELLS:
        other = Scan(score_of(f"activity.{cell}"), PLACE, demo)
        other.recall(backend, store)
        assert other.is_complete


def test_parts_computed_apart_come_to_the_same(
    demo: Assembly, backend: PromoterActivity, store: Store
) -> None:
    def stop_late(share: float) -> None:
        if share > 0.5:
            raise Cancelled("stopped")

    first = Scan(score_of("activity.HepG2"), PLACE, demo)
    with pytest.raises(Cancelled):
        first.run(backend, store, stop_late)
    assert 0 < first.so_far().n_done < PLACE.width
    pieced = Scan(score_of("activity.HepG2"), PLACE, demo).run(backend, store)
    fresh = Store(store.folder / "other", 1_000_000)
    whole = Scan(score_of("activity.HepG2"), PLACE, demo).run(backend, fresh)
    np.testing.assert_allclose(pieced.values, whole.values, atol=1e-6)
