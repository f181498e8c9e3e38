"""Keys of services, each in a file that its owner alone may read, sent to one address only.

The file's second line is the address; keys of earlier versions lack it until the next change.
"""

from dataclasses import dataclass, field
from pathlib import Path

from genoview.errors import BackendError, SettingsError
from genoview.models.configured_file import write_file


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it was entered.

    Attributes:
        address: the only one that it is sent to; None where none was set up yet.
    """

    text: str = field(default="", repr=False)
    address: str | None = None


class Keys:
    """Of one installation, by kind of model."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self._folder = folder

    def of(self, kind: str, address: str | None) -> str:
        """The key for an address; empty where there is none, or one for another address.

        Raises:
            BackendError: it cannot be read.
        """
        key = self._read(kind)
        return key.text if key.address in (None, address) else ""

    def elsewhere(self, kind: str, address: str) -> str:
        """The address that the key is for, where it is not this one; else empty.

        Raises:
            BackendError: it cannot be read.
        """
        key = self._read(kind)
        return key.address if key.text and key.address not in (None, address) else ""

    def put(self, kind: str, text: str, address: str | None) -> None:
        """Write a key down; an empty one removes it.

        Raises:
            SettingsError: it cannot be written.
        """
        path = self._path(kind)
        if text:
            write_file(path, text if address is None else f"{text}\n{address}", 0o600)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"{path} cannot be removed: {error.strerror}.") from error

    def bind(self, kind: str, address: str) -> None:
        """A key without an address belongs to this one from now on.

        Raises:
            BackendError: it cannot be read.
            SettingsError: it cannot be written.
        """
        key = self._read(kind)
        if key.text and key.address is None:
            self.put(kind, key.text, address)

    def _read(self, kind: str) -> Key:
        path = self._path(kind)
        try:
            text, mark, address = path.read_text(encoding="utf-8").strip().partition("\n")
        except FileNotFoundError:
            return Key()
        except (OSError, UnicodeDecodeError) as error:
            raise BackendError(f"The key in {path} cannot be read. Enter it anew.") from error
        return Key(text.strip(), address.strip() if mark else None)

    def _path(self, kind: str) -> Path:
        return self._folder / f"{kind}.key"
