"""Another person's package adds a model, with no change to genoview: the one that docs show."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "genoview-gc"
LOCUS = "chr20:43,029,001-43,029,500"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a process that has the package."""
    folder = tmp_path_factory.mktemp("example")
    source = shutil.copytree(EXAMPLE, folder / "source")  # building writes beside it
    install = ("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run = [sys.executable, "-m", "pip", *install, "--target", str(folder / "site"), str(source)]
    subprocess.run(run, check=True, capture_output=True, text=True)
    places = {
        "PYTHONPATH": f"{folder / 'site'}{os.pathsep}{ROOT}",
        "GENOVIEW_CACHE": str(folder / "cache"),
        "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
        "GENOVIEW_MODELS": str(folder / "models"),
        "GENOVIEW_DEVICE": "cpu",
        "GENOVIEW_THREADS": "1",
    }
    return os.environ | places


def genoview(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "genoview", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_listed_and_runs_where_it_is_chosen(environment: dict[str, str]) -> None:
    listed = genoview(environment, "models", "list").splitlines()
    assert "gc-content         comes with genoview-gc  CC0-1.0" in listed
    result = json.loads(genoview(environment, "predict", LOCUS, "--models", "gc-content", "--json"))
    [model] = result["models"]
    assert model["name"] == "gc-content"


def test_its_numbers_are_those_of_the_letters(environment: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from genoview.models.contract import check_contract\n"
        "from genoview.models.registry import create\n"
        "model = create('gc-content')\n"
        "found = model.predict_batch(['CG' * 105, 'A' * 100 + 'N' * 110])\n"
        "assert found[0].round(3).tolist() == [[1.0, 2.0]] * 2, found\n"
        "assert found[1].tolist() == [[0.0, 0.0]] * 2, found\n"
        "faults = [one.words for one in check_contract(model) if not one.holds]\n"
        "assert not faults, faults\n"
    )
    subprocess.run([sys.executable, str(program)], env=environment, cwd=ROOT, check=True)
