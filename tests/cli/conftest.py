"""Commands in the process of the tests: folders of their own, genome and networks in memory."""

from pathlib import Path

import pytest

from genoview.io.assembly import Assembly
from tests.support.shared_parts import share_parts


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GENOVIEW_CONFIG", str(tmp_path / "genoview.toml"))
    monkeypatch.setenv("GENOVIEW_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("GENOVIEW_DEVICE", "cpu")
    monkeypatch.setenv("GENOVIEW_THREADS", "1")


@pytest.fixture(autouse=True)
def _shared_parts(monkeypatch: pytest.MonkeyPatch, demo: Assembly) -> None:
    share_parts(monkeypatch, demo)
