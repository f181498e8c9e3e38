"""Text file -> table of its features or values, with what was left out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from genoview.data.input.decoding import text_of, whole_number
from genoview.io.bgzf import open_text
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.bedgraph import SignalBuilder, parse_bedgraph
from genoview.io.formats.contents import Contents, Open
from genoview.io.formats.feature_table import FeatureTable, TableBuilder
from genoview.io.formats.gff import Grouper
from genoview.io.formats.gff_lines import FASTA_STARTS
from genoview.io.formats.tabix import Parse, indexed_features, indexed_signal, is_indexed
from genoview.io.formats.text_lines import (
    BadLine,
    Chromosomes,
    LocalFileError,
    Namer,
    Skips,
    chrom_names,
    data_lines,
)
from genoview.io.formats.vcf import parse_vcf
from genoview.io.formats.vcf_line import contig_lengths

WHOLE = 0.9  # of a chromosome's length, from which on a region is that of a whole one
Take = Callable[[int, str], bool]
"""Takes number and text of a line; False where the genome has not its chromosome."""


def features_of(name: str, parse: Parse, other: Callable[[str], str | None] | None = None) -> Open:
    """A reader of files with a feature a line.

    Args:
        name: of the format, for messages.
        other: of a line that belongs to a second place too: the line as it stands there.
    """

    def read(path: Path, title: str, genome: Chromosomes) -> Contents:
        if is_indexed(path):
            return indexed_features(path, title, genome, parse)
        namer, builder, lines = chrom_names(genome.assembly), TableBuilder(), Lines(path, title)

        def take(number: int, line: str) -> bool:
            turned = other(line) if other else None
            is_there = turned is not None and add(turned)
            return add(line) or is_there

        def add(line: str) -> bool:
            interval = parse(line, namer).interval
            if not genome.check(interval.chrom, interval.end):
                return False
            builder.add(interval, line)
            return True

        lines.read(name, take)
        return lines.contents(builder.table(lambda line: parse(line, namer)))

    return read


def read_vcf(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Variants, with the lengths of chromosomes that the header says."""
    contents = features_of("VCF", parse_vcf)(path, title, genome)
    namer = chrom_names(genome.assembly)
    with open_text(path) as (file, _):
        head = takewhile(lambda raw: raw.startswith(b"#"), file)
        lengths = contig_lengths(raw.decode("utf-8", "replace") for raw in head)
    own = {namer(given): length for given, length in lengths.items()}
    return replace(contents, chromosomes={name: own.get(name) for name in contents.chromosomes})


def gff_reader(name: str) -> Open:
    """A reader of GTF or GFF3, whose lines are tied together."""

    def read(path: Path, title: str, genome: Chromosomes) -> Contents:
        namer, builder, lines = chrom_names(genome.assembly), TableBuilder(), Lines(path, title)
        grouper = Grouper(name == "GTF", namer)
        lines.read(name, lambda _, line: grouper.add(line, genome.check), FASTA_STARTS)
        lengths = _region_lengths(path, genome, namer)
        for group in grouper.groups():
            line = group.bed_line
            builder.add(parse_bed(line, namer).interval, line)
        contents = lines.contents(builder.table(lambda line: parse_bed(line, namer)))
        own = {chrom: lengths.get(chrom) for chrom in contents.chromosomes}
        return replace(contents, chromosomes=own)

    return read


def _region_lengths(path: Path, genome: Chromosomes, namer: Namer) -> dict[str, int]:
    """Lengths of whole chromosomes by `##sequence-region` of a GFF3's header."""
    lengths: dict[str, int] = {}
    with open_text(path) as (file, _):
        for raw in takewhile(lambda raw: raw.startswith(b"#"), file):
            words = text_of(raw).split()
            if words[0] == "##sequence-region" and len(words) == 4 and words[2] == "1":
                chrom, length = namer(words[1]), whole_number(words[3]) or 0
                if length > WHOLE * genome.lengths.get(chrom, length):
                    lengths[chrom] = length
    return lengths


def read_bedgraph(path: Path, title: str, genome: Chromosomes) -> Contents:
    """Values, each base at most once."""
    if is_indexed(path):
        return indexed_signal(path, title, genome)
    namer, builder, lines = chrom_names(genome.assembly), SignalBuilder(), Lines(path, title)

    def take(number: int, line: str) -> bool:
        chrom, start, end, value = parse_bedgraph(line, namer)
        if not genome.check(chrom, end):
            return False
        builder.add(chrom, start, end, value, number)
        return True

    lines.read("bedGraph", take)
    before = sum(lines.skips.counts.values())
    table = builder.table(lines.skips)
    lines.n_read -= sum(lines.skips.counts.values()) - before
    own = dict.fromkeys(table.chromosomes)
    return Contents(own, lines.n_read, lines.n_elsewhere, lines.skips, signals=table)


class Lines:
    """A text file's lines of data, and what became of them."""

    def __init__(self, path: Path, title: str) -> None:
        self._path, self._title = path, title
        self.n_read = self.n_elsewhere = 0
        self.skips = Skips()

    def read(self, format_name: str, take: Take, end: tuple[bytes, ...] = ()) -> None:
        """Give each line to `take`.

        Args:
            end: what the line begins with that ends the data.

        Raises:
            LocalFileError: no line can be read, or the file is too long.
        """
        for number, line in data_lines(self._path, self._title, self.skips, end):
            try:
                if take(number, line):
                    self.n_read += 1
                else:
                    self.n_elsewhere += 1
            except BadLine as error:
                self.skips.note(str(error), number)
        if not self.n_read and not self.n_elsewhere:
            self._refuse(format_name)

    def contents(self, table: FeatureTable) -> Contents:
        own = dict.fromkeys(table.chromosomes)
        return Contents(own, self.n_read, self.n_elsewhere, self.skips, features=table)

    def _refuse(self, name: str) -> None:
        if not self.skips.counts:
            raise LocalFileError(
                f"{self._title} has no line of data; lines of {name} were expected."
            )
        reasons = ", ".join(
            f"{n:,} because {reason} (as line {self.skips.examples[reason]:,})"
            for reason, n in self.skips.counts.items()
        )
        raise LocalFileError(
            f"{self._title} has no line that can be read as {name}: {reasons}. Is it in another "
            "format?"
        )
