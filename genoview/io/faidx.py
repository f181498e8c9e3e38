"""FASTA file -> .fai and .gzi indexes, next to it or in a folder that can be written.

Format: `samtools faidx` (Danecek et al. 2021, doi:10.1093/gigascience/giab008).
"""

import hashlib
import io
import os
import struct
import tempfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from genoview.errors import GenomeError
from genoview.io.bgzf import (
    Progress,
    block_table,
    compression,
    no_progress,
    open_sequence,
    open_text,
    unpacked_size,
)

_SLACK = 16  # bytes of blank line ends that may follow the last record
_LINES_A_REPORT = 200_000
_PIECE = 1 << 20  # bytes of a line that are in memory at a time: a chromosome may be one line
_RESIDUES = b"EFILPQZefilpqz"  # of proteins alone; what else is no base is read as N


@dataclass(frozen=True, slots=True)
class Indexes:
    """Paths of a FASTA file's indexes; `gzi` only where it is bgzipped."""

    fai: Path
    gzi: Path | None


@dataclass(slots=True)
class _Record:
    """One line of a .fai; lengths in bases and in bytes."""

    name: str
    length: int = 0
    offset: int = 0
    line_bases: int = 0
    line_width: int = 0

    @property
    def end(self) -> int:
        """Offset behind the last base."""
        if not self.length:
            return self.offset
        lines, rest = divmod(self.length - 1, self.line_bases)
        return self.offset + lines * self.line_width + rest + 1

    @property
    def is_sound(self) -> bool:
        """Whether its numbers can be those of a record."""
        return self.length == 0 or (self.length > 0 and 0 < self.line_bases <= self.line_width)

    def __str__(self) -> str:
        return f"{self.name}\t{self.length}\t{self.offset}\t{self.line_bases}\t{self.line_width}\n"


def ensure_indexes(
    fasta: Path, index_dir: Path | None = None, progress: Progress = no_progress
) -> Indexes:
    """Indexes that fit the file: those next to it, or new ones, next to it or in `index_dir`.

    An index is reused when it fits the file's content and length, whatever the dates say: a
    checkout sets dates in any order.

    Raises:
        GenomeError: not a FASTA file, plain gzip, uneven lines, or nowhere to write.
    """
    kind = compression(fasta)
    if kind == "gzip":
        raise GenomeError(
            f"{fasta.name} is compressed with plain gzip, which cannot be read at a position. "
            f"Recompress it with `gunzip {fasta.name}` and `bgzip {fasta.stem}`, or let the "
            "Models and data page do it."
        )
    zipped = kind == "bgzf"
    for indexes in _places(fasta, index_dir, zipped):
        if _fits(fasta, indexes) and _freshen(fasta, indexes):
            return indexes
    gzi = block_table(fasta) if zipped else b""
    fai = "".join(map(str, _scan(fasta, progress))).encode()
    for indexes in _places(fasta, index_dir, zipped):
        if _write(indexes.fai, fai) and (indexes.gzi is None or _write(indexes.gzi, gzi)):
            return indexes
    raise GenomeError(
        f"The index of {fasta.name} cannot be written, neither next to it nor in the cache; make "
        f"{fasta.parent} writable, or set GENOVIEW_CACHE to a folder that is."
    )


def _places(fasta: Path, index_dir: Path | None, zipped: bool) -> Iterator[Indexes]:
    """Next to the file, then in the writable folder under a name that no other file has."""
    bases = [str(fasta)]
    if index_dir is not None:
        digest = hashlib.sha256(str(fasta.resolve()).encode()).hexdigest()[:12]
        bases.append(str(index_dir / f"{fasta.name}-{digest}"))
    for base in bases:
        yield Indexes(Path(base + ".fai"), Path(base + ".gzi") if zipped else None)


