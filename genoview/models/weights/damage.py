"""Files of weights that are cut off, empty or altered -> one sentence that says what to do."""

import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from genoview.data.assets import ASSETS
from genoview.data.decoding import FAULTS, reason_of
from genoview.errors import BackendError

LOADING = (*FAULTS, SafetensorError, zipfile.BadZipFile, pickle.UnpicklingError)
AGAIN = "Remove the model and add it again."
_EMBEDDED = "It comes with genoview: take it anew from the repository (git checkout -- assets)."


@contextmanager
def loading(path: Path, title: str, advice: str = AGAIN) -> Iterator[None]:
    """Any fault within is a BackendError that names the file.

    Args:
        title: of what the file holds.
        advice: a sentence on what to do; embedded files have one of their own.
    """
    try:
        yield
    except BackendError:
        raise
    except LOADING as fault:
        embedded = path.resolve().is_relative_to(ASSETS)
        raise BackendError(
            f"{path} cannot be read as {title}: {reason_of(fault)}. "
            f"{_EMBEDDED if embedded else advice}"
        ) from fault
