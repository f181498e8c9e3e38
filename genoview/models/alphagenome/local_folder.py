"""A folder of AlphaGenome's weights: which file they are, and whether they were ever trained."""

import json
from pathlib import Path

from genoview.errors import BackendError

PUBLISHED = "alphagenome_all_folds.safetensors"  # as the hub names it, of all four folds together
PUBLISHED_TRACKS = "alphagenome_metadata_raw.json"
OWN_STATE = "model.safetensors"  # as the package saves a model of one's own
MANIFEST = "genoview.json"  # {"random_weights": true} marks a model that was never trained


def weights_in(folder: Path) -> Path:
    """The file of weights.

    Raises:
        BackendError: there is none.
    """
    for name in (OWN_STATE, PUBLISHED):
        if (folder / name).is_file():
            return folder / name
    raise BackendError(
        f"{folder} holds no weights of AlphaGenome: {PUBLISHED} or {OWN_STATE} was "
        "expected. `python -m genoview.models.weights.huggingface FOLDER --accept-terms` "
        "fetches them."
    )


def is_random(folder: Path, state: Path) -> bool:
    """Whether the weights are random, as far as the folder shows.

    Raises:
        BackendError: its manifest cannot be read.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return state.name != PUBLISHED  # a reader's own, not marked as trained
    try:
        return bool(json.loads(manifest.read_text(encoding="utf-8"))["random_weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackendError(
            f'{manifest} cannot be read ({error}); {{"random_weights": false}} was expected.'
        ) from error
