"""Workbenches for servers: one with the embedded models, one with toys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy_backend import PROBABILITY, Gated, SpliceToy, Toy, card

from genoview.backends import registry
from genoview.backends.registry import Entry
from genoview.settings import Settings, read_settings
from genoview.tracks import Assay, Family, TrackMetadata
from genoview.workbench import Workbench

os.environ["MPLBACKEND"] = "Agg"


class Reporter(Toy):
    """Values that may be negative, as logarithms are."""

    card = card("reporter", Family.EXPRESSION)
    tracks = (TrackMetadata("Reporter", Assay.MPRA, "+", "log2"),)

    def shares(self, sequence: str):  # type: ignore[no-untyped-def]
        return super().shares(sequence) - 0.5


class Wide(SpliceToy):
    """Splice sites as well, in other bins."""

    card = card("wide", Family.SPLICING)
    resolution = 10


class Second(SpliceToy):
    """Another model of splice sites."""

    card = card("second", Family.SPLICING)


class Maps(Toy):
    """A kind of track that has no output type here."""

    card = card("maps", Family.CONTACTS)
    tracks = (TrackMetadata("Contacts", Assay.CONTACT_MAPS, ".", PROBABILITY),)


TOYS = (Toy, SpliceToy, Gated, Reporter, Wide, Second, Maps)


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
    monkeypatch.setattr(registry, "MODELS", entries)
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
