"""VCF (plain, gzip, bgzip) or a list of variants -> one Entry for each ALT of each line.

Lines are read as text: as records htslib gives up a file at its first malformed line, and every
line behind it would be lost.
"""

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from genoview.data.accessions import load_accessions
from genoview.data.assembly_names import header_assembly, known_assembly
from genoview.data.input.decoding import text_of
from genoview.errors import GenomeError, GenoviewError, ReferenceMismatch
from genoview.io.assembly import Assembly
from genoview.io.bgzf import TooLarge, is_whole, open_text
from genoview.io.formats.text_lines import chrom_names
from genoview.io.formats.vcf_line import (
    BadPosition,
    TooFewColumns,
    VcfLine,
    contig_lengths,
    is_vcf,
    parse_vcf_line,
)
from genoview.query.resolve import resolve
from genoview.runtime.batch.skipped_lines import Fault, Kind
from genoview.runtime.batch.valid_vcf import CHROM, LAST_POS
from genoview.scoring.variant_line import VariantLine

SHOWN = 80  # letters of an unreadable line
NOTHING = VariantLine("", 0, "", "")
_HEADS = ("##fileformat=VCF", "#CHROM")


class BatchFileError(GenoviewError):
    """A file of variants cannot be read as a whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ALT of a line, or an unreadable line.

    Attributes:
        number: of its line in the file, from 1.
        line: as it is written, with the chromosome's canonical name.
        name: column ID; empty where there is none.
        text: what a reader recognises it by.
        fault: what is wrong, where it is unreadable.
    """

    number: int
    line: VariantLine
    name: str = ""
    text: str = ""
    fault: Fault | None = None


class Source:
    """A file of variants, read again each time.

    Attributes:
        is_vcf: it has the header of a VCF; otherwise each line is read by itself.
        notes: a sentence each on what a reader should know of the file.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        """Look at the beginning.

        Raises:
            BatchFileError: it cannot be read, or is not text.
        """
        self.path = path
        self.name = name or path.name
        self.notes: tuple[str, ...] = ()
        head = self._head()
        if b"\0" in head:
            kind = "BCF; make a VCF of it with bcftools view" if head[:3] == b"BCF" else "no text"
            raise BatchFileError(f"{self.name} is {kind}. A VCF or a list of variants is expected.")
        self.is_vcf = head.decode("utf-8", "replace").startswith(_HEADS)
        if self.is_vcf and not is_whole(path):
            self.notes = (f"{self.name} lacks the end mark of bgzip: it may be cut off.",)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number from 1 and text of each line, header and all; undecodable bytes come back."""
        number = 0
        try:
            with open_text(self.path) as (file, _):
                for number, raw in enumerate(file, 1):
                    raw = raw.removeprefix(BOM_UTF8)  # of a file put together of several
                    yield number, raw.decode("utf-8", "surrogateescape").rstrip("\r\n")
        except TooLarge as error:
            raise BatchFileError(str(error)) from error
        except (OSError, EOFError, zlib.error) as error:
            raise BatchFileError(
                f"{self.name} is damaged or cut off behind line {number:,}. Copy it again."
            ) from error

    def entries(self, assembly: Assembly) -> Iterator[Entry]:
        """All variants in the order of the file; a line that is none is an entry with a fault.

        Raises:
            BatchFileError: the file is damaged.
        """
        naming = _Naming(assembly)
        for number, text in self.lines():
            if not is_data(text):
                naming.add_header(text)
            elif self.is_vcf or ("\t" in text and is_vcf(text.split("\t"))):
                for entry in vcf_entries(number, text):
                    given, line = entry.line.chrom, entry.line
                    named = VariantLine(naming.chrom(given), line.pos, line.ref, line.alt)
                    yield replace(entry, line=named, fault=entry.fault or naming.fault(given))
            else:
                yield listed_entry(number, text, assembly)

    def _head(self) -> bytes:
        try:
            with open_text(self.path) as (file, _):
                return file.read(4096)
        except TooLarge as error:
            raise BatchFileError(str(error)) from error
        except (OSError, EOFError, zlib.error, GenomeError) as error:
            raise BatchFileError(f"{self.name} cannot be read: {error}.") from error


