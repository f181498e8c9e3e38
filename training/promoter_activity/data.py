"""promoter_activity.tsv.gz -> Measurements: sequences as codes, activities with gaps as NaN."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genoview.errors import GenoviewError
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_motifs import WIDTH

__all__ = ["CELLS", "WIDTH", "MeasurementError", "Measurements", "encode", "read_measurements"]

UNKNOWN = 4  # the code of N, and of the padding before a shorter fragment
_CODES = np.full(256, UNKNOWN, np.int8)
for _code, _base in enumerate("ACGT"):
    _CODES[ord(_base)] = _CODES[ord(_base.lower())] = _code
COMPLEMENT = np.array([3, 2, 1, 0, UNKNOWN], np.int8)


class MeasurementError(GenoviewError):
    """The table of measurements is not what this program reads."""


@dataclass(frozen=True)
class Measurements:
    """Fragments in the order of the table; n is their number.

    `codes` is int8[n, 144], A C G T = 0 1 2 3; a fragment ends at the last column and N (4)
    stands before it. `lengths` is int[n] in bp. `activity` is float32[n, 5] in the order of CELLS,
    log2 of RNA over DNA as published, NaN where not measured.
    """

    sequences: tuple[str, ...]
    chroms: NDArray[np.str_]
    species: NDArray[np.str_]
    pools: NDArray[np.str_]
    labels: NDArray[np.str_]
    codes: NDArray[np.int8]
    activity: NDArray[np.float32]

    def __post_init__(self) -> None:
        n = len(self.sequences)
        if self.codes.shape != (n, WIDTH) or self.activity.shape != (n, len(CELLS)):
            raise MeasurementError(
                f"{n} sequences came with codes {self.codes.shape} and activity "
                f"{self.activity.shape}; expected ({n}, {WIDTH}) and ({n}, {len(CELLS)})."
            )

    @property
    def made_up(self) -> NDArray[np.bool_]:
        """bool[n]: of no genome, random sequence or the bases of a fragment in another order."""
        random = np.char.startswith(self.labels, "RANDOM")
        return random | np.char.startswith(self.labels, "SCRAMBLED")

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.array([len(sequence) for sequence in self.sequences])


def encode(sequences: tuple[str, ...] | list[str], width: int = WIDTH) -> NDArray[np.int8]:
    """int8[n, width] codes; a sequence ends at the last column, and N stands before it."""
    codes = np.full((len(sequences), width), UNKNOWN, np.int8)
    for row, sequence in zip(codes, sequences, strict=True):
        if len(sequence) > width:
            raise MeasurementError(f"A sequence of {len(sequence)} bp; at most {width} fit.")
        if sequence:
            row[width - len(sequence) :] = _CODES[np.frombuffer(sequence.encode(), np.uint8)]
    return codes


def read_measurements(path: Path) -> Measurements:
    """The table; columns sequence, species, chrom, source, label, then one per cell."""
    with gzip.open(path, "rt", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    missing = {"sequence", "chrom", "source", *CELLS} - set(rows[0] if rows else {})
    if missing:
        raise MeasurementError(f"{path} lacks the columns {', '.join(sorted(missing))}.")
    sequences = tuple(row["sequence"].upper() for row in rows)
    values = [[float(row[cell]) if row[cell] else np.nan for cell in CELLS] for row in rows]
    return Measurements(
        sequences=sequences,
        chroms=np.array(["" if row["chrom"] == "nan" else row["chrom"] for row in rows]),
        species=np.array([row["species"] for row in rows]),
        pools=np.array([row["source"] for row in rows]),
        labels=np.array([row["label"] for row in rows]),
        codes=encode(sequences),
        activity=np.array(values, np.float32),
    )


def inactive(measured: Measurements) -> list[float]:
    """Mean log2 activity of random fragments in each cell; of the first pool, where there are two.

    The networks speak in the units of the first pool of km18.
    """
    random = np.char.startswith(measured.labels, "RANDOM") & (measured.pools != "km18_POOL2")
    means = np.nanmean(measured.activity[random].astype(np.float64), axis=0)
    return [round(float(mean), 4) for mean in means]
