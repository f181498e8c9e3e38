"""The network, its augmentation, its training and its exported file, on small made-up data."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.models.expression.promoter_network import load_promoter_networks
from training.promoter_activity.augment import fill_flanks, mutate, reverse_complement, shift
from training.promoter_activity.data import (
    CELLS,
    WIDTH,
    MeasurementError,
    Measurements,
    encode,
    read_measurements,
)
from training.promoter_activity.evaluate import allele_pairs, predict, ranks, spearman
from training.promoter_activity.export import export
from training.promoter_activity.losses import masked_error
from training.promoter_activity.model import (
    Architecture,
    MotifBank,
    PromoterEnsemble,
    PromoterNetwork,
    one_hot,
)
from training.promoter_activity.muon import Muon, orthogonal
from training.promoter_activity.recipe import Augmentation, Optimisation, Recipe, Trust, Weighing
from training.promoter_activity.splits import SplitRule
from training.promoter_activity.train import Examples, Training
from training.promoter_activity.variants import Element, bootstrap_interval, predicted_effects
from training.promoter_activity.weigh import MotifTraining, read_windows

# Two motifs, of 2 and 3 bases, 16 pairs and 32 triples of bases.
MOTIFS = MotifBank.of([torch.randn(3, 4), torch.randn(2, 4)])
SMALL = Architecture(channels=8, hidden=8, dropout=0.0, seen=50, motif_hidden=8)
ALL = np.ones(1, bool)


def padded(sequence: str) -> np.ndarray:
    return encode([sequence])


def made_up(n: int) -> Measurements:
    rng = np.random.default_rng(0)
    sequences = tuple("".join(rng.choice(list("ACGT"), 114)) for _ in range(n))
    activity = rng.normal(size=(n, len(CELLS))).astype(np.float32)
    activity[::3, 2] = np.nan
    text = np.array(["km18_POOL1", "km18_POOL2"] * (n // 2))
    return Measurements(sequences, text, text, text, text, encode(sequences), activity)


def recipe(epochs: int) -> Recipe:
    return Recipe(
        "small",
        SplitRule((), (), 11),
        SMALL,
        Augmentation(reverse_complement=0.5, mutate=0.1),
        Optimisation(epochs=epochs, batch=16),
        weighing=Weighing(epochs=epochs, copies=1, batch=16),
    )


def weighing(epochs: int, network: PromoterNetwork, folder: Path) -> MotifTraining:
    examples = Examples(made_up(48), np.arange(48), None)
    return MotifTraining(recipe(epochs), 7, examples, MOTIFS, network, folder)


def test_a_shorter_fragment_ends_at_the_last_column() -> None:
    assert encode(["ACGTN"], 7).tolist() == [[4, 4, 0, 1, 2, 3, 4]]


def test_a_longer_fragment_is_refused() -> None:
    with pytest.raises(MeasurementError, match="145 bp; at most 144"):
        encode(["A" * 145])


def test_a_table_without_a_cell_is_refused(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "table.tsv.gz"
    with gzip.open(path, "wt") as file:
        file.write("sequence\tchrom\tsource\tHepG2\nACGT\tchr1\tx\t1\n")
    with pytest.raises(MeasurementError, match="HUES64, HeLa, K562, mESC"):
        read_measurements(path)


def test_n_is_four_zeros() -> None:
    assert one_hot(torch.tensor([[0, 3, 4]])).tolist() == [
        [[1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 1, 0]]
    ]


def test_reverse_complement_keeps_the_padding_in_front() -> None:
    assert (reverse_complement(padded("AACG"), ALL) == padded("CGTT")).all()


@pytest.mark.parametrize(
    ("sequence", "step", "expected"),
    [("ACGTNN", 2, "ACGT"), ("ACGT", -2, "ACGTNN"), ("ACGT", 2, "AC"), ("ACGT", 0, "ACGT")],
)
def test_a_shift_uncovers_n(sequence: str, step: int, expected: str) -> None:
    assert (shift(padded(sequence), np.array([step])) == padded(expected)).all()


def test_flanks_replace_only_the_padding() -> None:
    filled = fill_flanks(padded("ACGT"), np.full((1, WIDTH), 2, np.int8), ALL)
    assert (filled == padded("G" * (WIDTH - 4) + "ACGT")).all()


def test_mutation_leaves_the_padding() -> None:
    mutated = mutate(padded("ACGT"), 1.0, np.random.default_rng(0))
    assert ((mutated == 4) == (padded("ACGT") == 4)).all()


def test_the_network_gives_an_activity_per_cell_and_what_a_teacher_said() -> None:
    network = PromoterNetwork(replace(SMALL, teacher_outputs=3)).eval()
    x = one_hot(torch.from_numpy(made_up(4).codes))
    activities, taught = network.read(network.features(x))
    assert activities.shape == (4, len(CELLS))
    assert taught.shape == (4, 3)
    assert network.activity_along(x, MOTIFS(x, 1), 1).shape == (4, 1, len(CELLS))


def test_an_activity_is_the_mean_of_the_coarse_and_the_motif_readout_by_their_share() -> None:
    network = PromoterNetwork(SMALL).eval()
    network.mean.fill_(1.0)
    network.scale.fill_(2.0)
    x = one_hot(torch.from_numpy(made_up(4).codes))
    with torch.inference_mode():
        seen = MOTIFS(x, 1)
        coarse, taught = network.read(network.features(x))
        by_motifs = network.weigh(seen[:, 0], taught)
        found = network.activity_along(x, seen, 1)[:, 0]
    torch.testing.assert_close(found, 2 * (0.3 * coarse + 0.7 * by_motifs) + 1)


@pytest.mark.parametrize("stride", [1, 5, 8, 16, 24])
@pytest.mark.parametrize("shape", [SMALL, replace(SMALL, layers=2, width=3, pool=10)])
def test_activity_along_a_sequence_is_that_of_each_window(shape: Architecture, stride: int) -> None:
    torch.manual_seed(0)
    network = PromoterNetwork(shape).eval()
    for weights in (network.taught.weight, network.passed.weight):
        torch.nn.init.normal_(weights)
    networks = PromoterEnsemble(MOTIFS, [network])
    codes = np.random.default_rng(0).integers(0, 5, WIDTH + 3 * stride, np.int8)
    windows = np.lib.stride_tricks.sliding_window_view(codes, WIDTH)[::stride]
    with torch.inference_mode():
        along = networks.activity_along(one_hot(torch.from_numpy(codes[None])), stride)
    each = predict(networks, windows.copy())
    np.testing.assert_allclose(along[0].numpy(), each, rtol=1e-4, atol=1e-5)


def test_muon_steps_as_far_in_every_direction() -> None:
    torch.manual_seed(0)
    gradient = torch.randn(6, 40) * torch.logspace(-0.5, 0.5, 6)[:, None]
    given, made = (torch.linalg.svdvals(m) for m in (gradient, orthogonal(gradient)))
    assert given.max() / given.min() > 5
    assert made.max() / made.min() < 2


def test_muon_finds_the_matrix_that_made_the_answers() -> None:
    torch.manual_seed(0)
    wanted, x = torch.randn(4, 3, 1, 2), torch.randn(64, 6)
    weight = torch.nn.Parameter(torch.zeros(4, 3, 1, 2))
    optimiser = Muon([weight], lr=0.1, weight_decay=0.0)
    rates = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, 300)
    for _ in range(300):
        error = (x @ (weight - wanted).flatten(1).T).square().mean()
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        rates.step()
    torch.testing.assert_close(weight.detach(), wanted, atol=0.02, rtol=0)


def test_what_was_not_measured_does_not_count() -> None:
    predicted = torch.tensor([[1.0, 5.0]])
    assert masked_error(predicted, torch.tensor([[3.0, float("nan")]]), torch.ones(1, 2)) == 4.0


def test_what_is_trusted_less_counts_less() -> None:
    predicted, measured = torch.tensor([[1.0, 5.0]]), torch.tensor([[3.0, 1.0]])
    error = masked_error(predicted, measured, torch.tensor([[1.0, 0.25]]))
    assert error.item() == pytest.approx((4.0 + 0.25 * 16.0) / 1.25)


def test_a_stopped_run_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    examples = Examples(made_up(48), np.arange(48), None)

    def run(folder: str) -> Training:
        return Training(recipe(3), 7, examples, tmp_path / folder)

    whole = run("whole").run().state_dict()
    stopped = run("parts")
    stopped._one_epoch()
    stopped.epoch = 1
    stopped._save()
    resumed = run("parts")
    assert resumed.epoch == 1
    for name, tensor in resumed.run().state_dict().items():
        assert torch.equal(tensor, whole[name]), name


def test_a_stopped_weighing_of_motifs_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = PromoterNetwork(SMALL).eval()
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    whole = {
        name: tensor.clone()
        for name, tensor in weighing(3, network, tmp_path / "whole").run().state_dict().items()
    }
    stopped = weighing(3, network, tmp_path / "parts")
    stopped.epochs = 1
    stopped.run()
    for name, tensor in weighing(3, network, tmp_path / "parts").run().state_dict().items():
        assert torch.equal(tensor, whole[name]), name
        trained = name.startswith(("motif_head", "center", "spread"))
        assert trained or torch.equal(tensor, state[name]), name


def test_the_motif_readout_learns_which_motif_makes_the_activity(tmp_path: Path) -> None:
    """Where activity is a motif's occupancy, it is predicted for fragments that were not seen."""
    data = made_up(400)
    network = PromoterNetwork(SMALL).eval()
    first = read_windows(MOTIFS, network, data.codes)[1][:, 0]
    data.activity[:] = ((first - first.mean()) / first.std())[:, None]
    examples = Examples(data, np.arange(300), None)
    trained = MotifTraining(recipe(40), 7, examples, MOTIFS, network, tmp_path).run()
    with torch.inference_mode():
        read = torch.from_numpy(read_windows(MOTIFS, trained, data.codes[300:])[1])
        said = trained.weigh(read[:, :50], read[:, 50:])[:, 0].numpy()
    assert np.corrcoef(said, first[300:])[0, 1] > 0.8


