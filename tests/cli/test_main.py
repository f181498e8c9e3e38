"""The command line: the same line as the page, into a file or as JSON."""

import json
from pathlib import Path

import pytest

from genoview import __version__
from genoview.cli.main import main
from genoview.io.assembly import Assembly
from genoview.runtime.settings import read_settings
from tests.support.files.made_structure import model_cif, protein_at
from tests.support.pages.structure_app import MISSENSE

SNV = "chr20:42984264:G>A"
LOCUS = "chr20:42,984,001-42,985,000"
QUICK = ["--models", "jaspar", "--flank", "500"]


def test_view_writes_a_page_that_holds_figure_and_provenance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.html"
    assert main(["view", SNV, "--html", str(path), *QUICK]) == 0
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    for fact in ("GRCh37-demo", "JASPAR2024 human motifs", "CC BY 4.0", "HNF1A", "Plotly.newPlot"):
        assert fact in page
    assert '<script src="http' not in page
    assert capsys.readouterr().out.strip() == str(path)


def test_predict_prints_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", SNV, "--json", *QUICK]) == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert set(found) == {
        "genoview",
        "query",
        "assembly",
        "interval",
        "coordinates",
        "notes",
        "models",
        "variant",
        "names",
        "prediction",
        "clingen_rules",
        "links",
        "consequences",
        "rna",
        "exon_inclusion",
        "effects",
        "activities",
        "motifs",
        "scores",
        "left_out",
        "service_scores",
        "splice_deltas",
        "splice_gains",
        "reporter_changes",
        "ranks",
    }
    [model] = found["models"]
    assert set(model) == {
        "name",
        "title",
        "version",
        "device",
        "licence",
        "citation",
        "random_weights",
        "cached",
        "seconds",
        "warnings",
        "n_tracks",
        "tracks",
    }
    assert len(model["tracks"]) == 755
    assert set(model["tracks"][0]) == {
        "name",
        "assay",
        "family",
        "strand",
        "unit",
        "resolution",
        "group",
        "ref",
        "alt",
        "largest_difference",
    }
    assert found["query"] == SNV
    assert found["variant"]["position"] == 42_984_264
    assert {"HNF1A", "HNF1B"} <= {motif["factor"] for motif in found["motifs"]}
    assert captured.err == ""


def test_a_second_run_is_remembered_on_disk(capsys: pytest.CaptureFixture[str]) -> None:
    cached = []
    for _ in range(2):
        assert main(["predict", LOCUS, "--json", *QUICK]) == 0
        cached.append(json.loads(capsys.readouterr().out)["models"][0]["cached"])
    assert cached == [False, True]


def test_predict_looks_at_a_structure_that_is_kept(
    capsys: pytest.CaptureFixture[str], demo: Assembly
) -> None:
    folder = read_settings().cache_dir / "structures"
    folder.mkdir(parents=True)
    (folder / "AF-P41235.cif").write_bytes(model_cif(protein_at(MISSENSE, demo)))
    assert main(["predict", MISSENSE, "--json", *QUICK]) == 0
    found = json.loads(capsys.readouterr().out)["structure"]
    assert (found["residue"], found["plddt"]) == ("Thr117", 80.0)
    assert main(["predict", MISSENSE, *QUICK]) == 0
    assert "pLDDT at Thr117 is 80.0, high" in capsys.readouterr().out


def test_predict_without_json_speaks_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", SNV, *QUICK]) == 0
    words = capsys.readouterr().out
    assert words.startswith(f"{SNV} in GRCh37-demo, chr20:42,983,001-42,985,000\n")
    assert "JASPAR2024 human motifs" in words
    assert "HNF1B lost at the variant" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["predict", "what is this"], "neither a locus, a variant nor a gene"),
        (["predict", "TP53"], "TP53 lies at chr17:7,571,739-"),
        (["predict", "chr1:1-100"], "chr1 is not in GRCh37-demo"),
        (["predict", "chr20:42984264:A>C"], "unexpected reference allele"),
        (["predict", LOCUS, "--genome", "hg18"], "There is no genome 'hg18' here"),
        (["view", LOCUS], "Where to? Give --html, --png or --svg with a file"),
        (["view", LOCUS, "--html", "/nonexistent/folder/out.html"], "cannot be written"),
    ],
)
def test_an_error_is_one_sentence_on_stderr_and_the_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main([*arguments, *QUICK]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("genoview: ")
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("arguments", [[], ["predict"], ["models", "draw"], ["draw", LOCUS]])
def test_a_wrong_command_is_told_with_the_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: genoview" in capsys.readouterr().err


def test_a_picture_without_chromium_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    path = tmp_path / "out.png"
    assert main(["view", LOCUS, "--png", str(path), *QUICK]) == 2
    assert not path.exists()
    said = capsys.readouterr().err
    assert "none could be started here" in said
    assert "or write HTML, which needs none" in said
    assert said.count("\n") == 1


def test_a_broken_cache_is_a_warning_and_the_answer_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "file" / "cache"))
    assert main(["predict", LOCUS, "--json", *QUICK]) == 0
    captured = capsys.readouterr()
    [warning] = json.loads(captured.out)["models"][0]["warnings"]
    assert captured.err == f"genoview: {warning}\n"
    assert "It will be computed again next time." in warning


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_ranks_are_printed_where_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", SNV, "--ranks", *QUICK]) == 0
    assert "of 100 random substitutions of C>T within 500 bp" in capsys.readouterr().out
    assert main(["predict", SNV, "--ranks", "--json", *QUICK]) == 0
    ranks = json.loads(capsys.readouterr().out)["ranks"]
    assert [score["of"] for score in ranks["scores"]] == [100]
    assert main(["predict", SNV, "--json", *QUICK]) == 0
    assert json.loads(capsys.readouterr().out)["ranks"] == "not calibrated"
