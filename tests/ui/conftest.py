"""A server of each test's own, for tests of pages; genome and networks are read once for all."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.entry import Entry
from genoview.ui.explore import run_models
from genoview.ui.page import shell
from tests.support.models.toy_backend import Gated
from tests.support.shared_parts import share_parts


@pytest.fixture(scope="session", autouse=True)
def _components_found_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for each page under test."""
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def own_server(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    shared_parts: None,
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


@pytest.fixture
def shared_parts(monkeypatch: pytest.MonkeyPatch, demo: Assembly) -> None:
    """Of the genome and the networks; see there."""
    share_parts(monkeypatch, demo)


@pytest.fixture
def gated(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Gated]]:
    """A model that waits until it is let through, in place of the others."""
    entry = Entry(Gated.card.name, Gated.__module__, Gated.__name__)
    monkeypatch.setattr(registry, "MODELS", (*registry.MODELS, entry))
    monkeypatch.setattr(run_models, "default_models", lambda: (Gated.card.name,))
    Gated.close()
    yield Gated
    Gated.go.set()
