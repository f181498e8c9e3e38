"""A workbench with folders of its own."""

from pathlib import Path

import pytest

from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench


def own_workbench(folder: Path, patch: pytest.MonkeyPatch) -> Workbench:
    """With the environment as it is, but for its folders."""
    patch.setenv("GENOVIEW_CACHE", str(folder / "cache"))
    patch.setenv("GENOVIEW_CONFIG", str(folder / "genoview.toml"))
    patch.setenv("GENOVIEW_DEVICE", "cpu")
    return Workbench(read_settings())
