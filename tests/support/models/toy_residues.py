"""A model of residues whose ratios can be worked out by hand, and which counts its runs."""

from collections.abc import Sequence

import numpy as np

from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import Family, FloatArray
from genoview.data.transcript.amino_acids import STANDARD
from genoview.models.protein.contract import ResidueModel


class ToyResidues(ResidueModel):
    """Masked: minus the alphabetical distance of the letters in tens; wild-type: half of that."""

    version = "toy-1"
    place = "cpu"

    def __init__(self, name: str = "toy") -> None:
        self.card = ModelCard(
            name, "Toy residues", Family.LANGUAGE, "", "", "", "", "", 0, random_weights=True
        )
        self.runs: list[tuple[str, str, tuple[int, ...]]] = []

    def masked(
        self, protein: str, sites: Sequence[int], progress: Progress = no_progress
    ) -> FloatArray:
        self.runs.append(("masked", protein, tuple(sites)))
        progress(1.0)
        return _distances([protein[site] for site in sites])

    def wild_type(self, protein: str, progress: Progress = no_progress) -> FloatArray:
        self.runs.append(("wild-type", protein, ()))
        progress(1.0)
        return _distances(protein) / 2


def _distances(residues: Sequence[str]) -> FloatArray:
    columns = np.arange(len(STANDARD))
    rows = [-np.abs(columns - STANDARD.find(residue)) / 10 for residue in residues]
    values = np.array(rows, np.float32).reshape(len(rows), len(STANDARD))
    values[[residue not in STANDARD for residue in residues]] = np.nan
    return values
