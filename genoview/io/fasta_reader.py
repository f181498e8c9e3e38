"""FASTA file with its index -> upper-case bases of a record."""

import threading

import pyfaidx

from genoview.data.input.decoding import decoding
from genoview.errors import GenomeError

_CODES = dict.fromkeys(range(128), "N") | {ord(base): base.upper() for base in "ACGTacgt"}


class FastaReader:
    """A plain or bgzipped FASTA file with its index."""

    def __init__(self, name: str, faidx: pyfaidx.Faidx) -> None:
        self.name = name
        self._faidx = faidx
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._faidx.close()

    def read(self, record: str, start: int, end: int) -> str:
        """Exactly `end - start` letters A, C, G, T, and N for any other of the file.

        Raises:
            GenomeError: the file cannot be read, or ended early.
        """
        with self._lock, decoding(self.name, GenomeError, "Copy its FASTA file again."):
            try:
                text = self._faidx.fetch(record, start + 1, end)
            except ValueError:
                # pyfaidx asks for the first base of a block as the place behind the last of
                # the block before, for which BGZF has no address where that is 64 KiB long.
                text = self._faidx.fetch(record, start, end)[1:] if start else ""
            except (OSError, pyfaidx.FetchError) as error:
                raise GenomeError(f"{self.name} cannot be read: {error}.") from error
        if len(text) != end - start:
            raise GenomeError(
                f"{self.name} has {len(text):,} of {end - start:,} bp of {record} from "
                f"{start + 1:,} on: the FASTA file has changed. Reload the genome."
            )
        return str(text).translate(_CODES)
