"""File -> what kind of file it is, by its content first and its name's ending second."""

import struct
import zlib
from enum import Enum
from itertools import islice
from pathlib import Path

from genoview.errors import GenomeError, GenoviewError
from genoview.io.bgzf import opened

BIGWIG_MAGIC = 0x888FFC26  # Kent et al. 2010, doi:10.1093/bioinformatics/btq351
BIGBED_MAGIC = 0x8789F2EB
ACCEPTED = "BED, bedGraph, GTF, GFF3 and VCF, plain or gzipped, bigWig and bigBed"
_LINES_LOOKED_AT = 500  # headers of VCF files have hundreds
_HEAD = 1 << 20  # bytes of text looked at


class LocalFileError(GenoviewError):
    """A file of the reader cannot be read, or is none that can be drawn."""


class Kind(Enum):
    """What a local file holds."""

    BED = "BED"
    BEDGRAPH = "bedGraph"
    GTF = "GTF"
    GFF3 = "GFF3"
    VCF = "VCF"
    BIGWIG = "bigWig"
    BIGBED = "bigBed"

    @property
    def is_signal(self) -> bool:
        """Has values along the genome, not features."""
        return self in (Kind.BEDGRAPH, Kind.BIGWIG)

    @property
    def is_text(self) -> bool:
        return self not in (Kind.BIGWIG, Kind.BIGBED)


ENDINGS = {
    "bed": Kind.BED,
    "narrowpeak": Kind.BED,
    "broadpeak": Kind.BED,
    "gappedpeak": Kind.BED,
    "bedgraph": Kind.BEDGRAPH,
    "bdg": Kind.BEDGRAPH,
    "bg": Kind.BEDGRAPH,
    "gtf": Kind.GTF,
    "gff": Kind.GFF3,
    "gff3": Kind.GFF3,
    "vcf": Kind.VCF,
}
UPLOADED = (*ENDINGS, "bw", "bigwig", "bb", "bigbed", "gz", "bgz")
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


def kind_of(path: Path) -> Kind:
    """What the file is.

    Raises:
        LocalFileError: it is absent, empty, damaged or of another kind.
    """
    name = path.name
    try:
        if not path.is_file():
            raise LocalFileError(f"There is no file {path}; give the whole path of a file here.")
        with opened(path) as (file, _):
            head = file.read(_HEAD)
    except (OSError, EOFError, zlib.error, GenomeError) as error:
        raise LocalFileError(f"{name} cannot be read: {error}.") from error
    if not head.strip():
        raise LocalFileError(f"{name} is empty; {ACCEPTED} can be drawn.")
    return _binary(head) or _text(head, name)


def _binary(head: bytes) -> Kind | None:
    if len(head) < 4:
        return None
    for order in "<>":
        (magic,) = struct.unpack_from(f"{order}I", head)
        if magic in (BIGWIG_MAGIC, BIGBED_MAGIC):
            return Kind.BIGWIG if magic == BIGWIG_MAGIC else Kind.BIGBED
    return None


def _text(head: bytes, name: str) -> Kind:
    for start, words in _OTHERS.items():
        if head.startswith(start):
            raise LocalFileError(f"{name} is {words}. {ACCEPTED} can be drawn.")
    if b"\x00" in head[:4096]:
        raise LocalFileError(f"{name} is not text, nor bigWig or bigBed. {ACCEPTED} can be drawn.")
    lines = [line.decode("utf-8", "replace").strip() for line in head.split(b"\n")]
    said = _said(lines)
    if said == "wiggle":
        raise LocalFileError(f"{name} is wiggle text; make a bigWig of it with wigToBigWig.")
    by_name = _by_ending(name)
    data = list(islice((x for x in lines if _is_data(x)), _LINES_LOOKED_AT))
    found = said if isinstance(said, Kind) else by_name or _by_columns(data)
    if found is None:
        raise LocalFileError(
            f"{name} has the line {data[0][:60]!r}, which is of no kind known here. {ACCEPTED} "
            "can be drawn."
            if data
            else f"{name} has no line of data; {ACCEPTED} can be drawn."
        )
    return _gtf_or_gff3(found, data)


def _said(lines: list[str]) -> Kind | str | None:
    """What the header says; "wiggle" for text that holds values without their places."""
    for line in lines[:_LINES_LOOKED_AT]:
        if line.startswith("##fileformat=VCF"):
            return Kind.VCF
        if line.startswith("##gff-version"):
            return Kind.GFF3
        if line.startswith(("fixedStep", "variableStep")):
            return "wiggle"
        if line.startswith("track") and "type=bedGraph" in line.replace('"', ""):
            return Kind.BEDGRAPH
        if _is_data(line):
            return None
    return None


def _by_ending(name: str) -> Kind | None:
    stem = name.lower().removesuffix(".gz").removesuffix(".bgz")
    return ENDINGS.get(stem.rpartition(".")[2])


def _is_data(line: str) -> bool:
    return bool(line) and not line.startswith(("#", "track ", "browser "))


def _by_columns(lines: list[str]) -> Kind | None:
    """By the first line that fits: some may be bad."""
    for line in lines:
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) == 9 and columns[3].isdigit() and columns[4].isdigit():
            return Kind.GTF
        if len(columns) >= 3 and columns[1].isdigit() and columns[2].isdigit():
            return Kind.BEDGRAPH if len(columns) == 4 and _is_number(columns[3]) else Kind.BED
    return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _gtf_or_gff3(kind: Kind, lines: list[str]) -> Kind:
    """Both are called .gff: the ninth column tells them apart."""
    if kind not in (Kind.GTF, Kind.GFF3):
        return kind
    for line in lines:
        attributes = line.split("\t")[8:9]
        if attributes and " " in attributes[0] and '"' in attributes[0].split(";")[0]:
            return Kind.GTF
        if attributes and "=" in attributes[0]:
            return Kind.GFF3
    return kind
