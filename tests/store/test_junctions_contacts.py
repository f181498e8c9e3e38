"""Junctions and contact maps are kept beside the values, and older entries have neither."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, Biosample, TrackData, TrackMetadata
from genoview.store import Store
from genoview.store.arrays import BESIDE, file_bytes
from tests.store.samples import key_of, prediction_of

KEY = key_of("ACGT")
LIVER = TrackMetadata(
    "liver", Assay.SPLICE_JUNCTIONS, ".", "reads", Biosample("UBERON:0002107", "liver")
)
CELLS = TrackMetadata("H1", Assay.CONTACT_MAPS, ".", "log fold over distance")


def junctions(n: int = 3) -> Junctions:
    start = np.arange(n, dtype=np.int64) * 10 + 1_000
    values = np.linspace(np.nan, 2, 2 * n, dtype=np.float32).reshape(n, 2)
    values[1:] = np.arange(2 * max(n - 1, 0)).reshape(-1, 2)
    strand = np.where(start % 20, 1, -1).astype(np.int8)
    tracks = (LIVER, replace(LIVER, name="lung"))
    return Junctions(start, start + 25, strand, values, tracks, Interval("chr20", 990, 2_000))


def contacts() -> ContactMap:
    values = np.random.default_rng(1).normal(size=(6, 6, 2)).astype(np.float32)
    values[0, 0] = np.nan
    return ContactMap(values, (CELLS, replace(CELLS, name="HFF")), Interval("chr20", -8, 40), 8)


EMPTY = TrackData(np.empty((50, 0), np.float32), (), Interval("chr20", 1_000, 1_100), 2)


def same_parts(one: Prediction, other: Prediction) -> None:
    for name in ("junctions", "contacts"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) == (right is None)
        if left is None:
            continue
        assert (left.tracks, left.interval) == (right.tracks, right.interval)
        assert left.values.tobytes() == right.values.tobytes()
    if one.junctions is not None and other.junctions is not None:
        assert one.junctions.ends == other.junctions.ends


@pytest.mark.parametrize(
    "made",
    [
        replace(prediction_of(), junctions=junctions()),
        replace(prediction_of(), contacts=contacts()),
        replace(prediction_of(), junctions=junctions(0), contacts=contacts()),
        Prediction(EMPTY, Sites(), junctions(), contacts()),
        Prediction(EMPTY),
    ],
    ids=["junctions", "contacts", "no junction found", "no track", "nothing"],
)
def test_all_parts_come_back_to_the_bit(store: Store, made: Prediction) -> None:
    store.put(KEY, made)
    kept = store.get(KEY)
    assert kept is not None
    assert not store.take_warnings()
    assert kept.data.interval == made.data.interval
    assert kept.data.values.tobytes() == made.data.values.tobytes()
    same_parts(kept, made)


def test_a_part_of_the_values_brings_junctions_and_contacts_whole(store: Store) -> None:
    made = replace(prediction_of(), junctions=junctions(), contacts=contacts())
    store.put(KEY, made)
    kept = store.get(KEY, columns=[1], bins=(3, 9))
    assert kept is not None
    assert kept.data.n_bins == 6
    same_parts(kept, made)


def test_their_bytes_are_counted_and_removed(store: Store) -> None:
    plain = prediction_of()
    store.put(KEY, plain)
    path = store.folder / KEY.path
    before = file_bytes(path)
    store.put(KEY, replace(plain, junctions=junctions(), contacts=contacts()))
    assert file_bytes(path) > before
    assert {one.suffix for one in path.parent.iterdir()} == {".parquet", *BESIDE}
    store.clear()
    assert not list(path.parent.iterdir())


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("suffix", [".junctions", ".contacts"])
@pytest.mark.parametrize("harm", [Path.unlink, cut], ids=["lost", "cut short"])
def test_a_damaged_part_is_a_prediction_made_again(
    store: Store, suffix: str, harm: Callable[[Path], None]
) -> None:
    store.put(KEY, replace(prediction_of(), junctions=junctions(), contacts=contacts()))
    harm((store.folder / KEY.path).with_suffix(suffix))
    assert store.get(KEY) is None
    assert "damaged" in store.take_warnings()[0]


def test_an_entry_of_before_there_were_junctions_still_reads(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a header lacks both fields."""
    from genoview.store import header

    whole = header.asdict

    def older(one: header.Header) -> dict[str, object]:
        return {k: v for k, v in whole(one).items() if k not in ("junctions", "contacts")}

    monkeypatch.setattr(header, "asdict", older)
    store.put(KEY, prediction_of())
    monkeypatch.undo()
    kept = store.get(KEY)
    assert kept is not None
    assert (kept.junctions, kept.contacts) == (None, None)
