"""A request and its answers -> the Scene of this reader: files, mutagenesis and gene levels too."""

from collections.abc import Sequence

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.figure.scene import Scene
from genoview.ui.explore import gene_levels, local_files, mutagenesis
from genoview.ui.page import shell


def scene_of(request: Request, answers: Sequence[Answer]) -> Scene:
    """Everything that is shown of the request at this moment."""
    return Scene(
        request,
        shell.bench().assembly(request.assembly),
        answers,
        local_files.files(request.assembly),
        mutagenesis.so_far(),
        gene_levels.levels_of(request),
    )
