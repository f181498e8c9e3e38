"""The cache: exact, bounded, and never the reason that an answer is missing."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import TrackData
from genoview.errors import StoreError
from genoview.store import CacheSize, PredictionKey, Store
from genoview.store.arrays import ROW_GROUP_BINS, file_bytes
from tests.store.samples import CAGE, DONOR, MOTIF, entry, key_of, prediction_of, same

KEY = key_of("ACGT")


@pytest.mark.parametrize(
    "other",
    [
        PredictionKey.of("b", "1", "ACGT"),
        PredictionKey.of("a", "2", "ACGT"),
        PredictionKey.of("a", "1", "ACGA"),
        PredictionKey.of("a", "1", "ACGT", "5:A>C"),
        PredictionKey.of("a1", "", "ACGT"),
    ],
)
def test_any_field_changed_gives_another_digest(other: PredictionKey) -> None:
    assert other.digest != PredictionKey.of("a", "1", "ACGT").digest


def test_equal_content_gives_the_same_digest() -> None:
    key = PredictionKey.of("a", "1", "ACGT")
    assert key.digest == PredictionKey.of("a", "1", "AC" + "GT").digest
    assert str(key.path) == f"{key.digest[:2]}/{key.digest}.parquet"


def test_what_was_never_put_is_none_and_leaves_no_trace(store: Store) -> None:
    assert store.get(KEY) is None
    assert not store.folder.exists()


@settings(max_examples=25, deadline=None)
@given(
    npst.arrays(np.uint32, npst.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=40)).map(
        lambda bits: bits.view(np.float32)
    ),
    st.integers(1, 128),
)
def test_every_float32_survives_to_the_bit(values: np.ndarray, resolution: int) -> None:
    n_bins, n_tracks = values.shape
    data = TrackData(
        values,
        tuple(replace(DONOR, name=f"track {i}") for i in range(n_tracks)),
        Interval("chr20", -5, n_bins * resolution - 5),
        resolution,
    )
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), 10**9)
        store.put(KEY, Prediction(data))
        kept = store.get(KEY)
    assert kept is not None
    assert same(kept, Prediction(data))


def test_tracks_sites_and_place_come_back(store: Store) -> None:
    made = prediction_of()
    assert len(made.sites) > 3
    store.put(KEY, made)
    kept = store.get(KEY)
    assert kept is not None
    assert same(kept, made)
    assert kept.sites.strand.dtype == np.int8


def test_another_store_on_the_folder_finds_it(store: Store) -> None:
    store.put(KEY, prediction_of())
    again = Store(store.folder, store.limit_bytes).get(KEY)
    assert again is not None
    assert same(again, prediction_of())


@pytest.mark.parametrize("columns", [[0], [2, 0], [0, 1, 2], []])
@pytest.mark.parametrize("bins", [(0, 1), (3, 20), (49, 50), (0, 50)])
def test_a_part_equals_that_part_of_the_whole(
    store: Store, columns: list[int], bins: tuple[int, int]
) -> None:
    made = prediction_of()
    store.put(KEY, made)
    part = store.get(KEY, columns, bins)
    assert part is not None
    interval = Interval("chr20", 1_000 + 2 * bins[0], 1_000 + 2 * bins[1])
    assert part.data.interval == interval
    assert part.data.tracks == tuple((DONOR, CAGE, MOTIF)[i] for i in columns)
    expected = made.data.values[bins[0] : bins[1]][:, columns]
    np.testing.assert_array_equal(part.data.values, expected)
    near = made.sites.within(interval)
    wanted = near.where(np.isin(near.track, columns))
    assert [columns[i] for i in part.sites.track] == wanted.track.tolist()
    assert part.sites.start.tolist() == wanted.start.tolist()


def test_a_part_across_row_groups_is_read_whole(store: Store) -> None:
    n_bins = 2 * ROW_GROUP_BINS + 10
    values = np.arange(n_bins, dtype=np.float32)[:, None]
    store.put(KEY, Prediction(TrackData(values, (DONOR,), Interval("chr1", 0, n_bins), 1)))
    bins = (ROW_GROUP_BINS - 3, 2 * ROW_GROUP_BINS + 4)
    part = store.get(KEY, bins=bins)
    assert part is not None
    assert part.data.values[:, 0].tolist() == list(range(*bins))


@pytest.mark.parametrize(
    ("columns", "bins", "words"),
    [
        ([3], None, "0 to 2 are stored"),
        ([-1], None, "0 to 2"),
        (None, (0, 51), "0 to 50 are stored"),
    ],
)
def test_a_part_that_does_not_exist_is_an_error_and_harms_nothing(
    store: Store, columns: list[int] | None, bins: tuple[int, int] | None, words: str
) -> None:
    store.put(KEY, prediction_of())
    with pytest.raises(StoreError, match=words):
        store.get(KEY, columns, bins)
    assert store.get(KEY) is not None


def test_putting_again_replaces(store: Store) -> None:
    store.put(KEY, prediction_of(seed=1))
    without_sites = replace(prediction_of(seed=2), sites=Sites())
    store.put(KEY, without_sites)
    kept = store.get(KEY)
    assert kept is not None
    assert same(kept, without_sites)
    assert store.size().entries == 1


def test_the_least_recently_used_goes_first(store: Store) -> None:
    one_size = _bytes_of_one(store)
    small = Store(store.folder.parent / "small", limit_bytes=int(3.5 * one_size))
    keys = [key_of(base) for base in "ACGT"]
    for key in keys[:3]:
        small.put(key, prediction_of())
    assert small.get(keys[0]) is not None
    small.put(keys[3], prediction_of())
    assert [small.get(key) is not None for key in keys] == [True, False, True, True]
    assert small.size() == CacheSize(3, 3 * one_size, small.limit_bytes)
    assert not list(small.folder.glob(f"*/{keys[1].digest}*"))


def test_a_prediction_beyond_the_limit_is_not_kept_and_the_reader_is_told(store: Store) -> None:
    tiny = Store(store.folder, limit_bytes=100)
    tiny.put(KEY, prediction_of())
    assert tiny.get(KEY) is None
    assert "Raise its limit" in tiny.take_warnings()[0]
    assert tiny.size().entries == 0


def test_a_lowered_limit_holds_from_the_next_put(store: Store) -> None:
    for base in "ACG":
        store.put(key_of(base), prediction_of())
    lowered = Store(store.folder, limit_bytes=int(1.5 * _bytes_of_one(store)))
    lowered.put(key_of("T"), prediction_of())
    assert lowered.size().entries == 1
    assert lowered.get(key_of("T")) is not None


def test_clear_removes_predictions_but_neither_library_nor_foreign_files(store: Store) -> None:
    store.put(KEY, prediction_of())
    store.history.record(entry("HNF4A"))
    foreign = store.folder / "ab" / "mine.parquet"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("not the cache's")
    store.clear()
    assert store.size() == CacheSize(0, 0, store.limit_bytes)
    assert store.get(KEY) is None
    assert foreign.exists()
    assert len(store.history.entries()) == 1


def _bytes_of_one(store: Store) -> int:
    store.put(key_of("measured"), prediction_of())
    size = file_bytes(store.folder / key_of("measured").path)
    store.clear()
    return size
