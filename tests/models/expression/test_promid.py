"""PromID against its own TensorFlow graph, against itself, and against known promoters."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.track_data import Assay, Family, FloatArray
from genoview.errors import BackendError
from genoview.models.expression.promid import BASES, RESOLUTION, PromID, ScanNetwork, load_network
from genoview.models.inputs import one_hot
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "promid.npz"
STRETCHES = (0, 1)  # the ADA promoter; a stretch half of which is N
CONTEXT = 476  # bp
BIN_READS = 1_002  # bp: two windows of 1,001, around the two middle bases of a bin
TOLERANCE = 1e-5
Arrays = dict[str, npt.NDArray[Any]]


@pytest.fixture(scope="module")
def model() -> PromID:
    return PromID()


@pytest.fixture(scope="module")
def network() -> ScanNetwork:
    return load_network()


@pytest.fixture(scope="module")
def expected() -> Arrays:
    with np.load(FIXTURE) as arrays:
        return dict(arrays)


def text(codes: npt.NDArray[np.uint8]) -> str:
    return codes.tobytes().decode()


def ada(expected: Arrays, width: int) -> tuple[str, Interval]:
    """The first `width` bp of the ADA promoter, their sequence with context."""
    start = int(expected["start0"])
    return text(expected["sequence0"])[: width + 2 * CONTEXT], Interval(
        "chr20", start, start + width
    )


def score(network: ScanNetwork, windows: list[str]) -> FloatArray:
    """float32[windows] of 1,001 bp each, straight from the network."""
    with torch.inference_mode():
        scores: FloatArray = network(one_hot(windows, BASES).unsqueeze(2)).numpy()
    return scores


def bin_by_hand(network: ScanNetwork, bases: str) -> FloatArray:
    """float32[2 strands] of one bin, from the 1,002 bp that it reads."""
    assert len(bases) == BIN_READS
    strands = (bases, reverse_complement(bases))
    return np.array([score(network, [strand[:-1], strand[1:]]).mean() for strand in strands])


@pytest.mark.parametrize("stretch", STRETCHES)
def test_probabilities_are_those_of_the_published_graph(
    model: PromID, expected: Arrays, stretch: int
) -> None:
    sequence = text(expected[f"sequence{stretch}"])
    start = int(expected[f"start{stretch}"])
    interval = Interval("chr20", start, start + len(sequence) - 2 * CONTEXT)
    values = model.predict(sequence, interval).data.values
    for column, strand in enumerate(("forward", "reverse")):
        np.testing.assert_allclose(
            values[:, column],
            expected[f"{strand}{stretch}"].mean(axis=1),  # of the two windows of a bin
            rtol=0,
            atol=TOLERANCE,
        )


@pytest.mark.parametrize("sites", ["tss", "background"])
def test_single_windows_are_those_of_the_published_graph(
    network: ScanNetwork, expected: Arrays, sites: str
) -> None:
    windows = [text(row) for row in expected[f"{sites}_sequences"]]
    np.testing.assert_allclose(
        score(network, windows), expected[f"{sites}_probabilities"], rtol=0, atol=TOLERANCE
    )


def test_known_tss_score_above_random_places(network: ScanNetwork, expected: Arrays) -> None:
    known = score(network, [text(row) for row in expected["tss_sequences"]])
    background = score(network, [text(row) for row in expected["background_sequences"]])
    assert np.mean(known[:, None] > background[None, :]) > 0.95
    assert np.median(known) > 0.8
    assert np.max(background) < 0.2


def test_ada_promoter_stands_on_its_own_strand_at_its_tss(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, 1_700)
    data = model.predict(sequence, interval).data
    at_tss = (43_280_339 - interval.start) // RESOLUTION  # RefSeq NM_000022, minus strand
    forward, reverse = data.values[at_tss]
    assert reverse > 0.9
    assert forward < reverse


def test_windows_lie_around_the_two_middle_bases_of_their_bin(
    model: PromID, network: ScanNetwork, expected: Arrays
) -> None:
    sequence, interval = ada(expected, 150)
    values = model.predict(sequence, interval).data.values
    for n in range(3):
        right_middle = CONTEXT + n * RESOLUTION + RESOLUTION // 2
        bases = sequence[right_middle - 501 : right_middle + 501]
        by_hand = bin_by_hand(network, bases)
        np.testing.assert_allclose(values[n], by_hand, rtol=0, atol=TOLERANCE)


def test_tracks_are_promoter_probability_on_both_strands(model: PromID) -> None:
    assert [track.strand for track in model.tracks] == ["+", "-"]
    assert {track.assay for track in model.tracks} == {Assay.TSS}
    assert model.card.family is Family.EXPRESSION
    assert "not expression level" in model.card.predicts


def test_context_is_exactly_what_the_bins_read(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, RESOLUTION)
    assert len(sequence) == BIN_READS
    assert model.window(interval).width == BIN_READS
    assert model.predict_batch([sequence]).shape == (1, 1, 1)


@pytest.mark.parametrize("tile_length", [50, 100, 150])
def test_a_tiled_prediction_equals_an_untiled_one(
    model: PromID, expected: Arrays, tile_length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sequence, interval = ada(expected, 400)
    whole = model.predict(sequence, interval).data.values
    monkeypatch.setattr(model, "tile_length", tile_length)
    monkeypatch.setattr(model, "batch_size", 3)
    tiled = model.predict(sequence, interval).data.values
    np.testing.assert_allclose(tiled, whole, rtol=0, atol=TOLERANCE)


def test_batches_of_one_and_eight_agree(model: PromID, expected: Arrays) -> None:
    sequence, _ = ada(expected, 400)
    sequences = [sequence[i : i + BIN_READS + 50] for i in range(0, 8 * 25, 25)]
    together = model.predict_batch(sequences)
    alone = np.concatenate([model.predict_batch([sequence]) for sequence in sequences])
    assert together.shape == (8, 2, 1)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together, alone, rtol=0, atol=TOLERANCE)


def test_the_reverse_complement_mirrors_bins_and_strands(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, 200)
    values = model.predict(sequence, interval).data.values
    mirrored = model.predict(reverse_complement(sequence), interval).data.values
    np.testing.assert_allclose(mirrored[::-1, ::-1], values, rtol=0, atol=TOLERANCE)


def test_a_sequence_of_n_only_gives_probabilities(model: PromID) -> None:
    values = model.predict_batch(["N" * (BIN_READS + 50)])
    assert np.isfinite(values).all()
    assert ((values >= 0) & (values <= 1)).all()
    np.testing.assert_allclose(values, values[0, 0, 0], rtol=0, atol=TOLERANCE)


def alternate_by_hand(
    network: ScanNetwork, haplotype: str, start: int, variant: Variant, n_bins: int
) -> FloatArray:
    """ALT on REF bins, one window at a time.

    Before the variant, a bin is what ALT has there; behind it, what ALT has as many bases further
    on as it is longer; in between, the highest of ALT's bins with a base that lies on the REF bin.
    """
    first_right = -(-(variant.end - start) // RESOLUTION)
    n_alt_bases = first_right * RESOLUTION + variant.length_change
    meets: list[set[int]] = [set() for _ in range(n_bins)]  # the first base of each ALT bin
    for base in range(n_alt_bases):
        lies_on = start + base
        if lies_on >= variant.start + len(variant.alt):
            lies_on -= variant.length_change
        elif lies_on >= variant.end:
            lies_on = variant.end - 1
        meets[(lies_on - start) // RESOLUTION].add(base // RESOLUTION * RESOLUTION)
    for n in range(first_right, n_bins):
        meets[n] = {n * RESOLUTION + variant.length_change}
    values = np.zeros((n_bins, 2), dtype=np.float32)
    for n, firsts in enumerate(meets):
        for first in firsts:
            bases = haplotype[first : first + BIN_READS].ljust(BIN_READS, "N")
            values[n] = np.maximum(values[n], bin_by_hand(network, bases))
    return values


@pytest.mark.parametrize(
    ("offset", "n_ref", "alt"),
    [
        pytest.param(60, 1, None, id="substitution"),
        pytest.param(60, 1, "+GATTACA", id="insertion of 7 bp"),
        pytest.param(60, 1, "+" + "GATTC" * 10, id="insertion of one bin"),
        pytest.param(60, 8, "", id="deletion of 7 bp"),
        pytest.param(37, 130, "", id="deletion over whole bins"),
        pytest.param(60, 9, "+TT", id="indel"),
    ],
)
def test_alt_equals_its_windows_one_by_one(
    model: PromID,
    network: ScanNetwork,
    expected: Arrays,
    offset: int,
    n_ref: int,
    alt: str | None,
) -> None:
    sequence, interval = ada(expected, 200)
    ref = sequence[CONTEXT + offset : CONTEXT + offset + n_ref]
    changed = {"A": "C", "C": "A", "G": "T", "T": "G"}[ref] if alt is None else ref[0] + alt[1:]
    variant = Variant("chr20", interval.start + offset + 1, ref, changed)
    reference = model.predict(sequence, interval)
    values = model.predict_alternate(reference, sequence, variant).data.values
    haplotype = variant.apply(sequence, model.window(interval))
    by_hand = alternate_by_hand(network, haplotype, interval.start, variant, 4)
    np.testing.assert_allclose(values, by_hand, rtol=0, atol=TOLERANCE)
    assert np.abs(values - reference.data.values).max() > 1e-3


def test_a_variant_changes_nothing_beyond_its_reach(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, 1_000)
    position = interval.start + 100
    ref = sequence[CONTEXT + 100]
    variant = Variant("chr20", position + 1, ref, "A" if ref != "A" else "C")
    reference = model.predict(sequence, interval)
    alternate = model.predict_alternate(reference, sequence, variant)
    changed = np.abs(alternate.data.values - reference.data.values).max(axis=1) > 0
    last = np.flatnonzero(changed).max()
    assert last * RESOLUTION <= 100 + CONTEXT < (last + 1) * RESOLUTION
    haplotype = variant.apply(sequence, model.window(interval))
    whole = model.predict(haplotype, interval).data.values
    np.testing.assert_allclose(alternate.data.values, whole, rtol=0, atol=TOLERANCE)


def test_bfloat16_stays_near_float32(model: PromID, expected: Arrays) -> None:
    sequence, _ = ada(expected, 100)
    rough = PromID(dtype="bfloat16")
    np.testing.assert_allclose(
        rough.predict_batch([sequence]), model.predict_batch([sequence]), rtol=0, atol=0.1
    )
    assert rough.version != model.version


def test_progress_runs_from_zero_to_one(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, 50)
    shares: list[float] = []
    model.predict(sequence, interval, shares.append)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_missing_weights_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"scripts/assets/convert_promid\.py"):
        load_network(tmp_path / "promid.safetensors")


def test_other_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "promid.safetensors"
    path.write_bytes(b"not weights")
    with pytest.raises(BackendError, match="cannot be read"):
        load_network(path)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
def test_cuda_gives_the_same_probabilities(model: PromID, expected: Arrays) -> None:
    sequence, interval = ada(expected, 1_700)
    there = PromID(device="cuda").predict(sequence, interval).data.values
    here = model.predict(sequence, interval).data.values
    np.testing.assert_allclose(there, here, rtol=0, atol=TOLERANCE)
