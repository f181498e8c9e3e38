"""Tables of a locus: levels of its genes, and the bases on which predictions rest."""

from collections.abc import Sequence

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.ui.explore import gene_levels as levels
from genoview.ui.explore import top_positions as positions
from genoview.ui.explore.scene import scene_of
from genoview.ui.page import shell


def show(request: Request, answers: Sequence[Answer]) -> None:
    """All of them; nothing where there are none."""
    gene_levels(request)
    top_positions(request, answers)


def gene_levels(request: Request) -> None:
    """Of models that predict one number per gene."""
    levels.tables(request)


def top_positions(request: Request, answers: Sequence[Answer]) -> None:
    """Of each mutagenesis."""
    positions.tables(scene_of(request, answers), shell.current())
