"""A server of each test's own, for tests of pages; genome and networks are read once for all."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from genoview.data.progress import Progress, no_progress
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.runtime import assemblies
from genoview.runtime.settings import AssemblyConfig, Settings
from genoview.ui.explore import run_models
from genoview.ui.page import shell

EMBEDDED = tuple(entry for entry in registry.MODELS if entry.runs_by_default)


@pytest.fixture(scope="session", autouse=True)
def _components_found_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for each page under test: 0.5 s and more."""
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
    """Workbenches take the embedded genome and networks as they are in memory already."""
    open_assembly, create = assemblies.open_assembly, registry.create

    def opened(
        config: AssemblyConfig, settings: Settings, progress: Progress = no_progress
    ) -> Assembly:
        if config == settings.assemblies[0]:
            return demo
        return open_assembly(config, settings, progress)

    def created(name: str, device: str, dtype: str, models_dir: Path) -> Backend:
        if registry.entry_of(name) in EMBEDDED:
            return embedded(name, device, dtype)
        return create(name, device, dtype, models_dir)

    monkeypatch.setattr(assemblies, "open_assembly", opened)
    monkeypatch.setattr(registry, "create", created)


@cache
def embedded(name: str, device: str, dtype: str) -> Backend:
    """A model that ships with genoview, with its weights."""
    [entry] = [entry for entry in EMBEDDED if entry.name == name]
    return entry.load_class()(device=device, dtype=dtype)