def _fits(fasta: Path, indexes: Indexes) -> bool:
    """Whether the indexes describe this file: its first name, order, and its end to the byte."""
    try:
        rows = [line.split("\t") for line in indexes.fai.read_text().splitlines()]
        records = [_Record(name, *map(int, cells)) for name, *cells in rows if len(cells) == 4]
        size = fasta.stat().st_size
        if indexes.gzi is not None:
            size = unpacked_size(fasta, indexes.gzi.read_bytes())
        with open_text(fasta) as (text, _):
            name = _name(text.readline())
        in_order = all(a.end < b.offset - len(b.name) for a, b in pairwise(records))
        is_sound = (
            in_order and len(records) == len(rows) and all(record.is_sound for record in records)
        )
        return is_sound and records[0].name == name and 0 <= size - records[-1].end <= _SLACK
    except (OSError, EOFError, zlib.error, struct.error, GenomeError):
        return False  # absent, or of a damaged file, of which the building then says more
    except (ValueError, IndexError, TypeError, ZeroDivisionError):
        return False  # a .fai of other columns


def _freshen(fasta: Path, indexes: Indexes) -> bool:
    """Date the indexes after the file, which pyfaidx asks for; False where that is forbidden."""
    dated = fasta.stat().st_mtime
    for path in (indexes.fai, indexes.gzi):
        if path is None or path.stat().st_mtime >= dated:
            continue
        try:
            os.utime(path)
        except OSError:
            return False
        if path.stat().st_mtime < dated:
            os.utime(path, (dated, dated))  # the file is dated in the future
    return True


def _name(header: bytes) -> str:
    """`20` of `>20 dna:chromosome`; empty if it is not a header."""
    words = header[1:].split()
    return words[0].decode() if header.startswith(b">") and words else ""


def _scan(fasta: Path, progress: Progress) -> list[_Record]:
    """Records of a FASTA file, from one reading of all of it."""
    try:
        records = _read(fasta, progress)
    except (OSError, EOFError, zlib.error) as error:
        raise GenomeError(f"{fasta.name} cannot be read to its end: {error}.") from error
    if not records:
        raise GenomeError(f"{fasta.name} is empty; a FASTA file was expected.")
    progress(1.0)
    return records


def _read(fasta: Path, progress: Progress) -> list[_Record]:
    records: list[_Record] = []
    offset, ended = 0, False
    with open_sequence(fasta) as (text, share):
        for number, (line, n_bases, n_bytes) in enumerate(_lines(text), 1):
            offset += n_bytes
            where = f"{fasta.name}, line {number:,}"
            if number == 1:
                line = line.removeprefix(BOM_UTF8)
            if line.startswith(b">"):
                records.append(_Record(_name(line), offset=offset))
                ended = False
            elif not records:
                raise GenomeError(f"{fasta.name} is not FASTA: it does not begin with a > line.")
            else:
                if not records[-1].line_width:
                    _check_bases(line, where)
                ended = _add_line(records[-1], (n_bases, n_bytes), ended, where)
            if not number % _LINES_A_REPORT:
                progress(share())
    return records


def _lines(text: io.BufferedReader) -> Iterator[tuple[bytes, int, int]]:
    """Beginning of each line, its length without blanks at the end, and all of it in bytes."""
    while line := text.readline(_PIECE):
        n_bases, n_bytes, piece = len(line.rstrip()), len(line), line
        while not piece.endswith(b"\n") and (piece := text.readline(_PIECE)):
            n_bases, n_bytes = n_bytes + len(piece.rstrip()), n_bytes + len(piece)
        yield line, n_bases, n_bytes


def _check_bases(line: bytes, where: str) -> None:
    if len(line.translate(None, _RESIDUES)) < len(line):
        raise GenomeError(
            f"{where}: there are letters of proteins (E, F, I, L, P, Q or Z). A genome of A, C, G, "
            "T, N and codes of several bases was expected."
        )


def _add_line(record: _Record, lengths: tuple[int, int], ended: bool, where: str) -> bool:
    """Count one line, of so many bases and bytes; True once one was shorter than the first."""
    n_bases, n_bytes = lengths
    if not record.line_width:
        record.line_bases, record.line_width = lengths
    if n_bases and (ended or n_bytes > record.line_width or n_bases > record.line_bases):
        raise GenomeError(
            f"{where}: lines of {record.name} differ in length, so that no position can be found "
            "in it. Rewrite it with lines of one length (`seqkit seq -w 60`)."
        )
    record.length += n_bases
    return ended or n_bytes < record.line_width


def _write(path: Path, content: bytes) -> bool:
    """Whole or not at all; False where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError:
        return False
    return True
