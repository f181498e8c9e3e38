"""Embedded table of HGNC -> accessions of a gene's protein at UniProt.

HGNC (CC0), the accessions supplied by UniProt (CC BY 4.0): Seal et al. 2023,
doi:10.1093/nar/gkac888.
"""

from functools import cache
from pathlib import Path
from typing import cast

from genoview.data.assets import ASSETS
from genoview.io.refseq.codec import unpack


def accessions_of(symbol: str) -> tuple[str, ...]:
    """As HGNC lists them; none of a gene that it does not know, or that has no protein.

    Raises:
        AnnotationError: the table cannot be read.
    """
    return tuple(_load().get(symbol, "").split())


def symbol_of(accession: str) -> str | None:
    """The gene of a protein; None of one that HGNC does not list.

    Raises:
        AnnotationError: the table cannot be read.
    """
    return _symbols().get(accession)


@cache
def _symbols() -> dict[str, str]:
    return {accession: symbol for symbol in _load() for accession in accessions_of(symbol)}


@cache
def _load(folder: Path = ASSETS / "genes") -> dict[str, str]:
    columns = cast(dict[str, list[str]], unpack(folder / "uniprot.xz"))
    return dict(zip(columns["symbol"], columns["accessions"], strict=True))