def test_an_exported_ensemble_predicts_as_its_members(tmp_path: Path) -> None:
    shape = replace(SMALL, teacher_outputs=2)
    made = PromoterEnsemble(MOTIFS, [PromoterNetwork(shape) for _ in range(2)]).eval()
    made.members[0].mean.fill_(2.0)
    export(made, [1, 2], [0.5] * len(CELLS), tmp_path / "weights.safetensors")
    codes = made_up(4).codes
    loaded = load_promoter_networks(tmp_path / "weights.safetensors")
    np.testing.assert_array_equal(predict(made, codes), predict(loaded, codes))
    x = one_hot(torch.from_numpy(codes))
    with torch.inference_mode():
        above = loaded.activity_along(x, 1) - loaded.above_inactive(x, 1)
    assert torch.allclose(above, torch.tensor(0.5))


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0])).tolist() == [1.5, 0.0, 1.5]
    assert spearman(np.array([1.0, 2, 3]), np.array([1.0, 4, 9])) == pytest.approx(1.0)


def test_allele_pairs_differ_by_one_substitution_in_one_pool() -> None:
    sequence = "ACGGTCATTGCA" * 9
    alleles = (
        sequence,
        "T" + sequence[1:],
        sequence[:-1] + "C",
        sequence[:50] + "TT" + sequence[52:],
    )
    one = np.array(["a", "a", "b", "a"])
    data = Measurements(
        alleles, one, one, one, one, encode(alleles), np.zeros((4, len(CELLS)), np.float32)
    )
    assert allele_pairs(data, np.arange(4)).tolist() == [[0, 1]]