class _Naming:
    """Canonical names of a file's chromosomes, and what says that they are of another assembly."""

    def __init__(self, assembly: Assembly) -> None:
        self._genome, self._reference = assembly.name, assembly.reference
        self._family = known_assembly(assembly.family, assembly.name)
        self.chrom = chrom_names(self._family)
        self._lengths: dict[str, int] = {}
        self._fitting: set[str] = set()
        self._named: set[str] = set()

    def add_header(self, text: str) -> None:
        """A line of the header: the length of a chromosome, or the assembly's name."""
        self._named |= {header_assembly([text])} - {""}
        for given, length in contig_lengths([text]).items():
            own = self._reference.length(self.chrom(given))
            if own == length:
                self._fitting.add(given)
            elif own is not None:
                self._lengths[given] = length

    def fault(self, given: str) -> Fault | None:
        """Of a line on a chromosome, by the file's name for it."""
        named = load_accessions().get(given)
        if named and self._family and named.family not in ("", self._family):
            reason = f"{given} is {named.chrom} of {named.family}, not of {self._genome}."
        elif given in self._lengths:
            chrom = self.chrom(given)
            reason = (
                f"By the file's header {given} has {self._lengths[given]:,} bp, but {chrom} of "
                f"{self._genome} has {self._reference.length(chrom):,}: the file is of another "
                "assembly."
            )
        elif self._lengths and not self._fitting:
            other, length = next(iter(self._lengths.items()))
            reason = (
                f"By the file's header {other} has {length:,} bp, but in {self._genome} "
                f"{self._reference.length(self.chrom(other)):,}: the file is of another assembly."
            )
        elif given not in self._fitting and self._is_other():
            (other,) = self._named
            reason = f"By its header the file is of {other}, not of {self._genome}."
        else:
            return None
        return Fault(Kind.OTHER_ASSEMBLY, reason)

    def _is_other(self) -> bool:
        """Whether the header names another assembly, and no second one."""
        return bool(self._family) and len(self._named) == 1 and self._family not in self._named


def is_data(text: str) -> bool:
    """Neither header, comment nor blank."""
    return bool(text.strip()) and not text.startswith("#")


def vcf_entries(number: int, text: str) -> Iterator[Entry]:
    """One for each ALT of a line of VCF."""
    try:
        line = parse_vcf_line(clean(text))
    except TooFewColumns as error:
        reason = f"It has {error.n_columns} columns; a line of VCF has 8 or more."
        yield unreadable_entry(number, text, Fault(Kind.UNREADABLE, reason))
    except BadPosition as error:
        reason = f"POS {error.pos[:20]!r} is not a position counted from 1."
        yield unreadable_entry(number, text, Fault(Kind.UNREADABLE, reason))
    else:
        if fault := _place_fault(line):
            yield unreadable_entry(number, text, fault)
            return
        for alt in line.alts:
            shown = f"{line.chrom}:{line.pos}:{_cut(line.ref)}>{_cut(alt)}"
            yield Entry(number, VariantLine(line.chrom, line.pos, line.ref, alt), line.name, shown)


def _place_fault(line: VcfLine) -> Fault | None:
    """Why no VCF can have a line at this place."""
    if not CHROM.fullmatch(line.chrom.strip()):
        reason = f"CHROM {_cut(line.chrom)!r} is not a name of a sequence."
        return Fault(Kind.UNREADABLE, reason)
    if line.pos > LAST_POS:
        return Fault(Kind.ABSENT, f"POS {line.pos:,} lies past the end of every chromosome.")
    return None


def listed_entry(number: int, text: str, assembly: Assembly) -> Entry:
    """A variant as it is typed into the search box, left-normalised as there."""
    text = clean(text)
    try:
        request = resolve(text, assembly)
    except GenoviewError as error:
        return unreadable_entry(number, text, Fault(_kind(error), str(error)))
    if request.variant is None:
        reason = f"{request.text} is a place, not a variant."
        return unreadable_entry(number, text, Fault(Kind.UNREADABLE, reason))
    variant = request.variant
    return Entry(
        number, VariantLine(variant.chrom, variant.pos, variant.ref, variant.alt), "", str(variant)
    )


def unreadable_entry(number: int, text: str, fault: Fault) -> Entry:
    """An unreadable line."""
    return Entry(number, NOTHING, "", _cut(" ".join(clean(text).split()), SHOWN), fault)


def clean(text: str) -> str:
    """Text that every file can hold: bytes that are no UTF-8 are read as Latin letters."""
    try:
        text = text_of(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # halves of characters
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\0", "?")


def _kind(error: GenoviewError) -> Kind:
    if isinstance(error, ReferenceMismatch):
        return Kind.WRONG_REF
    return Kind.ABSENT if isinstance(error, GenomeError) else Kind.UNREADABLE


def _cut(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
