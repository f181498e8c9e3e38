"""A small splice model whose answers can be worked out by hand."""

from collections.abc import Sequence

import numpy as np

from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.variant_batch import Alleles, EditedStrand
from tests.support.models.toy_backend import PROBABILITY, card


class Words(Backend):
    """A donor before GT, with probability 1; counts the edits that it is asked about."""

    card = card("cispliceai", Family.SPLICING)
    tracks = tuple(
        TrackMetadata(f"Splice {site}", Assay.SPLICE_SITES, strand, PROBABILITY)
        for strand in "+-"
        for site in ("acceptor", "donor")
    )
    context_length = 2
    resolution = 1
    both_strands = True
    weights_digest = "0"

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        self.n_edits: list[int] = []

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        return np.stack([self._sites(sequence) for sequence in sequences])

    def predict_strands(
        self, strands: Sequence[EditedStrand], progress: Progress = no_progress
    ) -> list[list[Alleles]]:
        self.n_edits.append(sum(len(strand.edits) for strand in strands))
        return super().predict_strands(strands, progress)

    @staticmethod
    def _sites(sequence: str) -> FloatArray:
        places = range(len(sequence) - 4)
        donors = [sequence[i + 3 : i + 5] == "GT" for i in places]
        return np.array([[False] * len(donors), donors], dtype=np.float32).T