def test_variant_effects_of_a_counter_are_what_the_bases_say() -> None:
    """A network that counts C and G says +1 for A>C, 0 for A>T, on either strand."""
    element = Element(
        "toy",
        np.zeros(40, np.int8),
        np.array([0, 20, 39]),
        np.array([1, 3, 2], np.int8),
        np.zeros(3),
    )

    def count(codes: np.ndarray) -> np.ndarray:
        return np.isin(codes, (1, 2)).sum(1, keepdims=True).astype(float)

    assert predicted_effects(element, count, 16)[:, 0].tolist() == [1.0, 0.0, 1.0]


def test_the_interval_of_a_constant_is_that_constant() -> None:
    assert bootstrap_interval(lambda rows: 0.5, np.arange(5), 10, 0) == (0.5, 0.5)


def test_random_and_scrambled_fragments_are_trusted_as_the_recipe_says() -> None:
    measured = replace(
        made_up(4), labels=np.array(["WILDTYPE", "RANDOM|x", "SCRAMBLED", "FLIPPED"])
    )
    found = Trust((1.0, 0.4, 0.2, 1.0, 1.0)).of(measured)
    noisy = [1.0, 0.4, 0.2, 1.0, 1.0]
    assert found == pytest.approx(np.array([[1.0] * 5, noisy, noisy, [1.0] * 5]))
    assert (Trust().of(measured) == 1).all()
