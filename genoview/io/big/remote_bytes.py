"""Bytes of a remote file over the block cache."""

from dataclasses import dataclass

from genoview.errors import NetworkError, StoreError
from genoview.io.formats.text_lines import LocalFileError
from genoview.io.remote.cached_file import CachedFile


@dataclass(frozen=True, slots=True)
class RemoteBytes:
    """Over the block cache; `name` is what the person knows the file by."""

    name: str
    file: CachedFile

    @property
    def generation(self) -> int:
        return self.file.generation

    def size(self) -> int:
        try:
            return self.file.size()
        except (NetworkError, StoreError) as error:
            raise LocalFileError(str(error)) from error

    def read(self, start: int, end: int) -> bytes:
        try:
            return self.file.read(start, end)
        except (NetworkError, StoreError) as error:
            raise LocalFileError(str(error)) from error
