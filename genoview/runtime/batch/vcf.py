"""Lines of a file + Rows -> VCF with INFO fields as the original programs write them.

Lines pass as they are, INFO apart: what a person's file holds stays to the last letter. Two runs
over one file write the same bytes; so there is no date.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import astuple
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from genoview import __version__
from genoview.data.model_card import ModelCard
from genoview.errors import ExportError
from genoview.io.assembly import Assembly
from genoview.io.bgzf import written
from genoview.models.registry import card_of, entry_of
from genoview.runtime.batch import units
from genoview.runtime.batch.reading import SHOWN, Entry, Source, clean, is_data
from genoview.runtime.batch.results import Row
from genoview.runtime.batch.valid_vcf import COLUMNS, Layout, is_header
from genoview.runtime.batch.vcf_values import escaped, format_of, values_of

PASSED_OVER = "GenoviewPassedOver"
OWN = (units.CONSEQUENCE, PASSED_OVER)
REASON_FORMAT = "ALLELE|MODEL|REASON"
VERSION = "##fileformat=VCFv4.3"
_VERSION = re.compile(r"##fileformat=VCFv4\.[0-9]")


class VcfWriter:
    """One run's way of writing."""

    def __init__(
        self,
        assembly: Assembly,
        versions: Sequence[tuple[str, str]],
        distance: int,
        masked: bool = False,
    ) -> None:
        """Args: versions: name and version of each model, in the order of the run."""
        self._assembly, self._versions = assembly, tuple(versions)
        self._distance, self._masked = distance, masked

    def write(
        self, source: Source, rows: Iterable[Row], path: Path, unreadable: Sequence[Entry] = ()
    ) -> None:
        """A whole file or none; bgzipped where the name ends in .gz or .bgz.

        Args:
            unreadable: entries of unreadable lines, which move into the header.

        Raises:
            ExportError: it cannot be written. BatchFileError: the source is damaged.
        """
        temporary = path.with_name(f"{path.name}.part")
        try:
            if path.suffix in (".gz", ".bgz"):
                with written(temporary) as file:
                    for line in self.lines(source, rows, unreadable):
                        file.write(f"{line}\n".encode("utf-8", "surrogateescape"))
            else:
                with temporary.open("wb") as plain:
                    for line in self.lines(source, rows, unreadable):
                        plain.write(f"{line}\n".encode("utf-8", "surrogateescape"))
            temporary.replace(path)
        except OSError as error:
            raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
        finally:
            temporary.unlink(missing_ok=True)

    def lines(
        self, source: Source, rows: Iterable[Row], unreadable: Sequence[Entry] = ()
    ) -> Iterator[str]:
        """The file's lines, annotated; of a list a VCF made of its variants.

        An unreadable line would end the reading of every program behind this one: it becomes
        a line of the header, with the reason.
        """
        if source.is_vcf:
            yield from self._from_vcf(source, rows, unreadable)
        else:
            yield from self._from_list(rows, [_comment(entry) for entry in unreadable])

    def _from_vcf(
        self, source: Source, rows: Iterable[Row], unreadable: Sequence[Entry]
    ) -> Iterator[str]:
        by_line = groupby(rows, key=attrgetter("entry.number"))
        layout, header = self._layout(source, {entry.number for entry in unreadable})
        yield from header
        faults = [_comment(entry) for entry in unreadable]
        yield from (*self._definitions(), *layout.definitions(self._own), *faults, layout.head)
        for number, text in source.lines():
            if is_data(text):
                next_number, next_rows = next(by_line)
                assert next_number == number  # entries come in the order of lines
                several = list(next_rows)
                if several[0].entry.line.chrom:
                    yield self._annotated(layout.cells(text), several)

    def _layout(self, source: Source, skipped: Set[int]) -> tuple[Layout, list[str]]:
        """What the lines use, and the lines of the header, with its version first."""
        layout, header, version = Layout(), list[str](), ""
        for number, text in source.lines():
            if is_data(text):
                if number not in skipped:
                    layout.add(text)
            elif text.upper().startswith("#CHROM"):
                layout.add_header(text)
            elif _VERSION.fullmatch(text):
                version = version or text
            elif is_header(text) and not text.startswith("##fileformat"):
                if not self._is_ours(text):
                    layout.add_header(text)
                    header.append(text)
            elif text.strip():
                reason = "it is not a line of a VCF header"
                header.append(_comment_of(number, _printable(text), reason))
        return layout, [version or VERSION, *header]

    def _from_list(self, rows: Iterable[Row], faults: Sequence[str]) -> Iterator[str]:
        known = list(rows)
        reference = self._assembly.reference
        yield VERSION
        for chrom in dict.fromkeys(row.entry.line.chrom for row in known):
            if chrom in reference.chromosomes:
                yield f"##contig=<ID={chrom},length={reference.chromosomes[chrom]}>"
            elif chrom:
                yield f"##contig=<ID={chrom}>"
        yield from (*self._definitions(), *faults, "\t".join(COLUMNS))
        for row in known:
            line = row.entry.line
            if line.chrom:
                name = row.entry.name or "."
                bare = (line.chrom, str(line.pos), name, line.ref or "N", line.alt or ".")
                yield self._annotated([*bare, ".", ".", "."], [row])

    def _definitions(self) -> Iterator[str]:
        yield f"##genoview_version={__version__}"
        yield f"##genoview_genome={self._assembly.name}"
        for name, version in self._versions:
            card = card_of(name)
            yield (
                f'##genoview_model=<ID={entry_of(name).vcf_tag},Name="{card.title}",Version="{version}",'
                f'Licence="{_quoted(card.licence)}",Citation="{_quoted(card.citation)}">'
            )
        for name, _ in self._versions:
            words = self._describe(card_of(name))
            yield f'##INFO=<ID={entry_of(name).vcf_tag},Number=.,Type=String,Description="{words}">'
        words = units.CONSEQUENCE_WORDS
        yield f'##INFO=<ID={units.CONSEQUENCE},Number=.,Type=String,Description="{words}">'
        words = f"Why a variant has no score. Format: {REASON_FORMAT}, percent-encoded"
        yield f'##INFO=<ID={PASSED_OVER},Number=.,Type=String,Description="{words}">'

    def _describe(self, card: ModelCard) -> str:
        words = units.vcf_words(card, self._distance, self._masked)
        return f"{words}. Format: {format_of(card.name)}"

    @property
    def _own(self) -> set[str]:
        """Names of INFO that this run writes itself."""
        return {*(entry_of(name).vcf_tag for name, _ in self._versions), *OWN}

    def _annotated(self, cells: list[str], rows: Sequence[Row]) -> str:
        """The line with its INFO."""
        fields = [field for field in cells[7].split(";") if field not in ("", ".")]
        fields = [field for field in fields if field.partition("=")[0] not in self._own]
        cells[7] = ";".join([*fields, *self._fields(rows)]) or "."
        return "\t".join(cells)

    def _fields(self, rows: Sequence[Row]) -> Iterator[str]:
        for name, _ in self._versions:
            values = [text for row in rows for text in values_of(row, name, self._masked)]
            if values:
                yield f"{entry_of(name).vcf_tag}={','.join(values)}"
        severest = [(row.entry.line.alt, *astuple(row.severest)) for row in rows if row.severest]
        if severest:
            values = ["|".join(map(escaped, fields)) for fields in severest]
            yield f"{units.CONSEQUENCE}={','.join(values)}"
        reasons = [text for row in rows for text in _reasons(row)]
        if reasons:
            yield f"{PASSED_OVER}={','.join(reasons)}"

    def _is_ours(self, text: str) -> bool:
        """A line of the header that this run writes itself."""
        own = "|".join(sorted(self._own))
        return bool(
            re.match(rf"##INFO=<ID=({own}),|##genoview_(version|genome|model|passed_over)=", text)
        )


def _reasons(row: Row) -> Iterator[str]:
    alt = escaped(row.entry.line.alt) or "."
    if row.fault and not row.results:
        yield f"{alt}|all|{escaped(row.fault.reason)}"
    for result in row.results:
        if result.reason:
            yield f"{alt}|{entry_of(result.model).vcf_tag}|{escaped(result.reason)}"


def _comment(entry: Entry) -> str:
    return _comment_of(entry.number, entry.text, entry.fault.reason if entry.fault else "")


def _comment_of(number: int, text: str, reason: str) -> str:
    return f"##genoview_passed_over=line {number}: {_printable(text)}: {_printable(reason)}"


def _printable(text: str) -> str:
    """Of one line: what is no letter becomes a question mark."""
    return "".join(c if c.isprintable() else "?" for c in clean(text)[: SHOWN * 4])


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
