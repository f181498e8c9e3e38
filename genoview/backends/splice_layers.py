"""A SpliceAI-10k network, layer by layer: all of it for REF, what an edit changes for ALT.

Values lie positions first, [length, edits, channels]. REF keeps what each layer gave. For ALT a
layer is computed only where the edit can reach it (its forward cone) and where it can reach what is
wanted (the backward cone of that); to the left and right of this stretch, ALT is REF, on the right
moved by the change of length. So nothing is approximated.
"""

from dataclasses import dataclass, field
from itertools import accumulate

import torch
from torch.nn import functional

from genoview.backends.dilated import DilatedConvolution
from genoview.backends.splice_network import (
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


@dataclass(slots=True)
class Reference:
    """What the layers gave for REF, as far as ALT needs it.

    Attributes:
        stream: of the stem, then of each unit, before the ReLU; 17 stretches.
        inner: of the first convolution of each unit, behind the ReLU; 16 stretches.
        sites: [outputs, 3]: probability of neither, acceptor, donor.
    """

    stream: list[Stretch] = field(default_factory=list)
    inner: list[Stretch] = field(default_factory=list)
    sites: Stretch | None = None


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

    def reference(self, bases: torch.Tensor, start: int) -> Reference:
        """All layers; `bases` [length, 1, 4] begin at the place `start`.

        The outputs lack the context of 5,000 on each side, and up to 40 more on the right, since
        lengths are cut to whole multiples of the dilations.
        """
        kept = Reference()
        x = Stretch(start, self._linear(self._stem, bases))
        kept.stream.append(x)
        for first, second in self._units:
            x = Stretch(x.start, x.values[: len(x.values) // first.dilation * first.dilation])
            inner = Stretch(
                x.start + first.reach, functional.relu_(first(functional.relu(x.values)))
            )
            at = inner.start + second.reach
            under = x.between(at, inner.end - second.reach)
            x = Stretch(at, second(inner.values, under))
            kept.stream.append(x)
            kept.inner.append(inner)
        skips = [one.between(x.start, x.end) for one in kept.stream[::UNITS_A_SKIP]]
        kept.sites = Stretch(x.start, self._sites(skips))
        return kept

    def alternate(self, batch: Batch, reference: Reference) -> torch.Tensor:
        """[left + right, edits, 3]: what the network says of ALT."""
        x = Stretch(0, self._linear(self._stem, batch.bases))
        start, end = -batch.left, batch.right
        skips = [_over(x, reference.stream[0], batch, start, end, 1)]
        for unit, (first, second) in enumerate(self._units):
            x = self._unit(unit, first, second, x, reference, batch)
            if (unit + 1) % UNITS_A_SKIP == 0:
                skips.append(_over(x, reference.stream[unit + 1], batch, start, end, 1))
        return self._sites(skips)

    def _unit(
        self,
        unit: int,
        first: DilatedConvolution,
        second: DilatedConvolution,
        x: Stretch,
        reference: Reference,
        batch: Batch,
    ) -> Stretch:
        start, end = batch.cone(2 * unit)
        reach, step = first.reach, first.dilation
        x = Stretch(
            start - reach,
            _over(x, reference.stream[unit], batch, start - reach, end + reach, step),
        )
        values = functional.relu_(first(functional.relu(x.values)))
        inner = Stretch(start, values[: end - start])
        start, end = batch.cone(2 * unit + 1)
        values = _over(inner, reference.inner[unit], batch, start - reach, end + reach, step)
        under = _padded(x.values[start - x.start :], len(values) - 2 * reach)
        return Stretch(start, second(values, under)[: end - start])

    def _linear(self, layer: Convolution, x: torch.Tensor) -> torch.Tensor:
        """A convolution of width 1 on [length, m, in]."""
        return functional.linear(x, layer.weight[:, :, 0, 0], layer.bias)

    def _sites(self, skips: list[torch.Tensor]) -> torch.Tensor:
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
    """REF from `first` to `last` beside each of the starts: [last - first, edits, channels]."""
    places = torch.arange(first, last, device=starts.device).unsqueeze(1) + (
        starts - reference.start
    )
    rows = reference.values[:, 0].index_select(0, places.flatten())
    return rows.view(last - first, len(starts), -1)
