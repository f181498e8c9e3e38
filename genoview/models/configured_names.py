"""Models beyond the embedded ones as a command line names them: `alphagenome`, `server.rna_seq`.

names as typed --expanded--> names of backends, or one sentence that says what is missing
"""

from collections.abc import Iterable
from importlib.util import find_spec

from genoview.errors import BackendError
from genoview.models.configured import KEY_VARIABLE, LargeModels
from genoview.models.configured_file import (
    BORZOI,
    CARDS,
    CROPPED,
    ENFORMER,
    HOSTED,
    LANGUAGE,
    LOCAL,
    SERVER,
)

PACKAGES = {HOSTED: "alphagenome", SERVER: "alphagenome", LOCAL: "alphagenome_pt"} | {
    kind: model.package for kind, model in CROPPED.items()
}
PACKAGES |= dict.fromkeys(LANGUAGE, "transformers")
COMMANDS = {
    HOSTED: "pip install 'genoview[alphagenome]'",
    SERVER: "pip install 'genoview[alphagenome]'",
    LOCAL: "pip install 'genoview[alphagenome-pt]'",
} | {kind: model.command for kind, model in CROPPED.items()}
COMMANDS |= dict.fromkeys(LANGUAGE, "pip install 'genoview[language]'")
SETTING_UP = {
    HOSTED: f"`genoview models use alphagenome` (its key in {KEY_VARIABLE})",
    SERVER: "`genoview models use server --place HOST:PORT`",
    LOCAL: "`genoview models use alphagenome-local --place FOLDER`",
    ENFORMER: "`genoview models use enformer --place FOLDER`",
    BORZOI: "`genoview models use borzoi --place FOLDER`",
}
SETTING_UP |= {kind: f"`genoview models use {kind} --place FOLDER`" for kind in LANGUAGE}


def is_large(name: str) -> bool:
    """Whether it is one of them, or of their outputs, set up or not."""
    return name.partition(".")[0] in CARDS


def expanded(names: Iterable[str], large: LargeModels) -> tuple[str, ...]:
    """A model's name is all its outputs; names of other models stay as they are.

    Raises:
        BackendError: one is not set up, or its package is not installed: which command does it.
    """
    found: list[str] = []
    for name in names:
        found += _outputs(name, large) if is_large(name) else (name,)
    return tuple(dict.fromkeys(found))


def _outputs(name: str, large: LargeModels) -> tuple[str, ...]:
    kind = name.partition(".")[0]
    title = CARDS[kind].title
    if find_spec(PACKAGES[kind]) is None:
        raise BackendError(f"{title} is not installed. {COMMANDS[kind]} adds it.")
    model = large.models.get(kind)
    if model is None:
        raise BackendError(
            f"{title} is not set up here. {SETTING_UP[kind]} does it, or the page Models and data."
        )
    if name == kind:
        return model.names
    if name not in model.names:
        raise BackendError(
            f"{title} is set up without {name.partition('.')[2]}. It has: {', '.join(model.names)}."
        )
    return (name,)
