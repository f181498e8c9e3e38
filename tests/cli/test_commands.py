"""Commands in a process of their own: each its own words on standard error, and nothing else."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from genoview import __version__
from genoview.cli.main import main
from tests.models.weights.server import serving
from tests.support.command_processes import LONG_S, Done, run_commands

SNV = "chr20:42984264:G>A"
QUICK = ("--models", "jaspar", "--flank", "500")
HEAVY = {"torch", "grpc", "streamlit", "plotly", "duckdb", "pandas"}
ACTIVITY = ("--models", "promoter-activity")


WORK = (
    (["--version"], __version__),
    (["--help"], "draw a locus or a variant into a file"),
    (["models", "list"], "comes with genoview"),
    (["predict", SNV, "--json", *QUICK], '"coordinates"'),
    (["predict", "ADA:c.976-34G>A", *QUICK], "NM_000022.4:c.976-34G>A  (NM_000022.4 of ADA"),
    (["predict", "chr20:43249658:C>G", *QUICK], "ADA exon 10 of 12 (ENST00000372874.9): log odds"),
    (["view", SNV, "--html", "{folder}/out.html", *QUICK], "out.html"),
    (["models", "use", "server", "--place", "127.0.0.1:9"], "Model server is set up"),
    (["models", "remove", "server"], "its key is forgotten"),
)
REPORT = ["report", SNV, "-o", "{folder}/report.html", *QUICK]
SPEAK = (  # on standard error, of what they do
    (["models", "add", "toy", "--accept-terms"], r"Toy, licence CC0-1.0, 0.3 MB:\n  .*/toy/a.bin"),
    (REPORT, "genoview: No picture of the tracks: An SVG is drawn by a Chromium.*"),
    (
        ["score", "{folder}/in.txt", "-o", "{folder}/out.tsv", *ACTIVITY],
        r"genoview: 1 variants? .*\.",
    ),
)
AFTER = (
    (["verify", "{folder}/report.html"], "Everything equal: "),
    (["models", "check", "toy"], "all files are here"),
    (["models", "remove", "toy"], "Toy is gone"),
)
FAIL = (
    (["predict", "chr1:1-100", *QUICK], r"genoview: chr1 is not in GRCh37-demo.*"),
    (["models", "check", "pangolin"], r"genoview: .*is missing.*"),
    (["models", "add", "enigma"], r"genoview: There is no model 'enigma' on the shelf.*"),
    (["models", "remove", "cispliceai"], r"genoview: .*comes with genoview.*"),
    (["models", "use", "enformer"], r"genoview: Enformer needs --place.*"),
    (["predict", "BRCA1:c.5266dup", *QUICK], r"genoview: .*lies at chr17:41,209,080 .*"),
    (
        ["draw"],
        r"usage: genoview .*\n(?: .*\n)*genoview: error: argument command: invalid choice.*",
    ),
)
NAMES = ["predict", "ADA R211H", "--json", *QUICK]
COMMANDS = (*(arguments for arguments, _ in (*WORK, *SPEAK, *AFTER, *FAIL)), NAMES)
Runs = Callable[[Sequence[str]], Done]


def environment_in(folder: Path) -> dict[str, str]:
    return os.environ | {
        "GENOVIEW_CACHE": str(folder / "cache"),
        "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
        "GENOVIEW_MODELS": str(folder / "models"),
        "GENOVIEW_DEVICE": "cpu",
        "GENOVIEW_THREADS": "1",
        "BROWSER_PATH": "/nonexistent/chromium",  # a picture takes seconds
    }


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_in(tmp_path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="module")
def done(folder: Path) -> Runs:
    """How each of COMMANDS ended."""
    (folder / "in.txt").write_text(f"{SNV}\n")
    with serving() as shop:
        environment = environment_in(folder) | {"GENOVIEW_MODELS_MIRROR": f"{shop.address}/mirror"}
        filled = [[word.format(folder=folder) for word in each] for each in COMMANDS]
        found = run_commands(filled, environment)
    ended = {str(each): one for each, one in zip(COMMANDS, found, strict=True)}
    return lambda arguments: ended[str(arguments)]


def named(each: object) -> str:
    return " ".join(each[:3]) if isinstance(each, list) else ""


@pytest.mark.parametrize(("arguments", "words"), [*WORK, *AFTER], ids=named)
def test_a_command_that_works_says_nothing_on_standard_error(
    done: Runs, arguments: list[str], words: str
) -> None:
    ended = done(arguments)
    assert (ended.code, ended.err) == (0, "")
    assert words in ended.out


@pytest.mark.parametrize(("arguments", "words"), SPEAK, ids=named)
def test_what_a_command_does_is_all_there_is_on_standard_error(
    done: Runs, arguments: list[str], words: str
) -> None:
    ended = done(arguments)
    assert ended.code == 0
    assert re.fullmatch(f"{words}\n", ended.err)


@pytest.mark.parametrize(("arguments", "words"), FAIL, ids=named)
def test_an_error_is_all_there_is_on_standard_error(
    done: Runs, arguments: list[str], words: str
) -> None:
    ended = done(arguments)
    assert (ended.code, ended.out) == (2, "")
    assert re.fullmatch(f"{words}\n", ended.err)


def test_names_and_consequences_of_a_variant_are_in_its_json(done: Runs) -> None:
    described = json.loads(done(NAMES).out)
    assert described["consequences"][0]["terms"] == ["missense_variant"]
    assert described["names"] == {
        "genomic": "NC_000020.10:g.43251694C>T",
        "coding": "NM_000022.4:c.632G>A",
        "protein": "p.(Arg211His)",
        "spdi": "NC_000020.10:43251693:C:T",
        "transcript": "NM_000022.4",
        "gene": "ADA",
        "chosen_as": "MANE Select",
    }


def test_a_report_is_verified_by_another_process(
    done: Runs,
    folder: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in environment.keys() - os.environ.keys():
        monkeypatch.setenv(name, environment[name])
    path = f"{folder}/report.html"
    assert done(REPORT).out == f"{path}\n"
    assert main(["verify", path]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert re.fullmatch(r"Everything equal: \d+ numbers, 1 model, same versions\.\n", captured.out)


def test_scoring_a_file_writes_it(done: Runs, folder: Path) -> None:
    assert done(SPEAK[2][0]).code == 0
    assert (folder / "out.tsv").exists()


def test_a_server_greets_and_takes_its_leave(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "genoview", "serve", "--models", "jaspar", "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert server.stderr is not None
    try:
        greeting = server.stderr.readline()
        server.send_signal(signal.SIGTERM)
        _, rest = server.communicate(timeout=LONG_S)
    finally:
        server.kill()
    assert server.returncode == 0
    assert greeting.startswith("genoview serves CHIP_TF on 127.0.0.1:")
    own = ("left out, no output type fits", "Ending: no new calls are taken.")
    assert [line for line in rest.splitlines() if not line.startswith(own)] == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["models", "list"]])
def test_what_computes_nothing_imports_no_library(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "genoview", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "genoview.cli.main" in imported
    assert imported & HEAVY == set()
