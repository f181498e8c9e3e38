"""The wheel of the package mmsplice -> a table of measured inclusion of each build.

Its CSV files have 599,926 exons of GRCh37 and 603,316 of GRCh38 in 54 tissues of GTEx (ASCOT,
Ling et al. 2020, doi:10.1038/s41467-019-14020-5), 1-based.
"""

import gzip
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from genoview.data.genome import Interval, canonical_chrom
from genoview.errors import AnnotationError
from genoview.io.inclusion.table import STEPS, write_table

FILES = {
    "GRCh37": "mmsplice/models/gtex_psi_map37_ranges.csv.gz",
    "GRCh38": "mmsplice/models/gtex_psi_map_ranges.csv.gz",
}
SOURCE = "GTEx, counted for the package mmsplice 2.4.0 (ASCOT's method)"
CHROMOSOMES = {f"chr{name}" for name in (*range(1, 23), "X", "Y", "M")}


def convert(wheel: Path, build: str, path: Path, region: Interval | None = None) -> int:
    """Write the table of a build, or of exons within a region; how many rows it has.

    Raises:
        AnnotationError: the wheel has no such table.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = gzip.decompress(archive.read(FILES[build]))
        rows = pa_csv.read_csv(pa.BufferReader(content))
        tissues = rows.column_names[6:]
        kept = _rows(rows, tissues, region)
    except (
        OSError,
        EOFError,
        zlib.error,
        KeyError,
        zipfile.BadZipFile,
        pa.ArrowException,
    ) as error:
        raise AnnotationError(
            f"{wheel} has no measured inclusion of {build} ({error}): the wheel of mmsplice 2.4.0 "
            "was expected."
        ) from error
    write_table(path, kept, tissues, SOURCE)
    return int(kept.num_rows)


def _rows(rows: pa.Table, tissues: list[str], region: Interval | None) -> pa.Table:
    """Rows of whole chromosomes, 0-based, with shares in steps."""
    names = [canonical_chrom(name) for name in rows["Chromosome"].to_pylist()]
    mask = np.array([name in CHROMOSOMES for name in names])
    start = rows["Start"].to_numpy() - 1
    if region is not None:
        on = np.array([name == region.chrom for name in names])
        mask &= on & (start < region.end) & (rows["End"].to_numpy() > region.start)
    shares = np.stack([rows[tissue].to_numpy()[mask] for tissue in tissues], axis=1)
    steps = np.clip(np.rint(shares * STEPS), 1, STEPS - 1)
    steps = np.where(shares <= 0, 0, np.where(shares >= 1, STEPS, steps)).astype(np.uint16)
    chosen = rows.filter(pa.array(mask))
    columns = {
        "chrom": pa.array(np.array(names, dtype=object)[mask], pa.string()),
        "start": pa.array(start[mask], pa.int32()),
        "end": chosen["End"].cast(pa.int32()),
        "strand": chosen["Strand"],
        "gene_id": pc.replace_substring_regex(chosen["gene_id"], r"\.\d+(_\d+)?$", ""),
        "symbol": chosen["gene_name"],
        "shares": pa.FixedSizeListArray.from_arrays(pa.array(steps.ravel()), len(tissues)),
    }
    return pa.table(columns)
