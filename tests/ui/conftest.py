"""A server of each test's own, for tests of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.ui.explore import run_models
from genoview.ui.page import shell


@pytest.fixture
def own_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Of this test alone, with the models that its module names as MODELS; all of them without."""
    monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GENOVIEW_CONFIG", str(tmp_path / "genoview.toml"))
    monkeypatch.setenv("GENOVIEW_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("GENOVIEW_DEVICE", "cpu")
    monkeypatch.setenv("GENOVIEW_THREADS", "1")
    names = getattr(request.module, "MODELS", run_models.default_models())
    monkeypatch.setattr(run_models, "default_models", lambda: names)
    shell.made_bench.cache_clear()
    yield
    if shell.made_bench.cache_info().currsize:
        shell.bench().close()
    shell.made_bench.cache_clear()
