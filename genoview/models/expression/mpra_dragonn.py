"""MPRA-DragoNN: 145 bp of DNA -> what they do in a reporter assay, in K562 and HepG2.

Movva et al. 2019, doi:10.1371/journal.pone.0218073. The published ConvModel: three convolutions
and one dense layer. The file is not passed on with genoview.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, Biosample, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.expression.cards import MPRA_DRAGONN_CARD
from genoview.models.expression.published import MPRA_DRAGONN
from genoview.models.inputs import file_digest, one_hot
from genoview.models.weights.installed import KerasLayers, keras_network, weight_paths

WIDTH = 145  # bp, as the fragments of the assay
RESOLUTION = 15  # bp between two windows; odd, as WIDTH is, so that a window is around its bin
CHANNELS, KERNEL = 120, 5
KERAS_EPSILON = 1e-3  # that Keras adds to the variance
WINDOWS_AT_ONCE = 512
UNIT = "predicted activity"  # the model's own scale; its description gives no unit
CELLS = {
    "K562": Biosample("EFO:0002067", "K562 (leukaemia)"),
    "HepG2": Biosample("EFO:0001187", "HepG2 (liver carcinoma)"),
}
# As model.yaml beside the weights names the outputs, in their order.
TASKS = tuple(
    (cell, promoter, kind)
    for cell in CELLS
    for promoter in ("minP", "SV40P")
    for kind in ("replicate 1", "replicate 2", "pooled")
)

# As tracks: pooled outputs first, since a page shows the first ones.
ORDER = sorted(range(len(TASKS)), key=lambda i: (TASKS[i][2] != "pooled", TASKS[i][1] != "minP"))


class DragonnNetwork(nn.Module):
    """One-hot [n, 4, 145] -> [n, 12]."""

    def __init__(self, layers: KerasLayers) -> None:
        super().__init__()
        kernels = [_tensor(layers[f"conv1d_{k}"]["kernel"]).permute(2, 1, 0) for k in (1, 2, 3)]
        self.kernels = nn.ParameterList(_fixed(kernel.unsqueeze(2)) for kernel in kernels)
        self.biases = nn.ParameterList(
            _fixed(_tensor(layers[f"conv1d_{k}"]["bias"])) for k in (1, 2, 3)
        )
        norms = [_normalisation(layers[f"batch_normalization_{k}"]) for k in (1, 2, 3)]
        self.scales = nn.ParameterList(_fixed(scale[:, None, None]) for scale, _ in norms)
        self.offsets = nn.ParameterList(_fixed(offset[:, None, None]) for _, offset in norms)
        dense = _tensor(layers["dense_1"]["kernel"])  # [places * channels, 12], place by place
        dense = dense.view(-1, CHANNELS, len(TASKS)).permute(2, 1, 0)  # [12, channels, places]
        self.readout = _fixed(dense.reshape(len(TASKS), -1))
        self.base = _fixed(_tensor(layers["dense_1"]["bias"]))

    def forward(self, x: Tensor) -> Tensor:
        # Two-dimensional and channels last: the same sums in less time on a CPU.
        x = x.unsqueeze(2).contiguous(memory_format=torch.channels_last)
        rows = zip(self.kernels, self.biases, self.scales, self.offsets, strict=True)
        for kernel, bias, scale, offset in rows:
            x = torch.relu(nn.functional.conv2d(x, kernel, bias)) * scale + offset
        return nn.functional.linear(x.flatten(1), self.readout, self.base)


def _tensor(values: object) -> Tensor:
    return torch.from_numpy(np.asarray(values, np.float32))


def _fixed(values: Tensor) -> nn.Parameter:
    return nn.Parameter(values.contiguous(), requires_grad=False)


def _normalisation(
    layer: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]],
) -> tuple[Tensor, Tensor]:
    """Scale and offset, [120] each: y = scale * x + offset."""
    scale = _tensor(layer["gamma"] / np.sqrt(layer["moving_variance"] + KERAS_EPSILON))
    return scale, _tensor(layer["beta"]) - scale * _tensor(layer["moving_mean"])


class MPRADragoNN(Backend):
    """Reporter activity of the 145 bp around each bin, on both strands."""

    card: ClassVar[ModelCard] = MPRA_DRAGONN_CARD
    tracks = tuple(
        TrackMetadata(
            f"{cell} {promoter} {kind}",
            Assay.MPRA,
            strand,
            UNIT,
            CELLS[cell],
            group=f"{cell} {promoter} {kind}".replace(" ", "-"),
        )
        for strand in "+-"
        for cell, promoter, kind in (TASKS[i] for i in ORDER)
    )
    context_length = (WIDTH - RESOLUTION) // 2  # 65 bp
    resolution = RESOLUTION
    both_strands = True

    def __init__(self, folder: Path, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        [path] = weight_paths(MPRA_DRAGONN, folder)
        self._network = keras_network("MPRA-DragoNN", path, DragonnNetwork).to(
            self.device, self.dtype
        )
        self._digest = file_digest(path)

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 12] in the order of the tracks, each bin from its own window."""
        bases = one_hot(sequences).to(self.device, self.dtype)
        windows = bases.unfold(2, WIDTH, RESOLUTION).movedim(2, 1).flatten(0, 1)
        parts = [self._network(part) for part in torch.split(windows, WINDOWS_AT_ONCE)]
        values = torch.cat(parts).view(len(bases), -1, len(TASKS))[:, :, ORDER]
        activities: FloatArray = values.float().cpu().numpy()
        return activities
