"""Write assets/models/jaspar.npz: JASPAR2024 CORE's human motifs, latest version of each.

Usage: pip install pyjaspar==4.0.0; python scripts/assets/build_motifs.py [--output FILE]

pyjaspar's own choice of versions passes over 35 motifs whose newest version is of another
species; here the newest human version counts.
"""

import argparse
from contextlib import closing
from pathlib import Path

import numpy as np
from pyjaspar import jaspardb

from genoview.models.binding.motifs import Motif, write_motifs

RELEASE = "JASPAR2024"
HUMAN = "9606"  # NCBI taxonomy
OUTPUT = Path(__file__).parents[2] / "assets" / "models" / "jaspar.npz"


def human_motifs() -> list[Motif]:
    """The latest human version of each base id, by matrix id."""
    database = jaspardb(release=RELEASE)
    with closing(database.conn):
        found = database.fetch_motifs(collection="CORE", species=[HUMAN], all_versions=True)
    latest = {}
    for motif in sorted(found, key=lambda motif: int(motif.matrix_id.split(".")[1])):
        latest[motif.base_id] = Motif(
            motif.matrix_id, motif.name, np.array([motif.counts[base] for base in "ACGT"]).T
        )
    return [latest[base_id] for base_id in sorted(latest)]


def main() -> None:
    """Fetch and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    output = parser.parse_args().output
    motifs = human_motifs()
    write_motifs(motifs, output)
    print(f"{len(motifs)} motifs of {RELEASE} -> {output}")


if __name__ == "__main__":
    main()
