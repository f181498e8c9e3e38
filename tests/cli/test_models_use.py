"""Models beyond the embedded ones on the command line: set up, asked, and what is missing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.cli.main import main
from genoview.models import configured_names
from genoview.models.configured_file import FILE_NAME, USUAL_LANGUAGE_OUTPUTS, read_models

SNV = "chr20:42984264:G>A"
KEY = "a-key-that-nobody-may-see"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALPHA_GENOME_API_KEY", raising=False)


@pytest.fixture
def server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """A service on the loopback, set up by the command as `server`."""
    pytest.importorskip("alphagenome")
    from tests.support.servers.loopback_service import LIVER, Service, serve

    started, address = serve(Service(KEY))
    key = tmp_path / "key.txt"
    key.write_text(f"{KEY}\n")
    chosen = ["--outputs", "rna_seq", "atac", "--terms", LIVER["curie"]]
    use = ["models", "use", "server", "--place", address, "--key-file", str(key)]
    assert main([*use, *chosen]) == 0
    assert "server.rna_seq, server.atac" in capsys.readouterr().out
    yield address
    started.stop(None).wait()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [("server", ["server.rna_seq", "server.atac"]), ("server.atac", ["server.atac"])],
)
def test_a_model_answers_by_its_name_or_by_that_of_an_output(
    asked: str, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", SNV, "--models", asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [model["name"] for model in told["models"]] == expected
    assert {track["name"] for track in told["models"][-1]["tracks"]} == {
        "right liver lobe, total ATAC"
    }
    assert KEY not in json.dumps(told)


@pytest.mark.usefixtures("server")
def test_a_view_is_drawn_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.html"
    assert main(["view", SNV, "--models", "server.atac", "--html", str(path)]) == 0
    assert "right liver lobe, total ATAC" in path.read_text(encoding="utf-8")
    assert KEY not in path.read_text(encoding="utf-8") + "".join(capsys.readouterr())


@pytest.mark.usefixtures("server")
def test_a_file_is_scored_with_a_line_for_each_track(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, out = tmp_path / "in.txt", tmp_path / "out.tsv"
    listed.write_text(f"{SNV}\nchr20:42984272:T>C\nnonsense\n")
    assert main(["score", str(listed), "-o", str(out), "--models", "server.atac"]) == 0
    assert "3 variants read, 2 scored, 1 skipped" in capsys.readouterr().err
    lines = out.read_text().splitlines()
    head, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) == 4  # a score by change and one by activity, of one track, of two variants
    first = dict(zip(head, rows[0], strict=True))
    assert first["line"] == "1" and first["track"] == "right liver lobe, total ATAC"
    assert first["score"].startswith("Centre mask") and first["term"] == "UBERON:0001114"
    assert any("Model: Model server, ATAC-seq" in line for line in lines)


@pytest.mark.parametrize("command", ["predict", "view", "score", "serve"])
@pytest.mark.parametrize(
    ("model", "words"),
    [
        (
            "alphagenome",
            "here. `genoview models use alphagenome` (its key in ALPHA_GENOME_API_KEY)",
        ),
        ("alphagenome-local", "`genoview models use alphagenome-local --place FOLDER` does it"),
        ("server.atac", "Model server is not set up here"),
        ("borzoi", "Borzoi is not installed. pip install 'genoview[borzoi]' adds it."),
    ],
)
def test_what_is_missing_is_one_sentence_with_the_command(
    command: str,
    model: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(
        configured_names, "find_spec", lambda name: None if name == "borzoi_pytorch" else name
    )
    listed = tmp_path / "in.txt"
    listed.write_text(SNV)
    arguments = {
        "predict": [SNV],
        "view": [SNV, "--html", str(tmp_path / "out.html")],
        "score": [str(listed), "-o", str(tmp_path / "out.tsv")],
        "serve": ["--port", "0"],
    }[command]
    assert main([command, *arguments, "--models", model]) == 2
    told = capsys.readouterr().err
    assert words in told and told.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["models", "use", "enformer"], "Enformer needs --place"),
        (["models", "use", "alphagenome", "--place", "x:1"], "AlphaGenome has no --place"),
        (["models", "use", "server", "--place", "a:1", "--key-file", "none"], "cannot be read"),
        (["models", "add", "alphagenome"], "AlphaGenome is set up by"),
    ],
)
def test_a_wrong_set_up_is_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_services_and_models_of_a_middle_are_not_served(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["serve", "--port", "0", "--models", "server"]) == 2
    assert "Model server is a service itself" in capsys.readouterr().err
    monkeypatch.setattr(configured_names, "find_spec", lambda name: name)
    assert main(["models", "use", "enformer", "--place", str(tmp_path)]) == 0
    assert main(["serve", "--port", "0", "--models", "enformer"]) == 2
    assert "predicts the middle of its window alone" in capsys.readouterr().err


def test_a_model_is_listed_and_forgotten_with_its_key(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "list"]) == 0
    told = capsys.readouterr().out
    assert "server.rna_seq, server.atac" in told and "not set up" in told
    assert (tmp_path / "server.key").exists()
    assert main(["models", "remove", "server"]) == 0
    assert not (tmp_path / "server.key").exists()


def test_a_language_model_is_set_up_with_what_its_form_on_the_page_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--place", "/data/dnabert", "--revision", "main", "--tokens", "overlapping k-mers"]
    parts = ["--outputs", "dependencies", "--span", "200", "--trust-code"]
    assert main(["models", "use", "dnabert", *place, *parts]) == 0
    assert "dnabert.dependencies" in capsys.readouterr().out
    kept = read_models(tmp_path / FILE_NAME)["dnabert"]
    assert (kept.revision, kept.scheme, kept.span) == ("main", "overlapping k-mers", 200)
    assert kept.trusted


def test_code_of_a_repository_is_not_trusted_where_nobody_said_so(tmp_path: Path) -> None:
    assert main(["models", "use", "dnabert", "--place", "/data/dnabert"]) == 0
    kept = read_models(tmp_path / FILE_NAME)["dnabert"]
    assert not kept.trusted and kept.outputs == USUAL_LANGUAGE_OUTPUTS
