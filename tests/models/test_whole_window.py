"""Models of one window: which one is read, what is predicted of it, and ALT on REF's places."""

import hashlib

import numpy as np
import pytest

from genoview.data.allele_alignment import lift_bins, nearest_alt_bins
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval, Variant
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import Assay, Family, TrackData, TrackMetadata
from genoview.errors import BackendError
from genoview.io.assembly import Assembly
from genoview.models.variant_batch import EditedStrand
from genoview.models.whole_window import SPARE_LENGTH, WINDOW, WholeWindowBackend
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.store import Store
from tests.support.models.toy_backend import card

TRACKS = (TrackMetadata("G", Assay.ATAC, ".", "share"),)


class Window(WholeWindowBackend):
    """The share of G in bins of 8 bp, plus the window's: every value depends on all of it."""

    card = card("window", Family.ACCESSIBILITY, random_weights=False)
    tracks = TRACKS
    context_length = 1_024
    window_lengths = (256, 1_024)
    crop_length = 64
    resolution = 8
    n_calls = 0

    @property
    def weights_digest(self) -> str:
        return hashlib.sha256(b"window").hexdigest()

    def predict_window(self, sequence: str, progress: Progress = no_progress) -> Prediction:
        assert len(sequence) in self.window_lengths
        self.n_calls += 1
        is_g = np.array(list(sequence)) == "G"
        inner = is_g[self.crop_length : len(sequence) - self.crop_length]
        values = inner.reshape(-1, self.resolution).mean(axis=1) + is_g.mean()
        place = Interval(WINDOW, self.crop_length, len(sequence) - self.crop_length)
        column = values[:, None].astype(np.float32)
        square = (column + column.T)[..., None]
        return Prediction(
            TrackData(column, TRACKS, place, self.resolution),
            contacts=ContactMap(square, TRACKS, place, self.resolution),
        )


@pytest.mark.parametrize(
    ("width", "read", "predicted"),
    [(1, 256, 128), (128, 256, 128), (129, 1_024, 896), (5_000, 1_024, 896)],
)
def test_a_window_predicts_its_centre(width: int, read: int, predicted: int) -> None:
    model, interval = Window(), Interval("chr1", 10_000, 10_000 + width)
    assert model.read_window(interval).width == read
    assert model.grid(interval).width == predicted
    assert model.grid(model.grid(interval)) == model.grid(interval)
    assert model.window(interval).width == read + SPARE_LENGTH


def test_notes_tell_the_window_and_what_is_not_predicted() -> None:
    model, interval = Window(), Interval("chr1", 10_000, 15_000)
    insertion = Variant("chr1", 12_500, "A", "ACC")
    (note,) = model.notes(interval, insertion)
    assert "read chr1:11,989-13,012, 1,024 bp at once" in note
    assert "predicts chr1:12,053-12,948 alone" in note
    assert "last 2 bp" in note


def test_an_answer_holds_both_alleles_and_remembers_them(
    demo: Assembly, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("store"), 10**8)
    model, request = Window(), resolve("chr20:43042364:C>G", demo)
    model.window_lengths = (16_384,)
    result = answer(request, model, demo, store)
    assert result.alt is not None and result.alleles is not None
    change = result.alleles.difference().values
    assert (change > 0).all()  # the whole window changes: nothing of REF is taken over
    assert change.argmax() == (request.variant.start - result.ref.data.interval.start) // 8
    assert result.notes[0].startswith("Toy window read chr20:")
    again = answer(request, model, demo, store)
    assert again.cached and model.n_calls == 2
    assert again.alt is not None and again.alt.contacts is not None
    np.testing.assert_array_equal(again.alt.data.values, result.alt.data.values)
    store.close()


def test_contacts_of_a_deletion_are_zero_where_bins_are_gone() -> None:
    model, interval = Window(), Interval("chr1", 10_000, 10_128)
    window = model.window(interval)
    sequence = ("G" * window.width)[: window.width]
    start = 10_040 - 10_040 % 8
    variant = Variant("chr1", start, "G" * 9, "G")  # all 8 bases of one bin
    before = model.predict(sequence, interval)
    after = model.predict_alternate(before, sequence, variant)
    gone = (start - before.data.interval.start) // 8
    assert after.contacts is not None
    assert not after.contacts.values[gone].any() and not after.contacts.values[:, gone].any()
    assert after.data.values[gone] == 0
    kept = np.delete(np.arange(16), gone)
    assert (after.data.values[kept] == before.data.values[kept]).all()


@pytest.mark.parametrize(
    ("ref", "alt", "expected"),
    [
        ("A", "C", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("A", "ACC", [0, 1, 2, 5, 6, 7, -2, -2]),
        ("ACG", "A", [0, 1, 2, -1, -1, 3, 4, 5]),
    ],
)
def test_alt_bins_of_single_bases(ref: str, alt: str, expected: list[int]) -> None:
    variant = Variant("chr1", 103, ref, alt)
    assert nearest_alt_bins(variant, 100, 1, 8).tolist() == expected


def test_inserted_bases_count_with_their_maximum_at_the_anchor() -> None:
    values = np.array([[1], [1], [2], [9], [3], [1], [1], [1]], np.float32)
    beyond = np.full((8, 1), 7, np.float32)
    lifted = lift_bins(values, beyond, Variant("chr1", 103, "A", "ACC"), 100, 1)
    assert lifted[:, 0].tolist() == [1, 1, 9, 1, 1, 1, 7, 7]


def test_bins_wider_than_an_insertion_keep_their_places() -> None:
    values = np.arange(8, dtype=np.float32)[:, None]
    lifted = lift_bins(values, values, Variant("chr1", 130, "A", "ACC"), 100, 16)
    assert lifted[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_a_wrong_length_and_mutagenesis_are_refused() -> None:
    model = Window()
    with pytest.raises(BackendError, match="was given 4 bp"):
        model.predict("ACGT", Interval("chr1", 0, 100))
    with pytest.raises(BackendError, match="no mutagenesis"):
        model.predict_strands([EditedStrand("ACGT", [])])
