"""Tiling, strands and alleles against models whose output can be worked out by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.model_card import ModelCard
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.errors import BackendError, Cancelled
from genoview.models.base import Backend
from genoview.models.inputs import one_hot

CARD = ModelCard(
    "toy", "Toy", Family.BINDING, "sums", "nothing", "none", "none", "here", 0, random_weights=True
)
CODES = {"N": 0, "A": 1, "C": 5, "G": 2, "T": 7}
WORD = "GAT"


def track(name: str, strand: str) -> TrackMetadata:
    return TrackMetadata(name, Assay.TF_MOTIF, strand, "sum")


def weighted(window: str) -> float:
    """Depends on every base and its place: small whole numbers, exact in float32."""
    return float(sum(CODES[base] * (i + 1) for i, base in enumerate(window)))


class Toy(Backend):
    """Two tracks: the weighted sum of a bin with its context, and minus its number of G."""

    card = CARD
    tracks = (track("sum", "+"), track("minus G", "+"))

    def __init__(self, resolution: int, context: int, **facts: object) -> None:
        super().__init__()
        self.resolution, self.context_length = resolution, context
        for name, value in facts.items():
            setattr(self, name, value)
        self.lengths: list[int] = []
        self.batches: list[int] = []

    @property
    def weights_digest(self) -> str:
        return "0" * 64

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        self.batches.append(len(sequences))
        self.lengths.extend(map(len, sequences))
        return np.array([self.bins(sequence) for sequence in sequences], np.float32)

    def bins(self, sequence: str) -> list[tuple[float, float]]:
        r, width = self.resolution, self.resolution + 2 * self.context_length
        windows = [sequence[i : i + width] for i in range(0, len(sequence) - width + 1, r)]
        return [(weighted(window), -float(window.count("G"))) for window in windows]

    def scan_sites(self, sequence: str, interval: Interval) -> Sites:
        """Where GAT begins, on either strand."""
        return sites_of(sequence, range(interval.width), interval.start, self.context_length)


class StrandedToy(Toy):
    """The base asks for the other strand."""

    tracks = (*Toy.tracks, track("sum", "-"), track("minus G", "-"))
    both_strands = True


def sites_of(sequence: str, starts: range, first: int, context: int = 0) -> Sites:
    result = [
        (first + i, strand)
        for i in starts
        for word, strand in ((WORD, 1), (reverse_complement(WORD), -1))
        if sequence[i + context : i + context + 3] == word
    ]
    start = np.array([place for place, _ in result], np.int64)
    strand = np.array([strand for _, strand in result], np.int8)
    n = len(result)
    return Sites(start, start + 3, strand, np.zeros(n, int), np.ones(n, np.float32), np.ones(n))


@dataclass(frozen=True)
class Place:
    """Sequence that begins at 0, N beyond."""

    sequence: str

    def fetch(self, interval: Interval) -> str:
        places = range(interval.start, interval.end)
        inside = range(len(self.sequence))
        return "".join(self.sequence[i] if i in inside else "N" for i in places)


bases = st.text("ACGTN", min_size=60, max_size=160)
resolutions = st.sampled_from([1, 4, 10])


@st.composite
def intervals(draw: st.DrawFn, length: int) -> Interval:
    start = draw(st.integers(0, length - 20))
    return Interval("chr1", start, draw(st.integers(start + 1, length)))


@settings(deadline=None)
@given(st.data(), bases, resolutions, st.integers(0, 12))
def test_tiling_and_batches_change_nothing(
    data: st.DataObject, sequence: str, resolution: int, context: int
) -> None:
    interval = data.draw(intervals(len(sequence)))
    facts = {
        "tile_length": resolution * data.draw(st.integers(1, 12)) + data.draw(st.integers(0, 3)),
        "batch_size": data.draw(st.integers(1, 4)),
    }
    if data.draw(st.booleans()):
        tile = resolution * data.draw(st.integers(1, 6))
        facts["window_length"] = tile + 2 * context
    toy = Toy(resolution, context, **facts)
    window = toy.window(interval)
    result = toy.predict(Place(sequence).fetch(window), interval)
    whole = toy.bins(Place(sequence).fetch(window))
    np.testing.assert_array_equal(result.data.values, np.array(whole, np.float32))
    assert result.data.interval == interval.snapped(resolution)
    assert max(toy.batches) <= facts["batch_size"]
    assert len(set(toy.lengths)) == 1
    if toy.window_length:
        assert toy.lengths[0] == toy.window_length


@settings(deadline=None)
@given(st.data(), bases, resolutions, st.integers(0, 12))
def test_the_other_strand_is_the_reverse_complement_read_backwards(
    data: st.DataObject, sequence: str, resolution: int, context: int
) -> None:
    interval = data.draw(intervals(len(sequence)))
    toy = StrandedToy(resolution, context, tile_length=resolution * 3, batch_size=2)
    window = Place(sequence).fetch(toy.window(interval))
    result = toy.predict(window, interval).data.values
    np.testing.assert_array_equal(result[:, :2], np.array(toy.bins(window), np.float32))
    other = toy.bins(reverse_complement(window))[::-1]
    np.testing.assert_array_equal(result[:, 2:], np.array(other, np.float32))


def test_a_prediction_in_numbers() -> None:
    toy = Toy(2, 1)
    result = toy.predict("ACGTAC", Interval("chr1", 10, 14))  # bins 10-11 and 12-13, 1 bp around
    # ACGT: 1*1 + 5*2 + 2*3 + 7*4 = 45; GTAC: 2*1 + 7*2 + 1*3 + 5*4 = 39
    assert result.data.values.tolist() == [[45, -1], [39, -1]]


def test_a_sequence_of_another_length_is_refused() -> None:
    with pytest.raises(BackendError, match=r"was given 5 bp for chr1:10-15, which is 6 bp"):
        Toy(2, 1).predict("ACGTA", Interval("chr1", 10, 14))


def test_progress_rises_to_one_and_can_cancel() -> None:
    shares: list[float] = []
    toy = Toy(1, 0, tile_length=10, batch_size=1)
    toy.predict("A" * 40, Interval("chr1", 0, 40), shares.append)
    assert shares == [0, 0.25, 0.5, 0.75, 1]

    def stop(share: float) -> None:
        if share >= 0.5:
            raise Cancelled("stopped")

    toy.batches.clear()
    with pytest.raises(Cancelled):
        toy.predict("A" * 40, Interval("chr1", 0, 40), stop)
    assert len(toy.batches) == 2


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Interval, Variant]:
    sequence = draw(bases)
    start = draw(st.integers(0, len(sequence) - 40))
    interval = Interval("chr1", start, draw(st.integers(start + 30, len(sequence))))
    first = draw(st.integers(interval.start, interval.end - 1))
    end = draw(st.integers(first + 1, min(interval.end, first + 14)))
    ref = sequence[first:end].replace("N", "A")
    sequence = sequence[:first] + ref + sequence[end:]
    alt = draw(st.text("ACGT", min_size=1, max_size=14).filter(lambda alt: alt != ref))
    return sequence, interval, Variant("chr1", first + 1, ref, alt)


def brute_force(toy: Toy, haplotype: str, grid: Interval, variant: Variant) -> FloatArray:
    """Each ALT base has the value of its bin; bins begin on the grid, behind the variant anew.

    Args:
        haplotype: ALT, from `grid.start - context` on, N behind its end.
    """
    r, c = toy.resolution, toy.context_length
    shift = variant.length_change
    n_bins = grid.width // r
    first_right = -(-(variant.end - grid.start) // r)

    def bin_at(start: int) -> tuple[float, float]:
        """Of ALT bases counted from `grid.start`."""
        return toy.bins(haplotype[start : start + r + 2 * c])[0]

    seen: list[list[tuple[float, float]]] = [[] for _ in range(n_bins)]
    for base in range(first_right * r + shift):
        place = grid.start + base
        if variant.end <= place < variant.start + len(variant.alt):
            place = variant.end - 1
        elif place >= variant.start + len(variant.alt):
            place -= shift
        seen[(place - grid.start) // r].append(bin_at(base // r * r))
    for i in range(first_right, n_bins):
        seen[i].append(bin_at(i * r + shift))
    return np.array([np.max(values, axis=0) if values else (0, 0) for values in seen], np.float32)


@settings(deadline=None, max_examples=300)
@given(cases(), resolutions, st.integers(0, 9), st.integers(1, 40), st.integers(1, 3))
def test_the_alternate_allele_equals_brute_force(
    case: tuple[str, Interval, Variant], resolution: int, more: int, tile: int, batch: int
) -> None:
    sequence, interval, variant = case
    toy = Toy(resolution, resolution + more, tile_length=resolution * tile, batch_size=batch)
    window = toy.window(interval)
    reference_bases = Place(sequence).fetch(window)
    reference = toy.predict(reference_bases, interval)
    result = toy.predict_alternate(reference, reference_bases, variant)
    haplotype = variant.apply(reference_bases, window) + "N" * resolution
    expected = brute_force(toy, haplotype, reference.data.interval, variant)
    np.testing.assert_array_equal(result.data.values, expected)
    assert result.data.interval == reference.data.interval


@settings(deadline=None, max_examples=300)
@given(cases(), resolutions)
def test_alternate_sites_equal_a_scan_of_the_haplotype(
    case: tuple[str, Interval, Variant], resolution: int
) -> None:
    sequence, interval, variant = case
    toy = Toy(resolution, 12)
    window, grid = toy.window(interval), toy.grid(interval)
    reference_bases = Place(sequence).fetch(window)
    reference = toy.predict(reference_bases, interval)
    created = toy.predict_alternate(reference, reference_bases, variant).sites
    haplotype = variant.apply(reference_bases, window)
    starts = range(grid.width + variant.length_change)
    result = sites_of(haplotype, starts, grid.start, toy.context_length)

    def lifted(place: int) -> int:
        if place < variant.end and place < variant.start + len(variant.alt):
            return place
        if place < variant.start + len(variant.alt):
            return variant.end - 1
        return place - variant.length_change

    expected = sorted(
        (lifted(start), lifted(start + 2) + 1, strand)
        for start, strand in zip(result.start.tolist(), result.strand.tolist(), strict=True)
    )
    columns = (created.start.tolist(), created.end.tolist(), created.strand.tolist())
    assert sorted(zip(*columns, strict=True)) == expected
    assert created.start.tolist() == sorted(created.start.tolist())


def test_only_what_the_variant_reaches_is_computed() -> None:
    toy = Toy(1, 5, tile_length=1000)
    interval = Interval("chr1", 5, 505)
    sequence = "ACGTA" * 102
    reference = toy.predict(sequence, interval)
    toy.lengths.clear()
    toy.predict_alternate(reference, sequence, Variant("chr1", 251, "A", "T"))
    assert toy.lengths == [11 + 2 * 5]


@pytest.mark.parametrize(
    "variant",
    [
        Variant("chr1", 30, "A", "T"),
        Variant("chr1", 20, "AA", "A"),
        Variant("chr2", 15, "A", "T"),
        Variant("chr1", 10, "A", "T"),
    ],
)
def test_a_variant_outside_of_the_prediction_is_refused(variant: Variant) -> None:
    toy = Toy(1, 10)
    reference = toy.predict("A" * 30, Interval("chr1", 10, 20))
    with pytest.raises(BackendError, match="lies outside"):
        toy.predict_alternate(reference, "A" * 30, variant)


def test_the_reference_prediction_is_left_as_it_was() -> None:
    toy = Toy(1, 2)
    reference = toy.predict("A" * 24, Interval("chr1", 10, 30))
    before = replace(reference.data, values=reference.data.values.copy())
    toy.predict_alternate(reference, "A" * 24, Variant("chr1", 15, "A", "TCC"))
    np.testing.assert_array_equal(reference.data.values, before.values)


def test_the_version_names_weights_dtype_and_schema() -> None:
    toy = Toy(1, 0)
    assert toy.version.startswith("0" * 16 + "-float32-s")


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"dtype": "float8"}, "none of float32, bfloat16"), ({"device": "cuda:99"}, "CUDA|cuda")],
)
def test_an_impossible_device_or_dtype_is_refused(facts: dict[str, str], words: str) -> None:
    class Plain(Toy):
        def __init__(self) -> None:
            Backend.__init__(self, **facts)

    if facts.get("device") and _has_cuda():
        pytest.skip("this machine has CUDA")
    with pytest.raises(BackendError, match=words):
        Plain()


def _has_cuda() -> bool:
    import torch

    return torch.cuda.is_available()


def test_one_hot_has_a_row_a_base_and_zeros_for_n() -> None:
    hot = one_hot(["ACGTN", "TTTTA"], "ATGC")
    assert hot.shape == (2, 4, 5)
    assert hot[0].tolist() == [
        [1, 0, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 1, 0, 0],
        [0, 1, 0, 0, 0],
    ]
    assert hot[1].sum(dim=1).tolist() == [1, 4, 0, 0]
