"""A table of measured inclusion -> what share of RNA has an exon, in each tissue of GTEx.

Parquet, a row an exon of a gene, sorted by place. Shares are stored in steps of 0.0001; what is
above 0 stays above 0, and what is below 1 stays below 1.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from genoview.data.genome import Interval, canonical_chrom
from genoview.errors import AnnotationError

STEPS = 10_000  # of a share from 0 to 1
ABOUT = b"genoview inclusion 1"  # key of the metadata
KEYS = ("chrom", "start", "end", "strand", "gene_id", "symbol")


@dataclass(frozen=True, slots=True)
class ExonShares:
    """Of one exon: shares from 0 to 1 by tissue; 0 where no RNA with it was seen."""

    by_tissue: Mapping[str, float]

    @property
    def seen(self) -> dict[str, float]:
        """Without tissues in which no RNA has the exon: it is skipped there, or the gene is off."""
        return {tissue: share for tissue, share in self.by_tissue.items() if share > 0}


@dataclass(frozen=True, slots=True)
class InclusionTable:
    """One file.

    Attributes:
        source: what it is of, in words.
        tissues: in the order of its columns.
    """

    path: Path
    source: str
    tissues: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises: AnnotationError: it cannot be read as such a table."""
        try:
            about = json.loads((pq.read_schema(path).metadata or {})[ABOUT])
            return cls(path, about["source"], tuple(about["tissues"]))
        except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
            raise _unreadable(path, error) from error

    def shares(self, exons: Sequence[Interval], gene: str = "") -> dict[Interval, ExonShares]:
        """Of exons of one chromosome that the table has, by their strand and both ends.

        Args:
            gene: id or symbol, for an exon that the table has in several genes.
        """
        if not exons:
            return {}
        found: dict[Interval, ExonShares] = {}
        wanted = {(exon.start, exon.end, exon.strand): exon for exon in exons}
        for row in self._rows(exons[0].chrom, [exon.start for exon in exons]):
            exon = wanted.get((row["start"], row["end"], row["strand"]))
            is_own = gene in (row["gene_id"], row["symbol"])
            if exon is not None and (is_own or exon not in found):
                shares = (np.array(row["shares"]) / STEPS).tolist()
                found[exon] = ExonShares(dict(zip(self.tissues, shares, strict=True)))
        return found

    def _rows(self, chrom: str, starts: Sequence[int]) -> list[dict[str, Any]]:
        filters = [
            ("chrom", "==", canonical_chrom(chrom)),
            ("start", ">=", min(starts)),
            ("start", "<=", max(starts)),
        ]
        try:
            rows: list[dict[str, Any]] = pq.read_table(self.path, filters=filters).to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(self.path, error) from error
        return rows


def write_table(path: Path, rows: pa.Table, tissues: Sequence[str], source: str) -> None:
    """Write rows of KEYS and of shares, uint16 in STEPS, in small parts that are found by place."""
    about = json.dumps({"source": source, "tissues": list(tissues)}).encode()
    rows = rows.sort_by([(key, "ascending") for key in KEYS])
    rows = rows.replace_schema_metadata({ABOUT: about})
    pq.write_table(rows, path, row_group_size=8_192, compression="zstd", compression_level=6)


def _unreadable(path: Path, error: Exception) -> AnnotationError:
    return AnnotationError(
        f"{path} cannot be read as measured inclusion of exons ({error}). "
        "Make it again: genoview models remove gtex-inclusion, then genoview models add it."
    )
