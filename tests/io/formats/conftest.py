"""Small files, and how they are opened."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genoview.io.formats import LocalFile, open_local

CHROMS = {"chr20": 63_025_520, "chrM": 16_569}
Open = Callable[..., LocalFile]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """A file of these lines, or bytes, under this name."""

    def make(name: str, content: str | bytes) -> LocalFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_local(path, assembly="toy", chroms=CHROMS)

    return make
