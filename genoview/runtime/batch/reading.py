"""VCF (plain, gzip, bgzip) or a list of variants -> one Entry for each ALT of each line.

Lines are read as text through htslib's BGZF reader: as records htslib gives up a file at its first
malformed line, and every line behind it would be lost.
"""

import gzip
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pysam

from genoview.errors import GenomeError, GenoviewError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.io.bgzf import EOF_BLOCK, compression
from genoview.io.formats.text_lines import chrom_names, columns_of
from genoview.query.resolve import resolve
from genoview.runtime.batch.skipped_lines import Fault, Kind
from genoview.scoring.splicing.delta_scores import VariantLine

LONGEST_POS = 12  # digits; no chromosome is that long
CHUNK_LENGTH = 1 << 16  # bytes read at a time
SHOWN = 80  # letters of a line that is no variant
NOTHING = VariantLine("", 0, "", "")
_HEADS = ("##fileformat=VCF", "#CHROM")


class BatchFileError(GenoviewError):
    """A file of variants cannot be read as a whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ALT of a line, or a line that is no variant.

    Attributes:
        number: of its line in the file, from 1.
        line: as it is written, with the chromosome's canonical name.
        name: column ID; empty where there is none.
        text: what a reader recognises it by.
        fault: what is wrong, where reading found it.
    """

    number: int
    line: VariantLine
    name: str = ""
    text: str = ""
    fault: Fault | None = None


class Source:
    """A file of variants, read anew each time.

    Attributes:
        is_vcf: it has the header of a VCF; otherwise each line is read by itself.
        notes: a sentence each on what a reader should know of the file.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        """Look at the beginning.

        Raises:
            BatchFileError: it cannot be read, or is no text.
        """
        self.path = path
        self.name = name or path.name
        self.notes: tuple[str, ...] = ()
        head = self._head()
        if b"\0" in head:
            kind = "BCF; make a VCF of it with bcftools view" if head[:3] == b"BCF" else "no text"
            raise BatchFileError(f"{self.name} is {kind}. A VCF or a list of variants is expected.")
        self.is_vcf = head.decode("utf-8", "replace").startswith(_HEADS)
        if self.is_vcf and self._is_cut():
            self.notes = (f"{self.name} lacks the end mark of bgzip: it may be cut off.",)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number from 1 and text of each line, header and all; undecodable bytes come back."""
        number = 0
        try:
            with closing(pysam.BGZFile(str(self.path), "r", index=None)) as file:
                for number, raw in enumerate(_lines(file), 1):
                    yield number, raw.decode("utf-8", "surrogateescape").rstrip("\r")
        except OSError as error:
            raise BatchFileError(
                f"{self.name} is damaged or cut off behind line {number:,}. Copy it anew."
            ) from error

    def entries(self, assembly: Assembly) -> Iterator[Entry]:
        """All variants in the order of the file; a line that is none is an entry with a fault.

        Raises:
            BatchFileError: the file is damaged.
        """
        name_of = chrom_names()
        for number, text in self.lines():
            if not is_data(text):
                continue
            if self.is_vcf or _has_columns(text):
                for entry in vcf_entries(number, text):
                    line = entry.line
                    named = VariantLine(name_of(line.chrom), line.pos, line.ref, line.alt)
                    yield Entry(number, named, entry.name, entry.text, entry.fault)
            else:
                yield listed_entry(number, text, assembly)

    def _head(self) -> bytes:
        try:
            opened = gzip.open if compression(self.path) != "plain" else open
            with opened(self.path, "rb") as file:
                found: bytes = file.read(4096)
                return found.removeprefix(b"\xef\xbb\xbf")
        except (OSError, EOFError, GenomeError) as error:
            raise BatchFileError(f"{self.name} cannot be read: {error}.") from error

    def _is_cut(self) -> bool:
        if compression(self.path) != "bgzf":
            return False
        with self.path.open("rb") as file:
            file.seek(max(self.path.stat().st_size - len(EOF_BLOCK), 0))
            return file.read() != EOF_BLOCK


def _lines(file: pysam.BGZFile) -> Iterator[bytes]:
    """Not by pysam's own iterator, which takes a blank line for the end of the file."""
    rest = b""
    while chunk := file.read(CHUNK_LENGTH):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest


def is_data(text: str) -> bool:
    """Neither header, comment nor blank."""
    return bool(text.strip()) and not text.lstrip("\ufeff").startswith("#")


def vcf_entries(number: int, text: str) -> Iterator[Entry]:
    """One for each ALT of a line of VCF."""
    columns = columns_of(text)
    if len(columns) < 5:
        reason = f"It has {len(columns)} columns; a line of VCF has 8 or more."
        yield unreadable_entry(number, text, Fault(Kind.UNREADABLE, reason))
        return
    chrom, pos, name, ref, alts = (clean(cell) for cell in columns[:5])
    if not (pos.isascii() and pos.isdecimal() and len(pos) <= LONGEST_POS and chrom):
        fault = Fault(Kind.UNREADABLE, f"POS {pos[:20]!r} is not a position counted from 1.")
        yield unreadable_entry(number, text, fault)
        return
    for alt in alts.split(","):
        shown = f"{chrom}:{pos}:{_cut(ref)}>{_cut(alt)}"
        line = VariantLine(chrom, int(pos), ref, alt)
        yield Entry(number, line, "" if name == "." else name, shown)


def listed_entry(number: int, text: str, assembly: Assembly) -> Entry:
    """A variant as it is typed into the search box, left-normalised as there."""
    try:
        request = resolve(text, assembly)
    except GenoviewError as error:
        return unreadable_entry(number, text, Fault(_kind(error), str(error)))
    if request.variant is None:
        reason = f"{request.text} is a place, not a variant."
        return unreadable_entry(number, text, Fault(Kind.UNREADABLE, reason))
    found = request.variant
    return Entry(number, VariantLine(found.chrom, found.pos, found.ref, found.alt), "", str(found))


def unreadable_entry(number: int, text: str, fault: Fault) -> Entry:
    """A line that is no variant."""
    return Entry(number, NOTHING, "", _cut(" ".join(clean(text).split()), SHOWN), fault)


def clean(text: str) -> str:
    """Text that every file can hold: bytes that are no UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _kind(error: GenoviewError) -> Kind:
    if isinstance(error, ReferenceMismatch):
        return Kind.WRONG_REF
    return Kind.ABSENT if isinstance(error, GenomeError) else Kind.UNREADABLE


def _has_columns(text: str) -> bool:
    """Whether a line of a list is one of a VCF: tabs, and a number in the second column."""
    cells = text.split("\t")
    return len(cells) >= 5 and cells[1].isdecimal() and not cells[2].isdecimal()


def _cut(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
