"""Networks of SpliceAI-10k -> a backend: splice sites on both strands, and alleles quickly."""

from collections.abc import Sequence
from functools import cached_property

import torch
from torch import nn

from genoview.backends.base import Backend, Progress, no_progress
from genoview.backends.edits import Alleles, EditedStrand
from genoview.backends.inputs import one_hot
from genoview.backends.splice_engine import SpliceEngine
from genoview.backends.splice_network import CONTEXT_LENGTH, SpliceNetwork
from genoview.tracks import Assay, FloatArray, TrackMetadata


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

    @property
    def weights_digest(self) -> str:
        return self._digest

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
        done = 0

        def step(n_answered: int) -> None:
            nonlocal done
            done += n_answered
            progress(done / total)

        progress(0.0)
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            return self._engine.alleles(strands, step)

    @cached_property
    def _engine(self) -> SpliceEngine:
        networks = (one for one in self._networks if isinstance(one, SpliceNetwork))
        return SpliceEngine(list(networks))
