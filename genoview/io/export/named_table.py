"""A table of named columns, such as the scores of a file of variants -> TSV and Parquet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet

from genoview.io.export.cells import safe_cell
from genoview.io.export.provenance import Provenance

Cell = str | int | float | None
KINDS = {str: pa.string(), int: pa.int64(), float: pa.float64()}


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """One column.

    Attributes:
        kind: str, int or float; None is an empty cell of any.
        description: what the values are, with their unit.
    """

    name: str
    kind: type[str] | type[int] | type[float]
    description: str
    values: Sequence[Cell]


def named_tsv(columns: Sequence[NamedColumn], provenance: Provenance) -> bytes:
    """Comments, a header, then a line for each row; empty cells stay empty."""
    lines = [
        provenance.comments(*(f"Column {column.name}: {column.description}" for column in columns)),
        "\t".join(_text(column.name) for column in columns) + "\n",
    ]
    rows = zip(*(column.values for column in columns), strict=True)
    lines += ["\t".join(map(_text, row)) + "\n" for row in rows]
    return "".join(lines).encode()


def named_parquet(columns: Sequence[NamedColumn], provenance: Provenance) -> bytes:
    """The same table; provenance is in the schema's metadata, a description in its field's."""
    fields = [
        pa.field(column.name, KINDS[column.kind], metadata={"description": column.description})
        for column in columns
    ]
    metadata = {"genoview": provenance.to_json(), "provenance": "\n".join(provenance.lines())}
    schema = pa.schema(fields, metadata=metadata)
    arrays = [pa.array(column.values, KINDS[column.kind]) for column in columns]
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(
        pa.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd"
    )
    return buffer.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return str(safe_cell(" ".join(str(cell).split())))  # no tab or line break
