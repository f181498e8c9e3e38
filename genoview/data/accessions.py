"""RefSeq accessions of chromosomes: `NC_000020.10` is chr20 of GRCh37."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from genoview.data.assets import ASSETS
from genoview.errors import GenomeError

TABLE = ASSETS / "genome" / "accessions.tsv"


class Accession(NamedTuple):
    """Which chromosome of which assembly; `family` is empty where several share the sequence."""

    family: str
    chrom: str


@cache
def load_accessions(path: Path = TABLE) -> dict[str, Accession]:
    """All known accessions with their version, `NC_000020.10` and the like; read once.

    Raises:
        GenomeError: the table is absent or has other columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t")
            return {row["accession"]: Accession(row["family"], row["chrom"]) for row in rows}
    except (OSError, KeyError) as error:
        raise GenomeError(
            f"{path} cannot be read ({error}); rebuild it with scripts/assets/build_demo.py."
        ) from error
