"""A model of one small file, which `genoview models` adds from a mirror on loopback."""

import hashlib
from dataclasses import replace

from genoview.cli import models
from genoview.data.assay import Family
from genoview.models.registry import row_of
from genoview.models.weights import Row, WeightFile
from tests.models.weights.server import CONTENT
from tests.support.models.toy_backend import card

FILE = WeightFile(
    "a.bin", "http://127.0.0.1:9/a", len(CONTENT), hashlib.sha256(CONTENT).hexdigest()
)
CARD = replace(card("toy", Family.EXPRESSION), title="Toy")
TOY = Row(CARD, "https://example.org", (FILE,), terms="For the curious only.")


def row_or_toy(name: str) -> Row:
    """As `registry.row_of`."""
    return TOY if name == "toy" else row_of(name)


def add_toy() -> None:
    """`genoview models` of this process knows it beside the others."""
    models.row_of = row_or_toy
