"""Xpresso: the published file where it is, and everywhere one of the same shape."""

from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.errors import BackendError
from genoview.models import registry
from genoview.models.expression.xpresso import Xpresso
from tests.support.models.weights_here import needs_weights, xpresso_file
from tests.support.paths import FIXTURES

pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
FIXTURE = np.load(FIXTURES / "xpresso.npz")


@pytest.fixture(scope="module")
def random(tmp_path_factory: pytest.TempPathFactory) -> Xpresso:
    return Xpresso(xpresso_file(tmp_path_factory.mktemp("xpresso")))


@needs_weights("xpresso")
def test_it_agrees_with_keras(published: Path) -> None:
    model = Xpresso(published / "xpresso")
    levels = model.levels([str(sequence) for sequence in FIXTURE["sequences"]])
    np.testing.assert_allclose(levels, FIXTURE["levels"], atol=1e-5)
    assert np.ptp(FIXTURE["levels"]) > 1


def test_the_card_counts_what_the_file_holds(random: Xpresso) -> None:
    n = sum(values.numel() for values in random._network.parameters())
    assert n + 6 * 64 == Xpresso.card.parameters  # weights of half-life features, which are 0


def test_a_level_does_not_depend_on_what_is_read_beside_it(random: Xpresso) -> None:
    bases = np.random.default_rng(1).choice(list("ACGTN"), (40, 10_500))
    promoters = ["".join(row) for row in bases]
    whole = random.levels(promoters)
    assert np.isfinite(whole).all()
    assert len(set(whole)) > 1
    np.testing.assert_allclose(
        whole, [random.levels([promoter])[0] for promoter in promoters], atol=1e-5
    )
    for size in (8, 39):
        parts = [random.levels(promoters[i : i + size]) for i in range(0, 40, size)]
        np.testing.assert_allclose(whole, np.concatenate(parts), atol=1e-5)
    assert np.isfinite(random.levels(["N" * 10_500])).all()
    assert random.levels([]) == []


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device")
def test_cpu_and_cuda_agree(tmp_path: Path) -> None:
    folder = xpresso_file(tmp_path)
    promoter = "".join(np.random.default_rng(2).choice(list("ACGTN"), 10_500))
    slow, quick = (Xpresso(folder, device).levels([promoter]) for device in ("cpu", "cuda"))
    np.testing.assert_allclose(quick, slow, atol=1e-4)


def test_another_length_is_refused(random: Xpresso) -> None:
    with pytest.raises(BackendError, match=r"given 9 bp; it reads 10,500 bp"):
        random.levels(["ACGTACGTA"])


def test_the_error_of_an_absent_file_names_the_command_that_adds_it(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"not here.*genoview models add xpresso"):
        registry.create_gene_model("xpresso", models_dir=tmp_path)
