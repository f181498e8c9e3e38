"""Tables of the shape of the two experiments, with a few made-up rows, to try `truth.py` on."""

import csv
import gzip
import random
from collections.abc import Sequence
from pathlib import Path

SEED = 0
ACCEPTOR, DONOR = "TTCTTATTCCTACAG", "GTAAGTCGTGTAATC"  # introns beside an exon
EXON_LENGTH, INTRON_LENGTH = 60, 70  # bp
ELEMENT, ELEMENT_LENGTH, N_MEASURED = "LDLR", 200, 8
OTHER = {"A": "C", "C": "G", "G": "T", "T": "A"}


def write_samples(folder: Path) -> Path:
    """Two exons with two mutants each, and one promoter with eight substitutions."""
    chance = random.Random(SEED)
    exons = [row for number in range(2) for row in _mutants(chance, number)]
    _write(folder / "splicing" / "mapsy_dev.csv.gz", exons, ",")
    _write(folder / "mpra" / "saturation_mutagenesis_dev.tsv.gz", _substitutions(chance), "\t")
    return folder


def _mutants(chance: random.Random, number: int) -> list[dict[str, object]]:
    exon, left, right = (_bases(chance, n) for n in (EXON_LENGTH, INTRON_LENGTH, INTRON_LENGTH))
    wild = left + ACCEPTOR + exon + DONOR + right
    rows: list[dict[str, object]] = []
    for mutant in range(2):
        at = len(left + ACCEPTOR) + 10 + mutant
        changed = wild[:at] + OTHER[wild[at]] + wild[at + 1 :]
        ends = {"acceptor": ACCEPTOR, "donor": DONOR}
        measured = {"log2_vivo_ratio": -number - mutant / 2, "ESM": mutant}
        rows.append({"WT_SEQ": wild, "MUT_SEQ": changed, **ends, **measured})
    return rows


def _substitutions(chance: random.Random) -> list[dict[str, object]]:
    """A row a base, which names it; those of enough barcodes count as measured."""
    return [
        {
            "Element": ELEMENT,
            "Pos": pos,
            "Ref": base,
            "Alt": OTHER[base],
            "Barcodes": 20 if pos % (ELEMENT_LENGTH // N_MEASURED) == 0 else 0,
            "Coefficient": chance.gauss(0, 1),
            "pValue": chance.choice([1e-9, 0.5]),
        }
        for pos, base in enumerate(_bases(chance, ELEMENT_LENGTH))
    ]


def _bases(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("ACGT", k=length))


def _write(path: Path, rows: Sequence[dict[str, object]], separator: str) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
