"""Every adapter keeps the contract of a model, with the weights that are here or random ones."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.data.track_data import FloatArray
from genoview.errors import Cancelled
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.jaspar import Jaspar
from genoview.models.contract import check_contract
from genoview.models.expression.promid import PromID
from genoview.models.expression.promoter_activity import PromoterActivity
from genoview.models.splicing import splice_network
from genoview.models.splicing.cispliceai import CISpliceAI
from genoview.models.splicing.pangolin import Pangolin
from genoview.models.splicing.splice_network import UNITS
from genoview.models.splicing.spliceai import SpliceAI
from genoview.models.variant_batch import Edit, EditedStrand
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.store import Store
from tests.support.models.toy_backend import Toy
from tests.support.models.weights_here import dragonn_file, pangolin_files

Make = Callable[[Path, str], Backend]


def small_pangolin(folder: Path, device: str) -> Backend:
    """One network of one tissue in place of twelve."""
    model = Pangolin(pangolin_files(folder), device)
    model._tissues = torch.nn.ModuleList([model._tissues[0][:1]])
    model.tracks = model.tracks[::4]
    return model


def small_cispliceai(folder: Path, device: str) -> Backend:
    """One network in place of five."""
    model = CISpliceAI(device)
    model._networks = model._networks[:1]
    return model


def small_spliceai(folder: Path, device: str) -> Backend:
    """One network in place of five, where a person has installed them."""
    if not (find_spec("spliceai") and find_spec("h5py")):
        pytest.skip("the package spliceai, or h5py, is not installed")
    model = SpliceAI(device)
    model._networks = model._networks[:1]
    return model


def dragonn(folder: Path, device: str) -> Backend:
    pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
    from genoview.models.expression.mpra_dragonn import MPRADragoNN

    return MPRADragoNN(dragonn_file(folder), device)


ADAPTERS: dict[str, Make] = {
    "jaspar": lambda folder, device: Jaspar(device),
    "promoter-activity": lambda folder, device: PromoterActivity(device),
    "promid": lambda folder, device: PromID(device),
    "cispliceai": small_cispliceai,
    "spliceai": small_spliceai,
    "mpra-dragonn": dragonn,
    "pangolin": small_pangolin,
}


SHORT_UNITS = 4  # of 16: those of dilation 1, which read 40 bp on each side
SHORT_CONTEXT = sum(width - 1 for width, _ in UNITS[:SHORT_UNITS])
SHORTENED = ("cispliceai", "spliceai", "pangolin")


def shortened(model: Backend, monkeypatch: pytest.MonkeyPatch) -> Backend:
    """The network of a splice model up to its first skip connection: all else is as it was."""
    monkeypatch.setattr(splice_network, "CONTEXT_LENGTH", SHORT_CONTEXT)
    lists = (model._tissues[0] if isinstance(model, Pangolin) else model._networks,)  # type: ignore[attr-defined]
    for network in lists[0]:
        network.units, network.readouts = network.units[:SHORT_UNITS], network.readouts[:2]
    model.context_length = SHORT_CONTEXT
    return model


@pytest.mark.parametrize("name", SHORTENED)
def test_a_splice_model_keeps_the_contract(name: str, tmp_path: Path) -> None:
    """With all its layers, on few sequences; the others do with many, below."""
    model = ADAPTERS[name](tmp_path, "cpu")
    assert [check.words for check in check_contract(model, 2) if not check.holds] == []


@pytest.mark.parametrize("name", ADAPTERS)
def test_batches_of_1_8_and_64_agree(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And N, strands, tiles and a stop with them; splice models read short windows."""
    model = ADAPTERS[name](tmp_path, "cpu")
    if name in SHORTENED:
        model = shortened(model, monkeypatch)
    findings = check_contract(model, 64)
    assert [check.words for check in findings if not check.holds] == []
    assert "batches of 1, 8 and 64 agree" in [check.title for check in findings]


@pytest.mark.parametrize("name", SHORTENED)
def test_a_stopped_run_over_variants_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    """Neither in what is said afterwards, nor in the number of threads."""
    model = ADAPTERS[name](tmp_path, "cpu")
    sequence = "".join(np.random.default_rng(4).choice(list("ACGT"), 10_021))
    edit = Edit(5_010, 1, "A" if sequence[5_010] != "A" else "C", 5_005, 5_016)
    strands = [EditedStrand(sequence, [edit])]
    [[before]] = model.predict_strands(strands)
    n_threads = torch.get_num_threads()

    def stop(share: float) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        model.predict_strands(strands, stop)
    assert torch.get_num_threads() == n_threads
    [[after]] = model.predict_strands(strands)
    np.testing.assert_array_equal(after.alt, before.alt)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device")
@pytest.mark.parametrize("name", ADAPTERS)
def test_cpu_and_cuda_agree(name: str, tmp_path: Path) -> None:
    slow, quick = (ADAPTERS[name](tmp_path, device) for device in ("cpu", "cuda"))
    width = slow.window_length or 10 * slow.resolution + 2 * slow.context_length
    sequence = "".join(np.random.default_rng(2).choice(list("ACGTN"), width))
    expected = slow.predict_rows([sequence])
    scale = max(1.0, float(np.abs(expected).max()))
    np.testing.assert_allclose(quick.predict_rows([sequence]), expected, atol=1e-4 * scale)


class Uneven(Toy):
    """Each of its faults is one that the contract forbids."""

    tracks = Toy.tracks
    fault = ""

    def predict_batch(self, sequences: list[str]) -> FloatArray:
        values = super().predict_batch(sequences)
        match self.fault:
            case "batch":
                values += len(sequences)
            case "nan":
                values[["N" in sequence for sequence in sequences]] = np.nan
            case "tile":
                values += np.arange(values.shape[1], dtype=np.float32)[:, None]
            case "memory":
                values += 0.01 * len(self.lengths)
            case "shape":
                values = values[:, :1]
        return values


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        ("batch", "batches of"),
        ("nan", "N gives finite"),
        ("tile", "tiles come"),
        ("memory", "stopped run"),
        ("shape", "shapes"),
    ],
)
def test_what_the_contract_forbids_is_found(fault: str, title: str) -> None:
    failed = [check for check in check_contract(Uneven(fault=fault), 8) if not check.holds]
    assert any(title in check.title for check in failed)
    assert all(check.words.startswith("FAILED") for check in failed)
    assert all(check.holds for check in check_contract(Uneven(), 8))


class Mirrorless(Toy):
    """Says the tracks of both strands, and names them the wrong way round."""

    tracks = tuple(replace(Toy.tracks[0], strand=strand) for strand in "-+")
    both_strands = True


def test_strands_in_the_wrong_order_are_found() -> None:
    failed = [check.title for check in check_contract(Mirrorless(), 4) if not check.holds]
    assert failed == ["the reverse strand mirrors the forward one"]


def test_a_stopped_answer_is_not_remembered(demo: Assembly, tmp_path: Path) -> None:
    """REF may be kept whole; ALT, at which it was stopped, is not there."""
    store, model = Store(tmp_path, 10**8), Toy()
    request = resolve("chr20:43042364:C>T", demo)

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        answer(request, model, demo, store, stop)
    assert store.size().entries == 0
    store.close()
