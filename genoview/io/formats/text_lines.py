"""Text file -> its lines of data, and a count of those that are left out, by reason."""

import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from genoview.data.accessions import load_accessions
from genoview.data.assembly_names import known_assembly
from genoview.data.genome import canonical_chrom
from genoview.data.input.decoding import MOST_DIGITS, text_of
from genoview.errors import GenoviewError
from genoview.io.bgzf import TooLarge, open_text

MAX_LINES = 5_000_000  # of one file read whole: about 1 GB of memory
MOST_TEXT = 500_000_000  # bytes of data of such a file, which stay in memory
LAST_BASE = 1 << 40  # no chromosome is longer
PAST_END = "it ends past the end of its chromosome"
Namer = Callable[[str], str]
_NOT_DATA = (b"#", b"track ", b"track\t", b"browser ", b"browser\t")


class LocalFileError(GenoviewError):
    """A file of the reader cannot be read, or is none that can be drawn."""


class BadLine(GenoviewError):
    """A line without a place or a value; it is counted by its message, which is the reason."""


class BadPlace(BadLine):
    """Start and end are numbers, but no stretch of a chromosome."""


@dataclass
class Skips:
    """Lines that are left out."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str, number: int) -> None:
        """Args: number: of the line, from 1."""
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self.examples.setdefault(reason, number)


@dataclass(frozen=True)
class Chromosomes:
    """What the genome has: length in bp by canonical name; empty where it is not known.

    Attributes:
        assembly: the genome's name.
    """

    lengths: Mapping[str, int]
    assembly: str = ""

    def check(self, chrom: str, end: int) -> bool:
        """Whether the genome has the chromosome.

        Raises:
            BadLine: the chromosome is shorter.
        """
        if not self.lengths:
            return True
        length = self.lengths.get(chrom)
        if length is not None and end > length:
            raise BadLine(PAST_END)
        return length is not None


def chrom_names(assembly: str = "") -> Namer:
    """Canonical name of a file's chromosome (`20`, `NC_000020.10`), each worked out once.

    Args:
        assembly: where it is a known one, accessions of others stay as they are.
    """
    accessions, wanted, known = load_accessions(), known_assembly(assembly), dict[str, str]()

    def name(given: str) -> str:
        if given not in known:
            accession = accessions.get(given)
            if accession and wanted and accession.family not in ("", wanted):
                accession = None
            known[given] = canonical_chrom(accession.chrom if accession else given)
        return known[given]

    return name


def data_lines(
    path: Path, name: str, skips: Skips, end: tuple[bytes, ...] = ()
) -> Iterator[tuple[int, str]]:
    """Number from 1 and text of each line that is not a header, comment or track line.

    Args:
        end: what the line begins with that ends the data.

    Raises:
        LocalFileError: the file is cut off, or too long to be read whole.
    """
    number = n_bytes = 0
    try:
        with open_text(path) as (file, _):
            for number, raw in enumerate(file, 1):
                if raw.startswith(end):
                    return
                if number > MAX_LINES:
                    raise LocalFileError(_too_long(name))
                raw = raw.removeprefix(BOM_UTF8)  # of a file put together of several
                if raw.startswith(_NOT_DATA) or not raw.strip():
                    continue
                n_bytes += len(raw)
                if n_bytes > MOST_TEXT:
                    raise LocalFileError(_too_long(name))
                yield number, text_of(raw).rstrip("\r\n")
    except TooLarge as error:
        raise LocalFileError(str(error)) from error
    except (OSError, EOFError, zlib.error) as error:
        if not number:
            raise LocalFileError(f"{name} cannot be read: {error}.") from error
        skips.note("the file is cut off behind it", number)


def _too_long(name: str) -> str:
    return (
        f"{name} has more than {MAX_LINES:,} lines or {MOST_TEXT // 10**6} MB, too many to be "
        "read whole. Make a bigBed or bigWig of it (bedToBigBed, bedGraphToBigWig), or compress "
        "it with bgzip and index it with tabix, and give its path."
    )


def columns_of(line: str) -> list[str]:
    """Cells between tabs, or between blanks where the line has no tab."""
    return line.split("\t") if "\t" in line else line.split()


def place(start: str, end: str, first: int = 0, *, may_be_empty: bool = False) -> tuple[int, int]:
    """0-based half-open start and end of two cells, whose counting begins at `first`.

    Args:
        may_be_empty: whether start may be end, which is a place between two bases.

    Raises:
        BadLine: they are not numbers. BadPlace: not a valid interval.
    """
    digits = start + end
    if not (digits.isascii() and digits.isdecimal() and start and end):
        raise BadLine("start or end is not a whole number")
    if len(start) > MOST_DIGITS or len(end) > MOST_DIGITS:
        raise BadPlace(PAST_END)
    left, right = int(start) - first, int(end)
    if right > LAST_BASE:
        raise BadPlace(PAST_END)
    if left < 0:
        raise BadPlace("it begins before the chromosome")
    if right < left:
        raise BadPlace("the end lies before the start")
    if right == left and not may_be_empty:
        raise BadPlace("it is 0 bp wide")
    return left, right


def number_or_none(text: str) -> float | None:
    """A cell's number; None for a dot or words."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def strand_of(text: str) -> str:
    """`+` and `-` as they are; anything else means no strand."""
    return text if text in ("+", "-") else "."
