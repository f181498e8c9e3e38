"""Small results that earlier versions kept, one JSON file each: read, no longer written."""

import re
from contextlib import suppress
from pathlib import Path

from genoview.errors import StoreError

_KEY = re.compile(r"[0-9a-f]{64}")


class Documents:
    """JSON texts by the sha256 of what they depend on."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self.folder = folder

    @property
    def exist(self) -> bool:
        """Whether an earlier version was here."""
        return self.folder.is_dir()

    def get(self, key: str) -> str | None:
        """The text that was kept under `key`; None where it is absent or cannot be read.

        Raises:
            StoreError: the key is not a sha256.
        """
        if not _KEY.fullmatch(key):
            raise StoreError(f"{key!r} is not a sha256 in hexadecimal, which scores are stored by.")
        try:
            return (self.folder / key[:2] / f"{key}.json").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def clear(self) -> None:
        """Remove every document."""
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                path.unlink()
