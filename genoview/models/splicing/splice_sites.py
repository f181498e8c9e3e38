"""Networks of SpliceAI-10k -> a backend: splice sites on both strands, and alleles quickly."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import torch
from torch import nn

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, counted, no_progress
from genoview.data.track_data import Assay, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.inputs import one_hot
from genoview.models.splicing.splice_engine import SpliceEngine
from genoview.models.splicing.splice_network import CONTEXT_LENGTH, SpliceNetwork
from genoview.models.variant_batch import Alleles, Edit, EditedStrand


class SpliceSites(Backend):
    """Probabilities of acceptor and donor, the mean of several networks; a subclass has weights."""

    tracks = tuple(
        TrackMetadata(f"Splice {site}", Assay.SPLICE_SITES, strand, "probability")
        for strand in "+-"
        for site in ("acceptor", "donor")
    )
    context_length = CONTEXT_LENGTH
    resolution = 1
    both_strands = True
    tile_length = 25_000  # each tile pays for about 6,500 bp of context; a 20-kb locus is one tile

    def __init__(self, networks: nn.ModuleList, digest: str, device: str, dtype: str) -> None:
        """Args: digest: sha256 of the weights."""
        super().__init__(device, dtype)
        self._networks = networks.to(self.device, self.dtype)
        self._digest = digest

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 2]: acceptor and donor of the strand that is given."""
        bases = one_hot(sequences).unsqueeze(2)  # [n, 4, 1, bins + 10,000]
        bases = bases.to(self.device, self.dtype, memory_format=torch.channels_last)
        # TF32, the default of convolutions on CUDA, keeps 10 bits where float32 keeps 23.
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            probabilities = [network(bases) for network in self._networks]  # [n, 3, 1, bins] each
        sites = torch.stack(probabilities).mean(dim=0)[:, 1:, 0]  # [n, 2, bins]
        values: FloatArray = sites.transpose(1, 2).cpu().numpy()
        return values

    @torch.inference_mode()
    def predict_strands(
        self, strands: Sequence[EditedStrand], progress: Progress = no_progress
    ) -> list[list[Alleles]]:
        """The same as one edit at a time, many times as fast."""
        total = sum(len(strand.edits) for strand in strands) * len(self._networks)
        step = counted(progress, total)
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            return self._engine.alleles(strands, step)

    def predict_alternates(
        self,
        reference: Prediction,
        sequence: str,
        variants: Sequence[Variant],
        progress: Progress = no_progress,
    ) -> Iterator[Prediction]:
        """The same as one variant at a time; those that keep the length share their work."""
        if any(variant.length_change for variant in variants):
            yield from super().predict_alternates(reference, sequence, variants, progress)
            return
        data, window = reference.data, self.window(reference.data.interval)
        parts = [self.reach(variant, data.interval) for variant in variants]
        strands = _strands(sequence, window, variants, parts)
        forward, reverse = self.predict_strands(strands, progress)
        for part, plus, minus in zip(parts, forward, reverse, strict=True):
            values = data.values.copy()
            first = part.start - data.interval.start
            both = np.concatenate([plus.alt, minus.alt[::-1]], axis=1)
            values[first : first + part.width] = both
            yield replace(reference, data=replace(data, values=values))

    @cached_property
    def _engine(self) -> SpliceEngine:
        networks = (network for network in self._networks if isinstance(network, SpliceNetwork))
        return SpliceEngine(list(networks))


def _strands(
    sequence: str, window: Interval, variants: Sequence[Variant], parts: Sequence[Interval]
) -> tuple[EditedStrand, EditedStrand]:
    """Variants that keep the length as edits of both strands.

    Args:
        parts: where each variant can change anything.
    """
    n = len(sequence)
    forward, reverse = [], []
    for variant, part in zip(variants, parts, strict=True):
        start, end = variant.start - window.start, variant.end - window.start
        first, last = part.start - window.start, part.end - window.start
        length = end - start
        forward.append(Edit(start, length, variant.alt, first, last))
        other = reverse_complement(variant.alt)
        reverse.append(Edit(n - end, length, other, n - last, n - first))
    return (
        EditedStrand(sequence, forward),
        EditedStrand(reverse_complement(sequence), reverse),
    )
