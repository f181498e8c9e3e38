"""File -> its format: by its content first, and its name's ending second."""

import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from genoview.data.assembly_names import header_assembly
from genoview.data.input.decoding import text_of
from genoview.errors import GenomeError
from genoview.io.bgzf import TooLarge, open_text
from genoview.io.formats.catalogue import BUILT_IN, GFF3, GTF, Format, Head, accepted, formats
from genoview.io.formats.gff_lines import is_gtf
from genoview.io.formats.text_lines import LocalFileError, columns_of

_LINES_LOOKED_AT = 500  # headers of VCF files have hundreds
_HEAD = 1 << 20  # bytes of text looked at
_OTHERS = {  # first bytes, unpacked -> what it is, and what to do
    b"BAM\x01": "a BAM file; make a bigWig of its coverage",
    b"CRAM": "a CRAM file; make a bigWig of its coverage",
    b"BCF": "a BCF file; make a VCF of it with bcftools view",
    b"PK\x03\x04": "a zip archive; unpack it first",
    b">": "a FASTA file; add a genome on the page Models and data",
    b"@": "a FASTQ or SAM file; make a bigWig of its coverage",
    b"%PDF": "a PDF",
    b"\xff\xfe": "text in UTF-16; save it as UTF-8",
}


def format_of(path: Path) -> Format:
    """What the file is.

    Raises:
        LocalFileError: it is absent, empty, damaged or of another kind.
    """
    head = _head(path)
    named = next(
        (candidate for candidate in formats() if _ending(path.name) in candidate.suffixes), None
    )
    binary = (candidate for candidate in formats() if not candidate.is_text)
    detected = next((candidate for candidate in binary if candidate.sniff(head)), None)
    if detected is None and named in formats()[len(BUILT_IN) :]:
        detected = named
    if detected is not None:
        return detected
    _refuse_others(head)
    return _text(head, named)


def format_of_text(name: str, start: bytes) -> Format:
    """What a text file is, by its unpacked beginning.

    Raises:
        LocalFileError: it is empty, or of another kind.
    """
    if not start.strip():
        raise LocalFileError(f"{name} is empty; {accepted()} can be drawn.")
    head = _head_of(name, start)
    _refuse_others(head)
    named = next((each for each in formats() if _ending(name) in each.suffixes), None)
    return _text(head, named if named is None or named.is_text else None)


def assembly_of(path: Path) -> str:
    """The assembly that a text file's header names, "" for none; raises as `format_of`."""
    return header_assembly(_head(path).header)


def _head(path: Path) -> Head:
    name = path.name
    try:
        if not path.is_file():
            raise LocalFileError(f"There is no file {path}; give the whole path of a file here.")
        with open_text(path) as (file, _):
            start = file.read(_HEAD)
    except TooLarge as error:
        raise LocalFileError(str(error)) from error
    except (OSError, EOFError, zlib.error, GenomeError) as error:
        raise LocalFileError(f"{name} cannot be read: {error}.") from error
    if not start.strip():
        raise LocalFileError(f"{name} is empty; {accepted()} can be drawn.")
    return _head_of(name, start)


def _head_of(name: str, start: bytes) -> Head:
    lines = [text_of(line).strip() for line in start.split(b"\n")]
    n_header = next((i for i, line in enumerate(lines) if _is_data(line)), len(lines))
    data = islice((line for line in lines[n_header:] if _is_data(line)), _LINES_LOOKED_AT)
    return Head(name, start, tuple(lines[: min(n_header, _LINES_LOOKED_AT)]), tuple(data))


def _refuse_others(head: Head) -> None:
    for start, words in _OTHERS.items():
        if head.start.startswith(start):
            raise LocalFileError(f"{head.name} is {words}. {accepted()} can be drawn.")
    if b"\x00" in head.start[:4096]:
        raise LocalFileError(
            f"{head.name} is not text, nor bigWig or bigBed. {accepted()} can be drawn."
        )
    if head.data and head.data[0].startswith(("fixedStep", "variableStep")):
        raise LocalFileError(f"{head.name} is wiggle text; make a bigWig of it with wigToBigWig.")


def _text(head: Head, named: Format | None) -> Format:
    by_content = next(
        (candidate for candidate in formats() if candidate.is_text and candidate.sniff(head)), None
    )
    detected = by_content or named or _by_columns(head.data)
    if detected is None:
        raise LocalFileError(
            f"{head.name} is of no kind known here, by its first line of data. {accepted()} can be "
            "drawn."
            if head.data
            else f"{head.name} has no line of data; {accepted()} can be drawn."
        )
    return _gtf_or_gff3(head.data, detected) if detected in (GTF, GFF3) else detected


def _ending(name: str) -> str:
    stem = name.lower().removesuffix(".gz").removesuffix(".bgz")
    return stem.rpartition(".")[2]


def _is_data(line: str) -> bool:
    return bool(line) and not line.startswith(("#", "track ", "track\t", "browser ", "browser\t"))


def _by_columns(lines: Sequence[str]) -> Format | None:
    """By the first line that fits: some may be bad."""
    for line in lines:
        cells = columns_of(line)
        detected = next((candidate for candidate in formats() if candidate.fits(cells)), None)
        if detected:
            return detected
    return None


def _gtf_or_gff3(lines: Sequence[str], detected: Format) -> Format:
    """Both are called .gff: the ninth column distinguishes them."""
    for line in lines:
        for cell in line.split("\t")[8:9]:
            if is_gtf(cell):
                return GTF
            if "=" in cell:
                return GFF3
    return detected
