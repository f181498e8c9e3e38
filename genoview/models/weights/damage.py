"""Files of weights that are cut off, empty or altered -> one sentence that says what to do."""

import hashlib
import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

from genoview.data.assets import ASSETS
from genoview.data.input.decoding import FAULTS, reason_of
from genoview.errors import BackendError

SUMS = "SHA256SUMS"  # beside embedded weights
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
        _check_sum(path)
        yield
    except BackendError:
        raise
    except LOADING as fault:
        embedded = path.resolve().is_relative_to(ASSETS)
        raise BackendError(
            f"{path} cannot be read as {title}: {reason_of(fault)}. "
            f"{_EMBEDDED if embedded else advice}"
        ) from fault


def _check_sum(path: Path) -> None:
    """Raises ValueError where the sums beside the file say that it was another."""
    sums = path.with_name(SUMS)
    if not sums.is_file():
        return
    lines = (line.split() for line in sums.read_text(encoding="utf-8").splitlines())
    published = {name: digest for digest, name in lines}
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if published.get(path.name, digest) != digest:
        raise ValueError("another sha256")
