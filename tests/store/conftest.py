"""A store in a fresh folder."""

from pathlib import Path

import pytest

from genoview.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)
