"""A model of one small file, which `genoview models` adds from a mirror on loopback."""

import hashlib

from genoview.cli import models
from genoview.models.registry import row_of
from genoview.models.weights import Row, WeightFile
from tests.models.weights.server import CONTENT

FILE = WeightFile(
    "a.bin", "http://127.0.0.1:9/a", len(CONTENT), hashlib.sha256(CONTENT).hexdigest()
)
TOY = Row("toy", "Toy", "CC0-1.0", "https://example.org", (FILE,), terms="For the curious only.")


def row_or_toy(name: str) -> Row:
    """As `registry.row_of`."""
    return TOY if name == "toy" else row_of(name)


def add_toy() -> None:
    """`genoview models` of this process knows it beside the others."""
    models.row_of = row_or_toy
