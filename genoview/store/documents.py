"""Small results, such as scores, on disk by key: one JSON file each, the oldest out first."""

import json
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from genoview.errors import StoreError

KEEP = 64  # files of one folder; there are 256 folders
_KEY = re.compile(r"[0-9a-f]{64}")


class Documents:
    """JSON values by the sha256 of what they depend on. Safe to use from several processes."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self.folder = folder

    def get(self, key: str) -> Any | None:
        """What was put under `key`; None where it is absent or its file is damaged."""
        try:
            return json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value, whole or not at all.

        Raises:
            StoreError: the folder cannot be written.
        """
        path = self._path(key)
        scratch = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_text(json.dumps(value, allow_nan=False), encoding="utf-8")
            scratch.replace(path)
            _remove_oldest(path.parent)
        except OSError as error:
            raise StoreError(
                f"Scores cannot be kept in {self.folder}: {error.strerror}. They will be computed "
                "again next time. Check that the folder can be written and has free space."
            ) from error

    def clear(self) -> None:
        """Remove every document."""
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                path.unlink()

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise StoreError(f"{key!r} is no sha256 in hexadecimal, by which scores are kept.")
        return self.folder / key[:2] / f"{key}.json"


def _remove_oldest(folder: Path) -> None:
    """Another process may remove the same ones."""
    files = list(folder.iterdir())
    if len(files) > KEEP:
        with suppress(FileNotFoundError):
            files.sort(key=lambda path: path.stat().st_mtime)
            for path in files[:-KEEP]:
                path.unlink()
