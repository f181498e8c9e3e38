"""Files and folders that only their owner reads: which genes are looked at is nobody's business."""

import os
import tempfile
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Made where it is absent, with mode 700."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def open_private(path: Path) -> int:
    """A descriptor to read and write, of a file made where it is absent, with mode 600."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, with mode 600."""
    private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
