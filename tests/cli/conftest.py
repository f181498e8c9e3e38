"""Commands that run in the process of the tests take genome and networks as they are there."""

import pytest

from genoview.io.assembly import Assembly
from tests.support.shared_parts import share_parts


@pytest.fixture(autouse=True)
def _shared_parts(monkeypatch: pytest.MonkeyPatch, demo: Assembly) -> None:
    share_parts(monkeypatch, demo)
