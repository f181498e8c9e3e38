"""Each benchmark runs at its smallest size, so that none fails unseen.

In this process, which has torch and the models' libraries at hand; what a script changes for a
process of its own is put back behind it.
"""

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from genoview.models import registry
from tests.support.paths import ROOT

FOLDER = ROOT / "benchmarks"
SCRIPTS = sorted(path.name for path in FOLDER.glob("*.py"))


@pytest.fixture(autouse=True)
def own_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folders = {"GENOVIEW_CACHE": "cache", "GENOVIEW_CONFIG": "none.toml", "GENOVIEW_MODELS": "none"}
    for name, end in folders.items():
        monkeypatch.setenv(name, str(tmp_path / end))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    monkeypatch.setattr(registry, "MODELS", registry.MODELS)
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    n_threads, before = torch.get_num_threads(), set(sys.modules)
    yield
    torch.set_num_threads(n_threads)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(FOLDER)):
            del sys.modules[name]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_benchmark_runs_at_its_smallest_size(
    script: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [script, "--smoke"])
    status: object = 0
    try:
        runpy.run_path(str(FOLDER / script), run_name="__main__")
    except SystemExit as end:
        status = end.code
    printed = capfd.readouterr()
    assert not status, printed.err[-3000:]
    assert "| " in printed.out or "Not measured: " in printed.err
