"""Where the files of a model of proteins lie, by folder, file or hub name."""

from pathlib import Path

from genoview.data.input.decoding import path_of
from genoview.errors import BackendError


def folder_of(place: str) -> Path:
    """Where a model's own files lie, as far as they are on this machine."""
    path = path_of(place, BackendError)
    return path.parent if is_file_name(place) else path


def is_file_name(place: str) -> bool:
    """Whether it names a file of weights, here or on the hub."""
    return place.endswith((".pth", ".pt"))
