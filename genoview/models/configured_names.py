"""Models beyond the embedded ones as a command line names them: `alphagenome`, `server.rna_seq`.

names as typed --expanded--> names of backends, or one sentence on what is missing
"""

from collections.abc import Iterable
from importlib.util import find_spec

from genoview.errors import BackendError
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.registry import setups


def is_large(name: str) -> bool:
    """Whether it is one of them, or of their outputs, set up or not."""
    return name.partition(".")[0] in setups()


def of_proteins(names: Iterable[str]) -> tuple[str, ...]:
    """Those of them that score residues, and draw no tracks."""
    return tuple(
        name for name in names if is_large(name) and setups()[name.partition(".")[0]].is_of_proteins
    )


def checked(name: str, large: LargeModels) -> LargeModel:
    """A model that is set up, by its name or that of an output.

    Raises:
        BackendError: it is not, or its package is not installed: which command does it.
    """
    kind = name.partition(".")[0]
    setup = setups()[kind]
    title = setup.card.title
    if find_spec(setup.package) is None:
        raise BackendError(f"{title} is not installed. {setup.command} adds it.")
    model = large.models.get(kind)
    if model is None:
        raise BackendError(
            f"{title} is not set up here. {setup.how} does it, or the page Models and data."
        )
    return model


def expanded(names: Iterable[str], large: LargeModels) -> tuple[str, ...]:
    """A model's name is all its outputs; names of other models stay as they are.

    Raises:
        BackendError: one is not set up, or its package is not installed: which command does it.
    """
    result: list[str] = []
    for name in names:
        result += _outputs(name, large) if is_large(name) else (name,)
    return tuple(dict.fromkeys(result))


def _outputs(name: str, large: LargeModels) -> tuple[str, ...]:
    model = checked(name, large)
    kind, title = model.kind, setups()[model.kind].card.title
    if not model.names:
        raise BackendError(
            f"{title} scores residues of a protein: it draws no tracks and scores no files. "
            f'`genoview predict "VARIANT" --models {kind}` and the Variant page run it.'
        )
    if name == kind:
        return model.names
    if name not in model.names:
        raise BackendError(
            f"{title} is set up without {name.partition('.')[2]}. It has: {', '.join(model.names)}."
        )
    return (name,)
