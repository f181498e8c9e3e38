"""GC content and CpG observed/expected of the 200 bp around each bin: computed, not learned.

Gardiner-Garden & Frommer 1987, doi:10.1016/0022-2836(87)90689-9.
"""

import hashlib
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.entry import Entry

WIDTH = 200  # bp of a window, as the definition of CpG islands has it
RESOLUTION = 10  # bp a bin


class GCContent(Backend):
    """Facts, and one method; genoview tiles, pads, caches and draws."""

    card: ClassVar[ModelCard] = ModelCard(
        name="gc-content",
        title="GC content",
        family=Assay.TSS.family,
        predicts=(
            "Nothing: it computes the share of G and C, and CpG observed over expected, in the "
            f"{WIDTH} bp around each bin of {RESOLUTION} bp. A CpG island has above 0.5 of the one "
            "and above 0.6 of the other; most human promoters lie in one."
        ),
        limits="Computed, not learned: it knows no promoter, only the letters around a base.",
        licence="CC0-1.0",
        citation=(
            "Gardiner-Garden M, Frommer M. CpG islands in vertebrate genomes. J Mol Biol 196: "
            "261-282, 1987. doi:10.1016/0022-2836(87)90689-9"
        ),
        source="genoview-gc 0.1.0",
        parameters=0,
    )
    tracks = (
        TrackMetadata("GC content", Assay.TSS, ".", "share of bases", group="GC"),
        TrackMetadata("CpG observed/expected", Assay.TSS, ".", "ratio", group="CpG"),
    )
    resolution = RESOLUTION
    context_length = (WIDTH - RESOLUTION) // 2
    revision = 1  # to be raised when the same bases come to give other numbers

    @property
    def weights_digest(self) -> str:
        """There are no weights: of what is computed."""
        return hashlib.sha256(f"gc-content {WIDTH} {RESOLUTION}".encode()).hexdigest()

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 2] of the tracks; 0 where a window has none of what is divided by."""
        codes = np.frombuffer("".join(sequences).encode("ascii"), np.uint8)
        codes = codes.reshape(len(sequences), -1)
        is_c, is_g = codes == ord("C"), codes == ord("G")
        c, g, known = (_per_window(flags) for flags in (is_c, is_g, codes != ord("N")))
        cpg = _per_window(np.pad(is_c[:, :-1] & is_g[:, 1:], ((0, 0), (0, 1))), WIDTH - 1)
        return np.stack([_ratio(c + g, known), _ratio(cpg * known, c * g)], axis=-1)


def _per_window(flags: np.ndarray, width: int = WIDTH) -> np.ndarray:
    """float64[n, bins]: how many are set in the first `width` places of each bin's window."""
    sums = np.pad(flags.cumsum(axis=1, dtype=np.float64), ((0, 0), (1, 0)))
    starts = np.arange(0, flags.shape[1] - WIDTH + 1, RESOLUTION)
    return sums[:, starts + width] - sums[:, starts]


def _ratio(above: np.ndarray, below: np.ndarray) -> FloatArray:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0).astype(np.float32)


MODEL = Entry("gc-content", "genoview_gc", "GCContent")
