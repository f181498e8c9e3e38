"""Tracks -> CSV and Parquet: one row a bin, one column a track and allele."""

import io

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from genoview.io.export.cells import safe_cell
from genoview.io.export.provenance import Provenance
from genoview.io.export.track_columns import Source, bins, columns, conventions, layout


def csv_table(source: Source, provenance: Provenance, chrom_length: int | None = None) -> bytes:
    """Comments, a header, then chrom, start, end and the values."""
    comments = provenance.comments(
        *conventions(source), *(f"Column {column.description}" for column in columns(source))
    )
    buffer = io.BytesIO(comments.encode())
    buffer.seek(0, io.SEEK_END)
    table = _table(source, chrom_length)
    names = [str(safe_cell(name)) for name in table.column_names]
    chrom = layout(source).interval.chrom
    if safe_cell(chrom) != chrom:
        table = table.set_column(0, "chrom", pa.array([str(safe_cell(chrom))] * len(table)))
    pyarrow.csv.write_csv(table.rename_columns(names), buffer)
    return buffer.getvalue()


def parquet(source: Source, provenance: Provenance, chrom_length: int | None = None) -> bytes:
    """The same table; provenance is in the schema's metadata, a track's facts in its field's."""
    table = _table(source, chrom_length)
    metadata = {
        "genoview": provenance.to_json(),
        "provenance": "\n".join((*provenance.lines(), *conventions(source))),
    }
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(metadata), buffer, compression="zstd")
    return buffer.getvalue()


def _table(source: Source, chrom_length: int | None) -> pa.Table:
    covered, starts, ends = bins(source, chrom_length)
    chrom = pa.array([layout(source).interval.chrom]).take(pa.array([0] * len(starts)))
    fields = [
        pa.field("chrom", pa.string()),
        pa.field("start", pa.int64(), metadata={"unit": "bp, 0-based"}),
        pa.field("end", pa.int64(), metadata={"unit": "bp, 0-based, not included"}),
    ]
    arrays = [chrom, pa.array(starts), pa.array(ends)]
    for column in columns(source):
        facts = {
            "assay": column.track.assay.label,
            "strand": column.track.strand,
            "unit": column.track.unit,
            "allele": column.allele,
        }
        if column.track.biosample:
            facts["biosample"] = f"{column.track.biosample.curie} {column.track.biosample.name}"
        fields.append(pa.field(column.label, pa.float32(), metadata=facts))
        arrays.append(pa.array(column.values[covered]))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
