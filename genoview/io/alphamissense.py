"""A person's own file of AlphaMissense's table -> the scores of one missense change.

By place: `AlphaMissense_hg38.tsv.gz` with its tabix index, or lines of it. By residue: a protein's
`AF-P41235-F1-aa-substitutions.csv` as AlphaFold DB has it, lines of
`AlphaMissense_aa_substitutions.tsv.gz`, or a folder of such files. Cheng et al. 2023,
doi:10.1126/science.adg7492. Whether a file by residue is of the protein is judged by its residues.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from genoview.data.assembly_names import canonical_assembly
from genoview.data.genome import Interval, Variant, canonical_chrom
from genoview.data.input.decoding import decoding
from genoview.data.transcript.edits import Edit, edit_of
from genoview.io.bgzf import open_text
from genoview.io.big.indexed_lines import IndexedLines
from genoview.io.formats.tabix import INDEXED_FROM, index_of
from genoview.io.formats.text_lines import (
    LocalFileError,
    Skips,
    data_lines,
    number_or_none,
)

TITLE = "AlphaMissense"
CITATION = (
    "Cheng J, Novati G, Pan J, et al. Accurate proteome-wide missense variant effect prediction "
    "with AlphaMissense. Science 381: eadg7492, 2023. doi:10.1126/science.adg7492"
)
LICENCE = (
    "CC BY 4.0 by its authors' repository, CC BY-NC-SA 4.0 by the header of the published tables: "
    "this file does not say"
)
CLASSES = {
    "likely_benign": "likely benign",
    "likely_pathogenic": "likely pathogenic",
    "LBen": "likely benign",
    "LPath": "likely pathogenic",
    "Amb": "ambiguous",
}
MOST_FILES = 500  # of a folder
_HEAD = 20  # lines in which the names of the columns are looked for
_LICENSED = re.compile(r"licen[cs]ed under (?:the )?(.+?)(?: licen[cs]e)?\.?$", re.IGNORECASE)
_CHANGE = re.compile(r"([A-Z])([0-9]+)([A-Z])")


@dataclass(frozen=True, slots=True)
class PublishedScore:
    """One row of the table.

    Attributes:
        change: `T117I`, as the file counts residues.
        value: 0 to 1, calibrated on ClinVar by its authors.
        label: class in words, as the file has it.
        of: whose residue it is, as the file says; may be empty.
    """

    change: str
    value: float
    label: str
    of: str
    file: str
    licence: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked up.

    Attributes:
        genome: family of the variant's genome, such as GRCh37.
        transcript_id: whose protein it is.
        changes: `T117I` each.
    """

    variant: Variant
    genome: str
    transcript_id: str
    protein: str
    changes: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """How a file is laid out: its columns, what is between them, and its licence."""

    columns: dict[str, int]
    separator: str
    licence: str

    def cell(self, cells: Sequence[str], name: str) -> str:
        at = self.columns.get(name)
        return cells[at].strip() if at is not None and at < len(cells) else ""


def published_scores(path: Path, sought: Sought) -> tuple[PublishedScore, ...]:
    """Rows of the change; of several residues those that the table has.

    Raises:
        LocalFileError: the file cannot be read, is of another genome or protein, or has no such
            change: why, in a sentence.
    """
    with decoding(path.name, LocalFileError):
        return _in_folder(path, sought) if path.is_dir() else _in_file(path, sought)


def _in_file(path: Path, sought: Sought) -> tuple[PublishedScore, ...]:
    table = _table(path)
    if "POS" in table.columns:
        published = tuple(_by_place(path, table, sought))
    else:
        published = _by_residue(path, table, sought)
    if not published:
        raise LocalFileError(f"{path.name} has no row for {' or '.join(sought.changes)}.")
    return published


def _table(path: Path) -> _Table:
    licence = LICENCE
    try:
        with open_text(path) as (file, _):
            for raw, _ in zip(file, range(_HEAD), strict=False):
                line = raw.decode("utf-8", "replace").strip()
                if "am_pathogenicity" in line:
                    separator = "\t" if "\t" in line else ","
                    names = line.lstrip("#").strip().split(separator)
                    return _Table({n: i for i, n in enumerate(names)}, separator, licence)
                if said := _LICENSED.search(line):
                    licence = said[1]
    except (OSError, EOFError, zlib.error) as error:
        raise LocalFileError(f"{path} cannot be read: {error}.") from error
    raise LocalFileError(
        f"{path.name} has no column am_pathogenicity: a table of AlphaMissense was expected."
    )


