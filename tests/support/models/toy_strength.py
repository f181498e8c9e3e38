"""Models of strengths of splice sites that can be worked out by hand."""

from collections.abc import Sequence

import numpy as np

from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.models.base import Backend
from tests.support.models.toy_backend import Toy, card


class Letters(Backend):
    """Two tissues; a strength is a weighted sum of the letters around, told by their order."""

    card = card("pangolin", Family.SPLICING)
    tracks = tuple(
        TrackMetadata(f"in {t}", Assay.SPLICE_SITE_STRENGTH, s, "probability", group=t)
        for s in "+-"
        for t in ("heart", "brain")
    )
    context_length, resolution, both_strands = 3, 1, True

    @property
    def weights_digest(self) -> str:
        return "letters"

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        codes = np.array([["ACGTN".index(base) for base in one] for one in sequences], np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(codes, 7, axis=1)
        weights = np.arange(1, 8, dtype=np.float32) / 140
        return np.stack([windows @ weights, 1 - windows @ weights[::-1]], axis=-1)


class Strength(Toy):
    """In heart every A, in liver every C is a splice site."""

    card = card("strength", Family.SPLICING, random_weights=False)
    tracks = tuple(
        TrackMetadata(tissue, Assay.SPLICE_SITE_STRENGTH, strand, "probability", None, tissue)
        for strand in "+-"
        for tissue in ("heart", "liver")
    )
    letters = ("A", "C", "T", "G")
    resolution = 1
