"""Each benchmark runs at its smallest size, so that none fails unseen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

SCRIPTS = sorted(
    path.name
    for path in (ROOT / "benchmarks").glob("*.py")
    if "__main__" in path.read_text(encoding="utf-8") and not path.stem.endswith("_app")
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_benchmark_runs_at_its_smallest_size(script: str, tmp_path: Path) -> None:
    folders = {"GENOVIEW_CACHE": "cache", "GENOVIEW_CONFIG": "none.toml", "GENOVIEW_MODELS": "none"}
    own = {name: str(tmp_path / end) for name, end in folders.items()}
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), "--smoke"],
        env={**os.environ, **own, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "PASSIVE"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "| " in done.stdout or "Not measured: " in done.stderr
