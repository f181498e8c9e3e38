"""What a file with sequence can do, whatever its format."""

from typing import Protocol


class SequenceReader(Protocol):
    """Bases by record, from one kind of file; safe to share between threads."""

    def read(self, record: str, start: int, end: int) -> str:
        """Exactly `end - start` upper-case letters A, C, G, T or N.

        Raises:
            GenomeError: the file cannot be read there.
        """

    def letters(self, record: str, start: int, end: int) -> str:
        """The same bases as the file has them: codes of several bases, either case.

        Raises:
            GenomeError: the file cannot be read there.
        """

    def close(self) -> None:
        """Let go of the file."""
