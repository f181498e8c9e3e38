"""A model of one small file, which `genoview models` adds from a mirror on loopback."""

import hashlib

import pytest

from genoview.cli import models
from genoview.models.registry import row_of
from genoview.models.weights import Row, WeightFile
from tests.models.weights.server import CONTENT

FILE = WeightFile(
    "a.bin", "http://127.0.0.1:9/a", len(CONTENT), hashlib.sha256(CONTENT).hexdigest()
)
TOY = Row("toy", "Toy", "CC0-1.0", "https://example.org", (FILE,), terms="For the curious only.")


def put_on_shelf(patch: pytest.MonkeyPatch) -> None:
    """`genoview models` knows it beside the others."""
    patch.setattr(models, "row_of", lambda name: TOY if name == "toy" else row_of(name))
