"""Promoter activity: 144 bp of DNA -> what they do in a reporter assay, in five cell types.

An ensemble of small networks trained by this project on published measurements
(docs/models/promoter-activity.md). A bin is the window around its middle. What convolutions see of
the sequence, and where motifs fit, is computed once for all windows; only the readouts are each
window's own.
"""

from collections.abc import Sequence
from typing import ClassVar

import torch

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, Biosample, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.expression.cards import PROMOTER_ACTIVITY_CARD
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_motifs import WIDTH
from genoview.models.expression.promoter_network import load_promoter_networks
from genoview.models.inputs import file_digest, one_hot

WEIGHTS = ASSETS / "models" / "promoter-activity.safetensors"
RESOLUTION = 16  # bp between two windows
UNIT = "log2 over random DNA"  # of RNA over plasmid DNA, less its mean over random fragments
N_MEMBERS = 3
BIOSAMPLES = {
    "HepG2": Biosample("EFO:0001187", "HepG2 (liver carcinoma)"),
    "K562": Biosample("EFO:0002067", "K562 (leukaemia)"),
    "HeLa": Biosample("EFO:0001185", "HeLa (cervix carcinoma)"),
    "HUES64": Biosample("EFO:0007086", "HUES64 (embryonic stem cell)"),
    "mESC": Biosample("CL:0002322", "mouse embryonic stem cell"),
}


def _track(cell: str, strand: str, member: int | None = None) -> TrackMetadata:
    number = "" if member is None else f"{member + 1} of {N_MEMBERS}"
    name = f"{cell} reporter activity" + (f", network {number}" if number else "")
    return TrackMetadata(name, Assay.MPRA, strand, UNIT, BIOSAMPLES[cell], cell, number)


class PromoterActivity(Backend):
    """Reporter activity of the 144 bp around each bin, on both strands."""

    card: ClassVar[ModelCard] = PROMOTER_ACTIVITY_CARD
    tracks = tuple(
        _track(cell, strand, member)
        for strand in "+-"
        for member in (None, *range(N_MEMBERS))
        for cell in CELLS
    )
    context_length = (WIDTH - RESOLUTION) // 2  # 64 bp
    resolution = RESOLUTION
    both_strands = True

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        self._networks = load_promoter_networks(WEIGHTS).to(self.device)
        self._networks.members.to(dtype=self.dtype)  # bfloat16 is too coarse for odds of motifs
        self._digest = file_digest(WEIGHTS)

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 20]: the mean of each cell, then each network's cells."""
        bases = one_hot(sequences).to(self.device, self.dtype)
        members = self._networks.above_inactive(bases, RESOLUTION).float()
        values = torch.cat([members.mean(dim=2, keepdim=True), members], dim=2).flatten(2)
        activities: FloatArray = values.cpu().numpy()
        return activities
