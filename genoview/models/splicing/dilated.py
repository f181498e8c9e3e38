"""Convolutions of long dilated kernels, by the discrete Fourier transform where that is quicker.

Values lie positions first: [length, m, channels], m sequences side by side. A convolution of
dilation d over [length, m] is one of dilation 1 over [length / d, d * m], which is a view. There,
blocks of n rows are transformed by matrix products (of matrices a processor makes the most), each
frequency is a product of channels, and one more product transforms back the rows that did not wrap
around. For a kernel of 41 bases that takes a fifth of the multiplications of a direct convolution,
and rounds no worse.
"""

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch.nn import functional

from genoview.models.splicing.splice_network import Convolution

BLOCKS = {
    41: range(56, 113, 4),
    21: range(36, 81, 4),
    11: range(28, 53, 4),
}  # rows of a transform, by kernel width
FEWEST_ROWS = 12  # below which a direct convolution is quicker
FEWEST_COLUMNS = 200  # d * m; blocks lie side by side where there are fewer
KEPT_SPECTRA = 4  # of a convolution, each of up to 0.5 MB


@dataclass(frozen=True, slots=True)
class Spectrum:
    """A kernel in blocks of n rows, n a multiple of 4.

    Sums and differences of the first and second half of the rows hold the even and the odd
    frequencies. Of either kind there are n / 4, first their cosines, then their sines; frequency 0
    has no sine, in the place of which is the cosine of the highest frequency.

    Attributes:
        forward: float32[2, n / 2, n / 2], of sums and of differences.
        inverse: float32[n - width + 1, n].
        straight: float32[2, n / 4, in, out], of cosines to cosines and of sines to sines.
        across: float32[2, n / 4, in, out], of sines to cosines; back with the other sign.
        highest: float32[in, out]. bias: float32[out], to add to frequency 0.
    """

    forward: torch.Tensor
    inverse: torch.Tensor
    straight: torch.Tensor
    across: torch.Tensor
    highest: torch.Tensor
    bias: torch.Tensor

    @classmethod
    def of(cls, kernel: torch.Tensor, bias: torch.Tensor, n: int) -> "Spectrum":
        """Args: kernel: float32[out, in, width]."""
        width = kernel.shape[2]
        frequencies = torch.stack([torch.arange(0, n // 2, 2), torch.arange(1, n // 2, 2)])
        angles = 2 * torch.pi / n * frequencies[:, :, None].double() * torch.arange(n)
        rows = torch.cat([angles.cos(), angles.sin()], dim=1)  # [2, n / 2, n]
        rows[0, n // 4] = 1.0 - 2 * (torch.arange(n) % 2)
        # The rows are at right angles: of length sqrt(n / 2), and sqrt(n) of the two without sine.
        back = rows.flatten(0, 1).T * (2 / n)
        back[:, [0, n // 4]] /= 2
        taps = kernel.double().permute(2, 1, 0).flatten(1)  # [width, in * out]
        shape = (2, n // 4, kernel.shape[1], kernel.shape[0])
        return cls(
            rows[:, :, : n // 2].float(),
            back[: n - width + 1].float(),
            (angles[:, :, :width].cos() @ taps).view(shape).float(),
            (angles[:, :, :width].sin() @ taps).view(shape).float(),
            (rows[0, n // 4, :width] @ taps).view(shape[2:]).float(),
            bias * n,
        )


class DilatedConvolution:
    """One convolution of a network, ready for values that lie positions first."""

    def __init__(self, convolution: Convolution, fast: bool) -> None:
        """Args: fast: allow the Fourier transform; for float32 on the CPU."""
        self.weight = convolution.weight[:, :, 0]  # [out, in, width]
        self.bias = convolution.bias
        self.width = self.weight.shape[2]
        self.dilation = convolution.dilation
        self.reach = (self.width - 1) * self.dilation // 2  # bp on each side
        self._blocks = BLOCKS.get(self.width, ()) if fast else ()
        self._kernel = self.weight.unsqueeze(3).contiguous(memory_format=torch.channels_last)
        self._spectrum = lru_cache(KEPT_SPECTRA)(self._make_spectrum)

    def __call__(self, x: torch.Tensor, residual: torch.Tensor | None = None) -> torch.Tensor:
        """float32[length - 2 * reach, m, out], on top of `residual` of that shape.

        Args:
            x: [length, m, in], contiguous; the length is a multiple of the dilation.
        """
        length, m, channels = x.shape
        columns = self.dilation * m
        x = x.view(length // self.dilation, columns, channels)
        n_rows = len(x) - self.width + 1
        if residual is not None:
            residual = residual.view(n_rows, columns, -1)
        n = self._block(n_rows)
        if n:
            y = self._by_transform(x, residual, n)
        else:
            y = self._direct(x) if m > 1 else self._along(x.view(length, channels))
            if residual is not None:
                y.view(residual.shape).add_(residual)
        return y.view(n_rows * self.dilation, m, -1)

    def _block(self, n_rows: int) -> int:
        """Rows of a transform; 0 where a direct convolution is quicker."""
        if n_rows < FEWEST_ROWS:
            return 0
        fits = [n for n in self._blocks if n <= n_rows + self.width - 1]

        def work(n: int) -> float:
            """In products of a row, a block's transforms there and back and its channels."""
            n_blocks = -(-n_rows // self._kept(n))
            return n_blocks * n * (n / 2 + self._kept(n) + 2 * len(self.bias))

        return min(fits, key=work, default=0)

    def _kept(self, n: int) -> int:
        """Rows of a block that did not wrap around."""
        return n - self.width + 1

    def _direct(self, x: torch.Tensor) -> torch.Tensor:
        image = x.permute(2, 0, 1).unsqueeze(0)  # [1, in, rows, columns], channels last
        y = functional.conv2d(image, self._kernel, self.bias)
        return y[0].permute(1, 2, 0).contiguous()

    def _along(self, x: torch.Tensor) -> torch.Tensor:
        """One sequence [length, in], which makes too narrow an image of its rows."""
        image = x.T.unsqueeze(1).unsqueeze(0)  # [1, in, 1, length], channels last
        kernel = self._kernel.transpose(2, 3)
        y = functional.conv2d(image, kernel, self.bias, dilation=(1, self.dilation))
        return y[0, :, 0].T.contiguous()

    def _by_transform(self, x: torch.Tensor, residual: torch.Tensor | None, n: int) -> torch.Tensor:
        kept, n_rows = self._kept(n), len(x) - self.width + 1
        y = x.new_empty(n_rows, x.shape[1], len(self.bias))
        whole = n_rows // kept
        a_time = max(1, FEWEST_COLUMNS // x.shape[1])
        for first in range(0, whole, a_time):
            count = min(a_time, whole - first)
            self._blocks_at(first * kept, count, x, residual, y, n)
        if n_rows % kept:
            self._blocks_at(n_rows - kept, 1, x, residual, y, n)
        return y

    def _blocks_at(
        self,
        start: int,
        count: int,
        x: torch.Tensor,
        residual: torch.Tensor | None,
        y: torch.Tensor,
        n: int,
    ) -> None:
        """Fill the rows of `count` blocks, one behind the other from `start` on."""
        kept, columns = self._kept(n), x.shape[1]
        waves = self._multiply(_side_by_side(x[start:], count, kept, n), count * columns, n)
        back = self._spectrum(n).inverse
        into = _side_by_side(y[start:], count, kept, kept)
        if count > 1:
            rows = torch.mm(back, waves).view(into.shape)
            if residual is None:
                into.copy_(rows)
            else:
                torch.add(rows, _side_by_side(residual[start:], count, kept, kept), out=into)
        elif residual is None:
            torch.mm(back, waves, out=into[:, 0])
        else:
            under = _side_by_side(residual[start:], 1, kept, kept)
            torch.addmm(under[:, 0], back, waves, out=into[:, 0])

    def _multiply(self, block: torch.Tensor, columns: int, n: int) -> torch.Tensor:
        """Transform [n, blocks, ...], apply the kernel: float32[n, columns * out]."""
        spectrum, half, quarter = self._spectrum(n), n // 2, n // 4
        folded = block.new_empty(2, half, *block.shape[1:])
        torch.add(block[:half], block[half:], out=folded[0])
        torch.sub(block[:half], block[half:], out=folded[1])
        waves = torch.bmm(spectrum.forward, folded.view(2, half, -1))
        waves = waves.view(2, 2, quarter, columns, -1)
        result = block.new_empty(2, 2, quarter, columns, len(self.bias))
        for kind in (0, 1):
            cosines, sines = waves[kind]
            straight, across = spectrum.straight[kind], spectrum.across[kind]
            torch.bmm(cosines, straight, out=result[kind, 0]).baddbmm_(sines, across)
            torch.bmm(sines, straight, out=result[kind, 1]).baddbmm_(cosines, across, alpha=-1)
        torch.mm(waves[0, 1, 0], spectrum.highest, out=result[0, 1, 0])
        result[0, 0, 0].add_(spectrum.bias)
        return result.view(n, -1)

    def _make_spectrum(self, n: int) -> Spectrum:
        return Spectrum.of(self.weight, self.bias, n)


def _side_by_side(x: torch.Tensor, count: int, step: int, n: int) -> torch.Tensor:
    """A view of blocks of n rows, each `step` behind the one before: [n, count, columns]."""
    a_row = x.shape[1] * x.shape[2]
    return x.as_strided((n, count, a_row), (a_row, step * a_row, 1))
