"""Each command as a process of its own: its own words on standard error, and nothing else."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from genoview import __version__

SNV = "chr20:42984264:G>A"
QUICK = ("--models", "jaspar", "--flank", "500")
HEAVY = {"torch", "grpc", "streamlit", "plotly", "duckdb", "pandas"}
LONG_S = 120


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "GENOVIEW_CACHE": str(tmp_path / "cache"),
        "GENOVIEW_CONFIG": str(tmp_path / "genoview.toml"),
        "GENOVIEW_MODELS": str(tmp_path / "models"),
        "GENOVIEW_DEVICE": "cpu",
        "GENOVIEW_THREADS": "1",
    }


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "genoview", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=LONG_S,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--version"], __version__),
        (["--help"], "draw a locus or a variant into a file"),
        (["models", "list"], "comes with genoview"),
        (["predict", SNV, "--json", *QUICK], '"coordinates"'),
        (["predict", "ADA:c.976-34G>A", *QUICK], "NM_000022.4:c.976-34G>A  (NM_000022.4 of ADA"),
        (["view", SNV, "--html", "{folder}/out.html", *QUICK], "out.html"),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, list) else "",
)
def test_a_command_that_works_says_nothing_on_standard_error(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = run(environment, *(each.format(folder=tmp_path) for each in arguments))
    assert (done.returncode, done.stderr) == (0, "")
    assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["predict", "chr1:1-100", *QUICK], r"genoview: chr1 is not in GRCh37-demo.*"),
        (["models", "check", "pangolin"], r"genoview: .*is missing.*"),
        (["predict", "BRCA1:c.5266dup", *QUICK], r"genoview: .*lies at chr17:41,209,080 .*"),
        (["draw"], r"usage: genoview .*\ngenoview: error: argument command: invalid choice.*"),
    ],
)
def test_an_error_is_all_there_is_on_standard_error(
    environment: dict[str, str], arguments: list[str], words: str
) -> None:
    done = run(environment, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(f"{words}\n", done.stderr)


def test_the_names_of_a_variant_are_in_its_json(environment: dict[str, str]) -> None:
    done = run(environment, "predict", "ADA R211H", "--json", *QUICK)
    assert json.loads(done.stdout)["names"] == {
        "genomic": "NC_000020.10:g.43251694C>T",
        "coding": "NM_000022.4:c.632G>A",
        "protein": "p.(Arg211His)",
        "spdi": "NC_000020.10:43251693:C:T",
        "transcript": "NM_000022.4",
        "gene": "ADA",
        "chosen_as": "MANE Select",
    }


def test_scoring_a_file_ends_with_its_count(environment: dict[str, str], tmp_path: Path) -> None:
    listed, out = tmp_path / "in.txt", tmp_path / "out.tsv"
    listed.write_text(f"{SNV}\n")
    done = run(environment, "score", str(listed), "-o", str(out), "--models", "promoter-activity")
    assert done.returncode == 0
    assert re.fullmatch(r"genoview: 1 variants? .*\.\n", done.stderr)
    assert out.exists()


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
