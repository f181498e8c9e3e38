"""Tracks -> bedGraph and bigWig, runs of equal values joined.

UCSC, https://genome.ucsc.edu/goldenPath/help/bedgraph.html and bigWig.html: lines that begin with
`#` are comments; bigWig has no room for any, so that its files come in a zip with a text.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyBigWig

from genoview.data.track_data import FloatArray, IntArray
from genoview.io.export.bundle import bundle, safe
from genoview.io.export.provenance import Provenance
from genoview.io.export.track_columns import Column, Source, bins, columns, conventions, layout

Runs = tuple[IntArray, IntArray, FloatArray]


def bedgraph(source: Source, provenance: Provenance, chrom_length: int | None = None) -> bytes:
    """One `track` section for each column; ends are cut at the chromosome's."""
    chrom = layout(source).interval.chrom
    text = [provenance.comments(*conventions(source))]
    for column, (starts, ends, values) in _runs(source, chrom_length):
        name, description = column.label.replace('"', "'"), column.description.replace('"', "'")
        text.append(f'track type=bedGraph name="{name}" description="{description}"\n')
        rows = zip(starts.tolist(), ends.tolist(), map(str, values), strict=True)
        text.append("".join(f"{chrom}\t{start}\t{end}\t{value}\n" for start, end, value in rows))
    return "".join(text).encode()


def bigwig(source: Source, provenance: Provenance, chrom_length: int | None = None) -> bytes:
    """A zip of one bigWig for each column and its provenance.

    Args:
        chrom_length: bp, for the files' header; the end of the interval where it is not known.
    """
    data = layout(source)
    length = data.interval.end if chrom_length is None else chrom_length
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "track.bw"
        for number, (column, runs) in enumerate(_runs(source, chrom_length), start=1):
            _write_bigwig(path, data.interval.chrom, length, runs)
            files[f"{number:03d}_{safe(column.label)}.bw"] = path.read_bytes()
    return bundle(files, provenance, conventions(source))


def _runs(source: Source, chrom_length: int | None) -> Iterator[tuple[Column, Runs]]:
    """Neighbouring bins of equal value as one; bins without a value are left out."""
    covered, starts, ends = bins(source, chrom_length)
    for column in columns(source):
        values = column.values[covered]
        firsts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
        lasts = np.r_[firsts[1:], len(values)] - 1
        known = np.isfinite(values[firsts])
        firsts, lasts = firsts[known], lasts[known]
        yield column, (starts[firsts], ends[lasts], values[firsts])


def _write_bigwig(path: Path, chrom: str, length: int, runs: Runs) -> None:
    starts, ends, values = runs
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([(chrom, length)])
        if len(starts):
            file.addEntries(
                [chrom] * len(starts), starts.tolist(), ends=ends.tolist(), values=values.tolist()
            )