def _by_place(path: Path, table: _Table, sought: Sought) -> Iterator[PublishedScore]:
    edit = edit_of(sought.variant)
    if sought.variant.parts or len(edit.ref) != 1 or len(edit.alt) != 1:
        raise LocalFileError(f"{path.name} has changes of a single base alone.")
    for line in _lines(path, edit, sought.genome):
        cells = line.split(table.separator)
        here = (
            canonical_chrom(table.cell(cells, "CHROM")),
            table.cell(cells, "POS"),
            table.cell(cells, "REF"),
            table.cell(cells, "ALT"),
        )
        if here[1] == "POS":  # the names of the columns, without a #
            continue
        genome = canonical_assembly(table.cell(cells, "genome"))
        if genome and genome != canonical_assembly(sought.genome):
            raise LocalFileError(
                f"{path.name} is of {genome}; the variant is of "
                f"{sought.genome or 'another genome'}. Its authors publish a file of each."
            )
        if here == (canonical_chrom(edit.chrom), str(edit.start + 1), edit.ref, edit.alt):
            of = table.cell(cells, "transcript_id"), table.cell(cells, "uniprot_id")
            yield _score(path, table, cells, ", ".join(filter(None, of)))


def _lines(path: Path, edit: Edit, genome: str) -> Iterator[str]:
    """At a base: by the index where there is one, else of the whole of a small file."""
    if index_of(path) is not None:
        yield from IndexedLines(path, path.name, genome).lines(
            Interval(edit.chrom, edit.start, edit.end)
        )
        return
    _check_size(path, f"index it with: tabix -s 1 -b 2 -e 2 {path.name}")
    for _, line in data_lines(path, path.name, Skips()):
        yield line


def _check_size(path: Path, advice: str) -> None:
    if path.stat().st_size > INDEXED_FROM:
        raise LocalFileError(f"{path.name} is too large to be read whole: {advice}")


def _by_residue(path: Path, table: _Table, sought: Sought) -> tuple[PublishedScore, ...]:
    advice = "keep the header and the lines of your proteins, by their UniProt accession."
    _check_size(path, advice)
    stat = path.stat()
    proteins = _proteins(path, stat.st_mtime_ns, stat.st_size)
    misfits = []
    for of, rows in proteins.items():
        misfit = _misfit(rows, sought.protein)
        if not misfit:
            known = (rows.get(change) for change in sought.changes)
            return tuple(_score(path, table, cells, of) for cells in known if cells is not None)
        misfits.append(f"{of or 'its protein'} has {misfit}")
    raise LocalFileError(
        f"{path.name} is of another protein or isoform than {sought.transcript_id}: "
        f"{misfits[0] if misfits else 'it has no rows'}."
    )


@lru_cache(maxsize=8)
def _proteins(path: Path, _changed: int, _size: int) -> dict[str, dict[str, tuple[str, ...]]]:
    """Cells by change, by protein; of a file as it was at some time."""
    table, proteins = _table(path), dict[str, dict[str, tuple[str, ...]]]()
    for _, line in data_lines(path, path.name, Skips()):
        cells = tuple(line.split(table.separator))
        of, change = table.cell(cells, "uniprot_id"), table.cell(cells, "protein_variant")
        proteins.setdefault(of, {})[change] = cells
    return {of: rows for of, rows in proteins.items() if any(map(_CHANGE.fullmatch, rows))}


def _misfit(rows: dict[str, tuple[str, ...]], protein: str) -> str:
    """The first residue that differs, in words; "" where all are those of the protein."""
    residues = {int(m[2]): m[1] for change in rows if (m := _CHANGE.fullmatch(change))}
    for number, residue in sorted(residues.items()):
        if number > len(protein):
            return f"{residue}{number}, behind the end of the protein ({len(protein):,} residues)"
        if protein[number - 1] not in (residue, "X"):
            return f"{residue} at residue {number}, where it has {protein[number - 1]}"
    return ""


def _in_folder(path: Path, sought: Sought) -> tuple[PublishedScore, ...]:
    """Of the first file that fits."""
    names = ("*.csv", "*.tsv", "*.csv.gz", "*.tsv.gz")
    files = sorted(file for name in names for file in path.glob(name))[:MOST_FILES]
    for file in files:
        try:
            return published_scores(file, sought)
        except LocalFileError:
            continue
    raise LocalFileError(
        f"None of the {len(files):,} tables in {path} has {' or '.join(sought.changes)} of the "
        f"protein of {sought.transcript_id}."
    )


def _score(path: Path, table: _Table, cells: Sequence[str], of: str) -> PublishedScore:
    change, value = table.cell(cells, "protein_variant"), table.cell(cells, "am_pathogenicity")
    number, label = number_or_none(value), table.cell(cells, "am_class")
    if number is None:
        raise LocalFileError(f"{path.name} has no number for {change} in am_pathogenicity.")
    return PublishedScore(change, number, CLASSES.get(label, label), of, path.name, table.licence)
