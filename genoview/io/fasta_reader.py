"""FASTA file with its index -> upper-case bases of a record."""

import threading

import pyfaidx

from genoview.data.input.decoding import decoding
from genoview.errors import GenomeError

CODES = {  # of several bases; IUPAC-IUB 1984, doi:10.1093/nar/13.9.3021
    **{"R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC"},
    **{"B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG"},
}
_BASES = {**{base: base for base in "ACGT"}, "U": "T"} | {code: CODES[code][0] for code in CODES}
_READ_AS = dict.fromkeys(range(128), "N") | {
    ord(letter): base for code, base in _BASES.items() for letter in (code, code.lower())
}


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
        """Exactly `end - start` letters A, C, G, T, and N.

        A code of several bases is the first of them by the alphabet (VCF 4.3, 1.6.1: R is A),
        U is T, and any other letter of the file is N.

        Raises:
            GenomeError: the file cannot be read, or ended early.
        """
        return self.letters(record, start, end).translate(_READ_AS)

    def letters(self, record: str, start: int, end: int) -> str:
        """As the file has them.

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
        return str(text)
