"""Text file -> table of its features or values, with what was left out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from genoview.data.features import Feature
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.bedgraph import SignalBuilder, SignalTable, parse_bedgraph
from genoview.io.formats.detect import Kind, LocalFileError
from genoview.io.formats.feature_table import FeatureTable, TableBuilder
from genoview.io.formats.gff import Grouper
from genoview.io.formats.gff_lines import FASTA_STARTS
from genoview.io.formats.text_lines import (
    BadLine,
    Chromosomes,
    Namer,
    Skips,
    chrom_names,
    data_lines,
)
from genoview.io.formats.vcf import parse_vcf

Take = Callable[[int, str], bool]
"""Takes number and text of a line; False where the genome has not its chromosome."""


@dataclass
class Found:
    """What a text file gave.

    Attributes:
        features, signals: what the lines hold; one of the two.
        n_read: lines that were taken.
        n_elsewhere: good lines on chromosomes that the genome has not.
    """

    n_read: int
    n_elsewhere: int
    skips: Skips
    features: FeatureTable | None = None
    signals: SignalTable | None = None


def read_text(path: Path, name: str, kind: Kind, here: Chromosomes) -> Found:
    """All of a BED, bedGraph, GTF, GFF3 or VCF file, plain or gzipped.

    Raises:
        LocalFileError: no line can be read, or it is too long.
    """
    readers: dict[Kind, Callable[[Path, str, Chromosomes, Skips], Found]] = {
        Kind.BEDGRAPH: _read_bedgraph,
        Kind.GTF: partial(_read_gff, kind=kind),
        Kind.GFF3: partial(_read_gff, kind=kind),
        Kind.VCF: partial(_read_features, parse=parse_vcf),
        Kind.BED: partial(_read_features, parse=parse_bed),
    }
    skips = Skips()
    found = readers[kind](path, name, here, skips)
    if not found.n_read and not found.n_elsewhere:
        _refuse(name, kind, skips)
    return found


def _refuse(name: str, kind: Kind, skips: Skips) -> None:
    if not skips.counts:
        raise LocalFileError(f"{name} has no line of data; lines of {kind.value} were expected.")
    reasons = ", ".join(
        f"{n:,} because {reason} (as line {skips.examples[reason]:,})"
        for reason, n in skips.counts.items()
    )
    raise LocalFileError(
        f"{name} has no line that can be read as {kind.value}: {reasons}. Is it of another kind?"
    )


def _each(
    path: Path, name: str, skips: Skips, take: Take, end: tuple[bytes, ...] = ()
) -> tuple[int, int]:
    """Lines taken, and good ones on other chromosomes."""
    n_read = n_elsewhere = 0
    for number, line in data_lines(path, name, skips, end):
        try:
            if take(number, line):
                n_read += 1
            else:
                n_elsewhere += 1
        except BadLine as error:
            skips.note(str(error), number)
    return n_read, n_elsewhere


def _read_features(
    path: Path,
    name: str,
    here: Chromosomes,
    skips: Skips,
    parse: Callable[[str, Namer], Feature],
) -> Found:
    namer, builder = chrom_names(here.assembly), TableBuilder()

    def take(number: int, line: str) -> bool:
        interval = parse(line, namer).interval
        if not here.check(interval.chrom, interval.end):
            return False
        builder.add(interval, line)
        return True

    counts = _each(path, name, skips, take)
    return Found(*counts, skips, features=builder.table(lambda line: parse(line, namer)))


def _read_gff(path: Path, name: str, here: Chromosomes, skips: Skips, kind: Kind) -> Found:
    namer, builder = chrom_names(here.assembly), TableBuilder()
    grouper = Grouper(kind, namer)
    counts = _each(path, name, skips, lambda _, line: grouper.add(line, here.check), FASTA_STARTS)
    for group in grouper.groups():
        line = group.bed_line
        builder.add(parse_bed(line, namer).interval, line)
    return Found(*counts, skips, features=builder.table(lambda line: parse_bed(line, namer)))


def _read_bedgraph(path: Path, name: str, here: Chromosomes, skips: Skips) -> Found:
    namer, builder = chrom_names(here.assembly), SignalBuilder()

    def take(number: int, line: str) -> bool:
        chrom, start, end, value = parse_bedgraph(line, namer)
        if not here.check(chrom, end):
            return False
        builder.add(chrom, start, end, value, number)
        return True

    n_read, n_elsewhere = _each(path, name, skips, take)
    before = sum(skips.counts.values())
    table = builder.table(skips)
    n_apart = n_read - (sum(skips.counts.values()) - before)
    return Found(n_apart, n_elsewhere, skips, signals=table)
