"""`genoview models`: the shelf on the command line."""

import json
from pathlib import Path

import pytest

from genoview.cli import models
from genoview.cli.main import main
from tests.models.weights.server import CONTENT, serving
from tests.support.models.toy_shelf import row_or_toy


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "row_of", row_or_toy)


def test_the_list_names_what_is_not_here_with_the_command_that_adds_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["models", "list"]) == 0
    words = capsys.readouterr().out
    assert "cispliceai         comes with genoview" in words
    assert "pangolin           available to add" in words
    assert "add it with: genoview models add pangolin\n" in words
    assert str(tmp_path / "models") in words


def test_a_package_that_cannot_be_used_is_named_and_the_list_is_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = "theirs of the package theirs cannot be used (no luck)."
    monkeypatch.setattr(models, "plugin_faults", lambda: (fault,))
    assert main(["models", "list"]) == 0
    said = capsys.readouterr()
    assert f"genoview: {fault}\n" in said.err
    assert "cispliceai         comes with genoview" in said.out


def test_the_list_as_json_has_addresses_and_digests(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    found = {row["name"]: row for row in json.loads(capsys.readouterr().out)["models"]}
    files = found["pangolin"]["files"]
    assert len(files) == 12
    assert found["pangolin"]["bytes"] == 12 * 2_877_321
    assert files["final.1.0.3.v2"]["url"].endswith("pangolin/models/final.1.0.3.v2")
    assert len(files["final.1.0.3.v2"]["sha256"]) == 64


@pytest.mark.usefixtures("toy")
def test_a_model_is_added_from_a_mirror_checked_and_removed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving() as shop:
        monkeypatch.setenv("GENOVIEW_MODELS_MIRROR", f"{shop.address}/mirror")
        assert main(["models", "add", "toy"]) == 2
        assert "For the curious only" in capsys.readouterr().err
        assert main(["models", "add", "toy", "--accept-terms"]) == 0
        assert f"{shop.address}/mirror/toy/a.bin" in capsys.readouterr().err
    assert (tmp_path / "models" / "toy" / "a.bin").read_bytes() == CONTENT
    assert main(["models", "check", "toy"]) == 0
    (tmp_path / "models" / "toy" / "a.bin").write_bytes(b"broken")
    assert main(["models", "check", "toy"]) == 2
    assert "not the published file" in capsys.readouterr().err
    assert main(["models", "remove", "toy"]) == 0
    assert not (tmp_path / "models" / "toy").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "enigma"], "There is no model 'enigma' on the shelf"),
        (["remove", "cispliceai"], "comes with genoview"),
        (["check", "pangolin"], "final.1.0.3.v2 is missing"),
    ],
)
def test_an_error_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["models", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("enigma", "There is no model 'enigma'. There are: jaspar"),
        ("pangolin", "Pangolin is not here"),
        ("xpresso", "Xpresso is not here"),
        ("own-none", "model.toml cannot be read"),
    ],
)
def test_a_model_that_cannot_answer_is_said_before_anything_is_computed(
    capsys: pytest.CaptureFixture[str], model: str, words: str
) -> None:
    asked = ["predict", "chr20:42,984,001-42,984,100", "--models", model]
    assert main(asked) == 2
    assert words in capsys.readouterr().err
