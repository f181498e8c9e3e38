"""Pangolin: how strong a splice site each base is in heart, liver, brain and testis.

Zeng & Li 2022, doi:10.1186/s13059-022-02664-4. Its networks have the shape of SpliceAI-10k with a
readout for each tissue; the program `pangolin` reads, of the networks tuned for a tissue, that
tissue's probability of splicing, and averages three. The files are not passed on with genoview.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from torch import nn

from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress, counted, no_progress
from genoview.data.track_data import Assay, Biosample, FloatArray, TrackMetadata
from genoview.errors import BackendError
from genoview.models.base import Backend
from genoview.models.inputs import file_digest, one_hot
from genoview.models.splicing.cards import PANGOLIN_CARD
from genoview.models.splicing.published import PANGOLIN
from genoview.models.splicing.splice_engine import SpliceEngine
from genoview.models.splicing.splice_network import (
    CONTEXT_LENGTH,
    EPSILON,
    UNITS,
    UNITS_A_SKIP,
    Float64Array,
    SpliceNetwork,
)
from genoview.models.variant_batch import Alleles, EditedStrand
from genoview.models.weights.damage import loading
from genoview.models.weights.installed import weight_paths

TISSUES = {
    "heart": Biosample("UBERON:0000948", "heart"),
    "liver": Biosample("UBERON:0002107", "liver"),
    "brain": Biosample("UBERON:0000955", "brain"),
    "testis": Biosample("UBERON:0000473", "testis"),
}
N_NETWORKS = 3  # a tissue
TORCH_EPSILON = 1e-5  # that torch adds to the variance, and Pangolin was trained with
VARIABLES = {
    "scale": "weight",
    "offset": "bias",
    "mean": "running_mean",
    "variance": "running_var",
}
State = Mapping[str, torch.Tensor]


def load_tissues(folder: Path) -> nn.ModuleList:
    """A list of three networks for each tissue, on the CPU in float32.

    Raises:
        BackendError: a file is missing or not one of Pangolin's.
    """
    paths = weight_paths(PANGOLIN, folder)
    networks = [_network(path, i // N_NETWORKS) for i, path in enumerate(paths)]
    firsts = range(0, len(networks), N_NETWORKS)
    return nn.ModuleList(nn.ModuleList(networks[i : i + N_NETWORKS]) for i in firsts)


def _network(path: Path, tissue: int) -> SpliceNetwork:
    with loading(path, "a network of Pangolin"):
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            raise BackendError(
                f"{path} holds more than weights, or is no file of torch; it was not opened."
            ) from error
        return SpliceNetwork(dict(layers(state, tissue)))


def layers(state: State, tissue: int) -> Iterator[tuple[str, Float64Array]]:
    """A published state dict by the names of `SpliceNetwork`, with the readout of one tissue."""

    def layer(ours: str, theirs: str) -> Iterator[tuple[str, Float64Array]]:
        yield f"{ours}.weight", _array(state[f"{theirs}.weight"])
        yield f"{ours}.bias", _array(state[f"{theirs}.bias"])

    yield from layer("stem", "conv1")
    yield from layer("skips.0", "skip")
    for skip in range(len(UNITS) // UNITS_A_SKIP):
        yield from layer(f"skips.{skip + 1}", f"convs.{skip}")
    for unit in range(len(UNITS)):
        for half in (1, 2):
            yield from layer(f"units.{unit}.conv{half}", f"resblocks.{unit}.conv{half}")
            for ours, theirs in VARIABLES.items():
                values = _array(state[f"resblocks.{unit}.bn{half}.{theirs}"])
                if ours == "variance":  # to which the network adds Keras's epsilon
                    values = values + TORCH_EPSILON - EPSILON
                yield f"units.{unit}.norm{half}.{ours}", values
    # Two readouts a tissue, in turns: of splicing, [not spliced, spliced], and of usage.
    yield from layer("head", f"conv_last{2 * tissue + 1}")


def _array(values: torch.Tensor) -> Float64Array:
    return values.to(torch.float64).numpy()


class Pangolin(Backend):
    """The probability of a splice site in four tissues, on both strands, at every base."""

    card: ClassVar[ModelCard] = PANGOLIN_CARD
    tracks = tuple(
        TrackMetadata(
            f"Splice site in {tissue}",
            Assay.SPLICE_SITE_STRENGTH,
            strand,
            "probability",
            biosample,
            group=tissue,
        )
        for strand in "+-"
        for tissue, biosample in TISSUES.items()
    )
    context_length = CONTEXT_LENGTH
    resolution = 1
    both_strands = True
    tile_length = 25_000  # each tile pays for about 6,500 bp of context

    def __init__(self, folder: Path, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        self._tissues = load_tissues(folder).to(self.device, self.dtype)
        self._digest = file_digest(*weight_paths(PANGOLIN, folder))

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 4]: each tissue, of the strand that is given."""
        bases = one_hot(sequences).unsqueeze(2)  # [n, 4, 1, bins + 10,000]
        bases = bases.to(self.device, self.dtype, memory_format=torch.channels_last)
        values = []
        for networks in self._tissues:
            assert isinstance(networks, nn.ModuleList)
            by_network = torch.stack([network(bases)[:, 1, 0] for network in networks])
            values.append(by_network.mean(dim=0).cpu().numpy())
        strengths: FloatArray = np.stack(values, axis=-1)
        return strengths

    @torch.inference_mode()
    def predict_strands(
        self, strands: Sequence[EditedStrand], progress: Progress = no_progress
    ) -> list[list[Alleles]]:
        """The same as one edit at a time, many times as fast: tissue by tissue, as REF is shared
        within a network only.
        """
        total = sum(len(strand.edits) for strand in strands) * N_NETWORKS * len(TISSUES)
        step = counted(progress, total)
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            tissues = [engine.alleles(strands, step) for engine in self._engines]
        return [
            [side_by_side(edit) for edit in zip(*strand, strict=True)]
            for strand in zip(*tissues, strict=True)
        ]

    @cached_property
    def _engines(self) -> list[SpliceEngine]:
        """One a tissue."""
        return [
            SpliceEngine(
                [network for network in networks.children() if isinstance(network, SpliceNetwork)]
            )
            for networks in self._tissues
        ]


def side_by_side(tissues: Sequence[Alleles]) -> Alleles:
    """One column each."""
    return Alleles(
        np.concatenate([tissue.ref for tissue in tissues], axis=1),
        np.concatenate([tissue.alt for tissue in tissues], axis=1),
    )
