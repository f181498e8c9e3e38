"""Biopython's source package -> tests/fixtures/structure/: a small structure as PDB and mmCIF.

    python scripts/make_structure_fixture.py                  # fetches the package
    python scripts/make_structure_fixture.py --packages DIR   # from a package in DIR

1A8O, the C-terminal domain of HIV-1's capsid protein, 70 residues: Gamble et al. 1997,
doi:10.1126/science.278.5339.849. The PDB archive is CC0. Of the mmCIF only the atoms are kept.
"""

import argparse
import gzip
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "tests" / "fixtures" / "structure"
PACKAGE = "biopython==1.88"
NAME = "1A8O"


def main() -> None:
    """Read the command line and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, help="folder with the package; else fetched")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        packages = options.packages or fetch(Path(scratch))
        with tarfile.open(next(packages.glob("biopython-*.tar.gz"))) as archive:
            for name, kept in ((f"{NAME}.pdb", pdb_atoms), (f"{NAME}.cif", cif_atoms)):
                member = archive.extractfile(f"{PACKAGE.replace('==', '-')}/Tests/PDB/{name}")
                assert member is not None
                content = kept(member.read().decode()).encode()
                (FOLDER / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))


def fetch(folder: Path) -> Path:
    """Download the package's sources with pip."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "biopython"]
    subprocess.run([*pip, "--dest", str(folder), PACKAGE], check=True)
    return folder


def pdb_atoms(text: str) -> str:
    """Header, title and atoms."""
    kept = ("HEADER", "TITLE ", "ATOM  ", "HETATM", "TER   ", "END   ")
    return "".join(f"{line}\n" for line in text.splitlines() if line.startswith(kept))


def cif_atoms(text: str) -> str:
    """The table of atoms."""
    blocks = text.split("\n#")
    [atoms] = [block for block in blocks if "_atom_site.id" in block]
    return f"data_{NAME}\n#{atoms}\n#\n"


if __name__ == "__main__":
    main()
