"""Folders and files that only their owner reads: which genes are looked at is nobody's business."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077


def private_folder(folder: Path) -> Path:
    """Made where it is absent; closed to others where it was open.

    A folder that many share by intent stays as it is: one with the sticky or the set-group bit, the
    root of a disk, a home, or somebody else's.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(FOLDER, parents=True, exist_ok=True)
    facts = folder.stat()
    shared = facts.st_mode & (stat.S_ISVTX | stat.S_ISGID) or facts.st_uid != os.geteuid()
    if facts.st_mode & OTHERS and not shared and not folder.is_mount() and folder != Path.home():
        with suppress(OSError):
            folder.chmod(FOLDER)
    return folder


def private_file(path: Path) -> Path:
    """Closed to others where it was open; nothing of one that is absent or somebody else's."""
    with suppress(OSError):
        if path.stat().st_mode & OTHERS:
            path.chmod(FILE)
    return path
