"""One's own model: TorchScript, torch.export and a class, by the facts of a manifest."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.cli.main import main
from genoview.data.track_data import Assay
from genoview.errors import BackendError
from genoview.models import registry
from genoview.models.contract import check_contract
from genoview.models.manifest import read_manifest
from genoview.models.own_model import OwnModel

MANIFEST = """
name = "Shares"
file = "{file}"
context_length = 4
resolution = 2
licence = "CC0-1.0"
citation = "Nobody 2026"
{more}
[[outputs]]
name = "GC"
assay = "ATAC"
unit = "share"
biosample = ["CL:0000000", "cell"]
[[outputs]]
name = "A"
assay = "ATAC"
unit = "share"
"""
CLASS = """
import torch
class Model:
    def __init__(self, folder, device):
        pass
    def predict(self, bases):
        inner = bases[:, :, 4:-4].unfold(2, 2, 2).mean(-1)
        return torch.stack([inner[:, 1] + inner[:, 2], inner[:, 0]], dim=-1)
"""


class Shares(torch.nn.Module):
    def forward(self, bases: torch.Tensor) -> torch.Tensor:
        inner = bases[:, :, 4:-4].unfold(2, 2, 2).mean(-1)
        return torch.stack([inner[:, 1] + inner[:, 2], inner[:, 0]], dim=-1)


def build(models: Path, file: str, more: str = "") -> Path:
    folder = models / "own-shares"
    folder.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if file.endswith(".pt"):
            torch.jit.script(Shares()).save(str(folder / file))
        elif file.endswith(".pt2"):
            sizes = {0: torch.export.Dim.AUTO, 2: torch.export.Dim.AUTO}
            bases = torch.zeros(3, 4, 20)
            torch.export.save(
                torch.export.export(Shares(), (bases,), dynamic_shapes=(sizes,)), folder / file
            )
        elif file.endswith(".py"):
            (folder / file).write_text(CLASS)
    (folder / "model.toml").write_text(MANIFEST.format(file=file, more=more))
    return folder


@pytest.mark.parametrize("file", ["model.pt", "model.pt2", "model.py"])
def test_a_file_with_a_manifest_is_a_model_that_keeps_the_contract(
    tmp_path: Path, file: str
) -> None:
    build(tmp_path, file)
    assert registry.own_models(tmp_path) == ("own-shares",)
    model = registry.create("own-shares", models_dir=tmp_path)
    assert registry.card_of("own-shares", tmp_path).title == "Shares"
    assert [check.words for check in check_contract(model) if not check.holds] == []
    values = model.predict_rows(["TTTTGCAATTTT"])
    # Forward: GC, A; of the reverse strand TTGC: its A are T.
    np.testing.assert_allclose(values[0], [[1, 0, 1, 0], [0, 1, 0, 0]])
    assert [track.label for track in model.tracks] == ["GC (+)", "A (+)", "GC (-)", "A (-)"]
    assert model.tracks[0].assay is Assay.ATAC


def test_another_order_of_channels_is_kept(tmp_path: Path) -> None:
    model = OwnModel(build(tmp_path, "model.py", 'channels = "CAGT"'))
    assert model.predict_batch(["TTTTCCTTTTTT"])[0, 0].tolist() == [0, 1]  # C lies where A was


def test_the_version_changes_with_the_manifest_and_the_file(tmp_path: Path) -> None:
    folder = build(tmp_path, "model.py")
    before = OwnModel(folder).version
    (folder / "model.py").write_text(CLASS + "\n")
    after = OwnModel(folder).version
    assert before != after


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('unit = "share"', "", "unit is None"),
        ('"ATAC"', '"SPLICE_SITES"', "one of RNA_SEQ"),
        ("context_length = 4", "", "context_length is missing"),
        ("context_length = 4", "context_length = -1", "from 0 on"),
        ("resolution = 2", "resolution = 2\nwindow_length = 9", "no whole bins"),
        ("resolution = 2", "resolution = 2\ncolour = 1", "colour is not a known entry"),
        ("resolution = 2", 'resolution = 2\nchannels = "ACG"', "an order of A, C, G and T"),
        ('file = "model.py"', 'file = "../model.py"', "not in the folder"),
        ('name = "Shares"', "name = ", "no TOML file"),
        ("resolution = 2", "resolution = 2\nboth_strands = 1", "true or false"),
        ('["CL:0000000", "cell"]', '"cell"', "biosample is written as"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    folder = build(tmp_path, "model.py")
    path = folder / "model.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(BackendError, match=words):
        read_manifest(folder)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CLASS.replace("dim=-1", "dim=1"), "sequences, bins, outputs"),
        (CLASS.replace("bases[:, :, 4:-4]", "bases.nothing"), "nothing"),
        ("class Other: pass", "cannot be read as a model"),
        ("no python", "cannot be read as a model"),
    ],
)
def test_a_file_that_differs_from_its_manifest_is_an_error(
    tmp_path: Path, code: str, words: str
) -> None:
    folder = build(tmp_path, "model.py")
    (folder / "model.py").write_text(code)
    with pytest.raises(BackendError, match=words):
        OwnModel(folder).predict_batch(["ACGTACGTACGTAC"])


@pytest.mark.parametrize(("file", "words"), [("model.pt", "cannot be read"), ("a.onnx", "none of")])
def test_a_broken_or_foreign_file_is_an_error(tmp_path: Path, file: str, words: str) -> None:
    folder = build(tmp_path, "model.py", "")
    (folder / file).write_bytes(b"broken")
    text = (folder / "model.toml").read_text()
    (folder / "model.toml").write_text(text.replace("model.py", file))
    with pytest.raises(BackendError, match=words):
        OwnModel(folder)


def test_check_runs_the_contract_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GENOVIEW_MODELS", str(tmp_path))
    monkeypatch.setenv("GENOVIEW_DEVICE", "cpu")
    folder = build(tmp_path, "model.py")
    assert main(["models", "check", "own-shares"]) == 0
    assert capsys.readouterr().out.count("ok ") == 6
    (folder / "model.py").write_text(CLASS.replace("return torch", "return bases.shape[0] * torch"))
    assert main(["models", "check", "own-shares"]) == 2
    output = capsys.readouterr()
    assert "FAILED  batches of 1, 8 and 64 agree" in output.out
    assert "does not keep the contract" in output.err
    assert main(["models", "list"]) == 0
    assert "own-shares         your own            CC0-1.0" in capsys.readouterr().out
    assert main(["models", "remove", "own-shares"]) == 2


def test_a_hostile_manifest_is_one_sentence(tmp_path: Path) -> None:
    case = Path(__file__).parents[1] / "cases/30-hostile-files/manifest-1.toml"
    (tmp_path / "model.toml").write_bytes(case.read_bytes())
    with pytest.raises(BackendError, match="file name too long"):
        read_manifest(tmp_path)
