"""A SpliceAI-10k network, layer by layer: all of it for REF, what an edit changes for ALT.

Values lie positions first, [length, edits, channels]. For ALT a layer is computed only where the
edit can reach it (its forward cone) and where it can reach what is wanted (the backward cone of
that); to the left and right of this stretch, ALT is REF, on the right moved by the change of
length. So nothing is approximated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import torch
from torch.nn import functional

from genoview.models.splicing.dilated import DilatedConvolution
from genoview.models.splicing.splice_network import (
    CONTEXT_LENGTH,
    UNITS,
    UNITS_A_SKIP,
    Convolution,
    SpliceNetwork,
)

REACHES = tuple((width - 1) * dilation // 2 for width, dilation in UNITS for _ in (1, 2))
FORWARD = tuple(accumulate(REACHES))  # bp an edit reaches on each side behind each convolution
BACKWARD = tuple(CONTEXT_LENGTH - reach for reach in FORWARD)  # bp an output reaches before it


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values of consecutive places, the first of which is `start`: [length, m, channels]."""

    start: int
    values: torch.Tensor

    @property
    def end(self) -> int:
        return self.start + len(self.values)

    def between(self, start: int, end: int) -> torch.Tensor:
        return self.values[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class Batch:
    """Edits computed side by side; places are counted from each edit's start.

    Attributes:
        starts: int64[edits], on the reference.
        changes: int64[edits], bp by which ALT is longer.
        left, right: ALT is wanted from -left to right.
        bases: [alt_length, edits, 4], one-hot, of ALT from each start on.
    """

    starts: torch.Tensor
    changes: torch.Tensor
    left: int
    right: int
    bases: torch.Tensor

    def cone(self, layer: int) -> tuple[int, int]:
        """First and last place to compute behind a convolution; the stem is -1."""
        forward = FORWARD[layer] if layer >= 0 else 0
        backward = BACKWARD[layer] if layer >= 0 else CONTEXT_LENGTH
        start = -min(forward, self.left + backward)
        return start, max(start, min(len(self.bases) + forward, self.right + backward))


class Track:
    """A batch on its way through the layers.

    Attributes:
        skips: ALT over what is wanted, [left + right, edits, channels], at each skip connection.
    """

    def __init__(self, batch: Batch, x: Stretch) -> None:
        """Args: x: the stem's values of the changed bases."""
        self._batch, self._x = batch, x
        self.skips: list[torch.Tensor] = []

    def skip(self, reference: Stretch) -> None:
        """Keep what a skip connection reads."""
        batch = self._batch
        self.skips.append(_over(self._x, reference, batch, -batch.left, batch.right, 1))

    def advance(
        self,
        unit: int,
        first: DilatedConvolution,
        second: DilatedConvolution,
        x: Stretch,
        inner: Stretch,
    ) -> None:
        """Go through one unit, of which REF has `x` before and `inner` between."""
        batch, reach, step = self._batch, first.reach, first.dilation
        start, end = batch.cone(2 * unit)
        before = Stretch(start - reach, _over(self._x, x, batch, start - reach, end + reach, step))
        hidden = functional.relu_(first(functional.relu(before.values)))
        between = Stretch(start, hidden[: end - start])
        start, end = batch.cone(2 * unit + 1)
        hidden = _over(between, inner, batch, start - reach, end + reach, step)
        under = _padded(before.values[start - before.start :], len(hidden) - 2 * reach)
        self._x = Stretch(start, second(hidden, under)[: end - start])


class LayeredNetwork:
    """One network with its layers at hand."""

    def __init__(self, network: SpliceNetwork, fast: bool) -> None:
        """Args: fast: allow convolutions by Fourier transform."""
        self._stem = network.stem
        self._units = [
            (DilatedConvolution(first, fast), DilatedConvolution(second, fast))
            for first, second in network.convolutions
        ]
        self._readouts = network.outputs

    def sites(
        self, bases: torch.Tensor, start: int, batches: Sequence[Batch]
    ) -> tuple[Stretch, list[torch.Tensor]]:
        """Probability of each output, the first of which is neither: of REF, and of each batch.

        REF and the batches go through each layer together, so that no layer of REF is stored.

        Args:
            bases: [length, 1, 4], one-hot, from the place `start` on.

        Returns:
            [length - 10,000, 1, outputs] from `start` + 5,000 on, on the right up to 40 less, since
            lengths are cut to whole multiples of the dilations; [left + right, edits, outputs] of
            each batch.
        """
        x = Stretch(start, self._linear(self._stem, bases))
        tracks = [
            Track(batch, Stretch(0, self._linear(self._stem, batch.bases))) for batch in batches
        ]
        skips = [x]
        for track in tracks:
            track.skip(x)
        for unit, (first, second) in enumerate(self._units):
            x = Stretch(x.start, x.values[: len(x.values) // first.dilation * first.dilation])
            hidden = functional.relu_(first(functional.relu(x.values)))
            inner = Stretch(x.start + first.reach, hidden)
            for track in tracks:
                track.advance(unit, first, second, x, inner)
            at = inner.start + second.reach
            x = Stretch(at, second(hidden, x.between(at, inner.end - second.reach)))
            if (unit + 1) % UNITS_A_SKIP == 0:
                skips.append(x)
                for track in tracks:
                    track.skip(x)
        ref = self._probabilities([skip.between(x.start, x.end) for skip in skips])
        return Stretch(x.start, ref), [self._probabilities(track.skips) for track in tracks]

    def _linear(self, layer: Convolution, x: torch.Tensor) -> torch.Tensor:
        """A convolution of width 1 on [length, m, in]."""
        return functional.linear(x, layer.weight[:, :, 0, 0], layer.bias)

    def _probabilities(self, skips: list[torch.Tensor]) -> torch.Tensor:
        logits = self._linear(self._readouts[0], skips[0])
        for readout, skip in zip(self._readouts[1:], skips[1:], strict=True):
            logits += self._linear(readout, skip)
        return torch.softmax(logits.float(), dim=-1)


def _padded(values: torch.Tensor, length: int) -> torch.Tensor:
    """The first `length` places, filled up with zeros."""
    if len(values) >= length:
        return values[:length]
    padded = values.new_zeros(length, *values.shape[1:])
    padded[: len(values)] = values
    return padded


def _over(
    computed: Stretch, reference: Stretch, batch: Batch, start: int, end: int, step: int
) -> torch.Tensor:
    """ALT from `start` to `end`, where not computed taken from REF: [length, edits, channels].

    The length is a whole multiple of `step`, filled up with zeros.
    """
    left = min(max(start, computed.start), end)
    right = max(min(end, computed.end), left)
    length = -(-(end - start) // step) * step
    if (left, right) == (start, end) and length == end - start:
        return computed.between(start, end)
    values = computed.values.new_empty(length, len(batch.starts), computed.values.shape[2])
    values[left - start : right - start] = computed.between(left, right)
    if start < left:
        values[: left - start] = _gathered(reference, batch.starts, start, left)
    if right < end:
        moved = batch.starts - batch.changes
        values[right - start : end - start] = _gathered(reference, moved, right, end)
    values[end - start :] = 0
    return values


def _gathered(reference: Stretch, starts: torch.Tensor, first: int, last: int) -> torch.Tensor:
    """REF from `first` to `last` around each of the starts: [last - first, edits, channels]."""
    places = torch.arange(first, last, device=starts.device).unsqueeze(1) + (
        starts - reference.start
    )
    rows = reference.values[:, 0].index_select(0, places.flatten())
    return rows.view(last - first, len(starts), -1)
