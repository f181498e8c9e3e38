"""Workbenches for servers: one with the embedded models, one with toys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.models import registry
from genoview.models.entry import Entry
from genoview.runtime.settings import Settings, read_settings
from genoview.runtime.workbench import Workbench
from tests.server.server_toys import TOYS
from tests.support.models.toy_backend import Gated

os.environ["MPLBACKEND"] = "Agg"


def settings_in(folder: Path) -> Settings:
    return read_settings(
        {
            "GENOVIEW_CACHE": str(folder / "cache"),
            "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
            "GENOVIEW_DEVICE": "cpu",
            "GENOVIEW_THREADS": "1",
        }
    )


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    entries = tuple(Entry(cls.card.name, cls.__module__, cls.__name__) for cls in TOYS)
    monkeypatch.setattr(registry, "MODELS", (*entries, *registry.MODELS))
    Gated.close()
    bench = Workbench(settings_in(tmp_path))
    yield bench
    Gated.go.set()
    bench.close()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    bench = Workbench(settings_in(tmp_path_factory.mktemp("embedded")))
    yield bench
    bench.close()
