"""A remote file as a Python file object, for readers that take one, such as pybigtools."""

import io
import os

from genoview.io.remote.cached_file import CachedFile


class RemoteFileObject(io.RawIOBase):
    """Seekable and read-only, over the block cache; one for each reader, as its place is its own.

    What goes wrong is a NetworkError, which is no OSError.
    """

    def __init__(self, file: CachedFile) -> None:
        super().__init__()
        self.name = file.file.name
        self._file = file
        self._place = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Bytes from the start."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, which may lie past the end."""
        if whence not in (os.SEEK_SET, os.SEEK_CUR, os.SEEK_END):
            raise ValueError(f"whence is {whence}; 0, 1 or 2 was expected.")
        bases = {os.SEEK_SET: 0, os.SEEK_CUR: self._place}
        base = bases[whence] if whence in bases else self._file.size()
        if base + offset < 0:
            raise ValueError(f"{base + offset} lies before the start of {self.name}.")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the file goes."""
        content = self._file.read(self._place, self._place + len(buffer))
        buffer[: len(content)] = content
        self._place += len(content)
        return len(content)

    def readall(self) -> bytes:
        """To the end of the file."""
        content = self._file.read(self._place, self._file.size())
        self._place += len(content)
        return content
