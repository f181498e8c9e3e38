"""Language models of proteins on the command line: set up, run, and what they are not for."""

import json
from pathlib import Path

import pytest

from genoview.cli.main import main
from genoview.models import configured_names
from tests.support.models.tiny_protein import save_tiny_protein

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

MISSENSE = "chr20:43042364:C>T"
QUICK = ["--models", "jaspar", "--flank", "500"]


@pytest.fixture
def model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Set up by the command as `vesm`."""
    folder = save_tiny_protein(tmp_path / "tiny")
    assert main(["models", "use", "vesm", "--place", str(folder)]) == 0
    assert "VESM is set up: vesm." in capsys.readouterr().out
    return "vesm"


def test_a_variant_is_scored_by_a_model_alone_in_words(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", MISSENSE, "--models", model]) == 0
    said = capsys.readouterr().out
    assert "VESM (tiny)" in said and "ln P(ALT) - ln P(REF) of p.(Thr117Ile):" in said
    assert "RANDOM WEIGHTS" in said


def test_its_score_stands_in_json_beside_those_of_other_models(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", MISSENSE, *QUICK[:2], model, *QUICK[2:], "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in document["models"]] == ["jaspar"]
    [scored] = document["missense"]["models"]
    assert scored["model"] == "vesm" and scored["masked"]["value"] != 0
    assert document["banner"].startswith("RANDOM WEIGHTS")


def test_alphamissense_is_looked_up_where_the_settings_name_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "genoview.toml").write_text('alphamissense = "table.csv"\n')
    (tmp_path / "table.csv").write_text(
        "protein_variant,am_pathogenicity,am_class\nT117I,0.91,LPath\n"
    )
    assert main(["predict", MISSENSE, *QUICK]) == 0
    said = capsys.readouterr().out
    assert "AlphaMissense of T117I: 0.910, likely pathogenic (table.csv, CC BY 4.0 by" in said


def test_it_draws_no_tracks_and_scores_no_files(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"{MISSENSE}\n")
    view = ["view", MISSENSE, "--html", str(tmp_path / "out.html"), "--models", model]
    for command in (view, ["score", str(path), "-o", str(tmp_path / "o.tsv"), "--models", model]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "VESM scores residues of a protein: it draws no tracks and scores no files" in said


def test_the_list_says_what_is_set_up_and_what_is_not(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("vesm"))
    assert "set up" in lines[at] and lines[at + 1].strip() == "vesm"
    at = next(i for i, line in enumerate(lines) if line.startswith("esm2"))
    assert "not set up" in lines[at] and "genoview models use esm2" in lines[at + 1]
    assert main(["models", "remove", "vesm"]) == 0


@pytest.mark.parametrize(
    ("installed", "words"),
    [(True, "ESM-2 is not set up here."), (False, "ESM-2 is not installed.")],
)
def test_a_model_that_is_not_there_is_a_sentence(
    installed: bool,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not installed:
        monkeypatch.setattr(configured_names, "find_spec", lambda name: None)
    assert main(["predict", MISSENSE, "--models", "esm2"]) == 2
    assert words in capsys.readouterr().err
