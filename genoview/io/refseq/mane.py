"""Embedded MANE table -> which transcript stands for a gene, and its names at Ensembl.

MANE 1.5 of NCBI and EMBL-EBI: Morales et al. 2022, doi:10.1038/s41586-022-04558-8. A MANE
transcript of RefSeq equals its Ensembl transcript base by base, and GRCh38.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from genoview.data.assets import ASSETS
from genoview.io.refseq.codec import unpack

RELEASE = "1.5"
SELECT = "Select"


class ManeRow(NamedTuple):
    """One transcript; ids with their versions, the gene's without.

    Attributes:
        status: Select, or Plus Clinical.
        title: the gene's full name.
    """

    symbol: str
    refseq: str
    protein: str
    ensembl_gene: str
    ensembl: str
    ensembl_protein: str
    hgnc: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Mane:
    """Rows by id without version, in upper case: of RefSeq, of Ensembl, of either's protein.

    Attributes:
        gene_of_symbol: ENSG id by symbol.
    """

    rows: tuple[ManeRow, ...]
    by_id: dict[str, ManeRow]
    symbol_of_gene: dict[str, str]
    gene_of_symbol: dict[str, str]
    titles: dict[str, str]


@cache
def load_mane(folder: Path = ASSETS / "genes") -> Mane:
    """All rows; read once.

    Raises:
        AnnotationError: the file cannot be read.
    """
    columns = cast(dict[str, list[str]], unpack(folder / "mane.xz"))
    rows = tuple(ManeRow(*values) for values in zip(*columns.values(), strict=True))
    names = ("refseq_nuc", "ensembl_nuc", "refseq_prot", "ensembl_prot")
    by_id = {
        name.partition(".")[0]: row
        for key in names[::-1]
        for name, row in zip(columns[key], rows, strict=True)
    }
    return Mane(
        rows,
        by_id,
        {name: row.symbol for row in rows for name in (row.ensembl_gene, row.hgnc)},
        {row.symbol: row.ensembl_gene for row in rows},
        {row.symbol: row.title for row in rows},
    )


def stem(name: str) -> str:
    """`nm_000022.4` is NM_000022: an id without its version."""
    return name.upper().partition(".")[0]
