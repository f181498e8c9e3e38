"""Promoter activity: each bin is its own window of 144 bp, in each network and on each strand."""

import numpy as np
import pytest
import torch

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.track_data import Assay, FloatArray
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_activity import N_MEMBERS, UNIT, WEIGHTS, PromoterActivity
from genoview.models.expression.promoter_network import WIDTH, load_promoter_networks
from genoview.models.inputs import one_hot

RESOLUTION, CONTEXT = 16, 64
N_CELLS = len(CELLS)
N_FORWARD = N_CELLS * (1 + N_MEMBERS)  # tracks of one strand: the mean, then each network
FORWARD, REVERSE = slice(0, N_CELLS), slice(N_FORWARD, N_FORWARD + N_CELLS)
TOLERANCE = 2e-5


@pytest.fixture(scope="module")
def model() -> PromoterActivity:
    return PromoterActivity()


def bases(n: int, seed: int = 0) -> str:
    return "".join(np.random.default_rng(seed).choice(list("ACGT"), n))


def predicted(model: PromoterActivity, sequence: str) -> FloatArray:
    interval = Interval("chr1", 1_600, 1_600 + len(sequence) - 2 * CONTEXT)
    return model.predict(sequence, interval).data.values


def test_a_bin_combines_all_networks_predictions_for_its_window(model: PromoterActivity) -> None:
    sequence = bases(400 + 2 * CONTEXT)
    values = predicted(model, sequence)
    networks = load_promoter_networks(WEIGHTS)
    assert len(networks.members) == N_MEMBERS
    for place in (0, 7, 24):
        window = sequence[place * RESOLUTION :][:WIDTH]
        for strand, read in ((0, window), (N_FORWARD, reverse_complement(window))):
            with torch.inference_mode():
                output = list(networks.above_inactive(one_hot([read]), 1)[0, 0])
            for member, by_hand in enumerate(output):
                at = strand + N_CELLS * (1 + member)
                np.testing.assert_allclose(
                    values[place, at : at + N_CELLS], by_hand, atol=TOLERANCE
                )
            mean = torch.stack(output).mean(0)
            np.testing.assert_allclose(values[place, strand:][:N_CELLS], mean, atol=TOLERANCE)


def test_bfloat16_is_nearly_the_same(model: PromoterActivity) -> None:
    sequence = bases(3_200 + 2 * CONTEXT, seed=3)
    coarse = predicted(PromoterActivity(dtype="bfloat16"), sequence)
    exact = predicted(model, sequence)
    assert not np.array_equal(coarse, exact)
    assert np.abs(coarse - exact).max() < 0.25
    assert np.corrcoef(coarse.ravel(), exact.ravel())[0, 1] > 0.995


def test_the_model_speaks_of_every_cell_on_both_strands(model: PromoterActivity) -> None:
    spoken = [track for track in model.tracks if not track.member]
    assert [(t.group, t.strand) for t in spoken] == [(c, s) for s in "+-" for c in CELLS]
    assert {(t.assay, t.unit) for t in model.tracks} == {(Assay.MPRA, UNIT)}
    assert all(track.biosample is not None for track in model.tracks)


def test_the_reverse_complement_mirrors_the_strands(model: PromoterActivity) -> None:
    sequence = bases(320 + 2 * CONTEXT, seed=1)
    there, back = predicted(model, sequence), predicted(model, reverse_complement(sequence))
    np.testing.assert_allclose(there[:, FORWARD], back[::-1, REVERSE], atol=TOLERANCE)
    np.testing.assert_allclose(there[:, REVERSE], back[::-1, FORWARD], atol=TOLERANCE)


def test_a_tiled_prediction_equals_an_untiled_one(model: PromoterActivity) -> None:
    sequence = bases(1_600 + 2 * CONTEXT, seed=2)
    whole = predicted(model, sequence)
    tiled = PromoterActivity()
    tiled.tile_length = 176  # bp, 11 bins
    np.testing.assert_allclose(predicted(tiled, sequence), whole, atol=TOLERANCE)


def test_a_prediction_of_n_is_finite(model: PromoterActivity) -> None:
    assert np.isfinite(predicted(model, "N" * (160 + 2 * CONTEXT))).all()


def test_a_variant_changes_its_windows_alone(model: PromoterActivity) -> None:
    sequence = bases(640 + 2 * CONTEXT, seed=3)
    interval = Interval("chr1", 1_600, 2_240)
    at = 320
    ref = model.predict(sequence, interval)
    base = sequence[CONTEXT + at]
    variant = Variant("chr1", 1_600 + at + 1, base, "ACGT".replace(base, "")[0])
    alt = model.predict_alternate(ref, sequence, variant)
    haplotype = sequence[: CONTEXT + at] + variant.alt + sequence[CONTEXT + at + 1 :]
    np.testing.assert_allclose(alt.data.values, predicted(model, haplotype), atol=TOLERANCE)
    changed = np.flatnonzero(np.abs(alt.data.values - ref.data.values).max(axis=1) > TOLERANCE)
    assert (changed.min(), changed.max()) == (at // RESOLUTION - 4, at // RESOLUTION + 4)
