"""MPRA-DragoNN: the published file where it is, and everywhere one of the same shape."""

from pathlib import Path

import numpy as np
import pytest

from genoview.errors import BackendError
from genoview.models import registry
from genoview.models.expression.mpra_dragonn import ORDER, RESOLUTION, TASKS, WIDTH, MPRADragoNN
from tests.support.models.weights_here import dragonn_file, needs_weights
from tests.support.paths import FIXTURES

pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
FIXTURE = np.load(FIXTURES / "mpra_dragonn.npz")


@pytest.fixture(scope="module")
def random(tmp_path_factory: pytest.TempPathFactory) -> MPRADragoNN:
    return MPRADragoNN(dragonn_file(tmp_path_factory.mktemp("dragonn")))


@needs_weights("mpra-dragonn")
def test_it_agrees_with_keras(published: Path) -> None:
    model = MPRADragoNN(published / "mpra-dragonn")
    output = model.predict_batch([str(fragment) for fragment in FIXTURE["fragments"]])
    assert output.shape == (16, 1, 12)
    np.testing.assert_allclose(output[:, 0], FIXTURE["said"][:, ORDER], atol=1e-5)
    assert np.ptp(FIXTURE["said"]) > 1


def test_a_bin_is_the_window_around_its_middle(random: MPRADragoNN) -> None:
    sequence = "".join(np.random.default_rng(1).choice(list("ACGT"), WIDTH + 3 * RESOLUTION))
    whole = random.predict_batch([sequence])[0]
    alone = [random.predict_batch([sequence[i : i + WIDTH]])[0, 0] for i in range(0, 46, 15)]
    np.testing.assert_allclose(whole, alone, rtol=1e-4, atol=2e-5)
    assert (2 * random.context_length + RESOLUTION) == WIDTH


def test_tasks_are_named_as_in_the_description_of_the_model() -> None:
    names = [
        f"{cell} {promoter} {kind}"
        for cell in ("K562", "HepG2")
        for promoter in ("minP", "SV40P")
        for kind in ("replicate 1", "replicate 2", "pooled")
    ]
    assert [track.name for track in MPRADragoNN.tracks[:12]] == [names[i] for i in ORDER]
    first = ["K562 minP pooled", "HepG2 minP pooled", "K562 SV40P pooled", "HepG2 SV40P pooled"]
    assert [track.name for track in MPRADragoNN.tracks[:4]] == first
    assert len(TASKS) == 12
    assert len(MPRADragoNN.tracks) == 24


def test_the_card_counts_what_the_file_holds(random: MPRADragoNN) -> None:
    # A normalisation is folded into scale and offset, as many numbers as it was trained with.
    n = sum(values.numel() for values in random._network.parameters())
    assert n == MPRADragoNN.card.parameters


def test_the_error_of_an_absent_file_names_the_command_that_adds_it(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"not here.*genoview models add mpra-dragonn"):
        registry.create("mpra-dragonn", models_dir=tmp_path)


@pytest.mark.parametrize("content", [b"", b"no HDF5"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pretrained.hdf5").write_bytes(content)
    with pytest.raises(BackendError, match=r"pretrained\.hdf5"):
        MPRADragoNN(tmp_path)
