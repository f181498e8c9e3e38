"""Convolutions of long dilated kernels, by the discrete Fourier transform where that is quicker.

Values lie with positions first: [length, m, channels], m sequences side by side. A convolution of
dilation d over [length, m] is one of dilation 1 over [length / d, d * m], which is a view. There,
blocks of n rows are transformed by one matrix product (a real transform is an n x n matrix, and
products of matrices are what a processor does best), each frequency is one product of channels,
and one more product transforms back the rows that did not wrap around. For a kernel of 41 bases it
takes a quarter of the multiplications of a direct convolution, and rounds no worse.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from genoview.backends.splice_network import Convolution

BLOCKS = {41: (64, 80, 96), 21: (48, 64)}  # rows of a transform, by the kernel's width
FEWEST_ROWS = 12  # below which a direct convolution is quicker
FEWEST_COLUMNS = 100  # d * m; blocks lie side by side where there are fewer


@dataclass(frozen=True, slots=True)
class Spectrum:
    """A kernel in blocks of n rows.

    Half of n frequencies, each with a cosine and a sine; the constant one has no sine, in the place
    of which is the cosine of the highest frequency.

    Attributes:
        forward: float32[n, n], rows -> cosines, then sines.
        inverse: float32[n - width + 1, n], cosines, then sines -> rows.
        even: float32[2, n / 2, in, out], of cosines to cosines and of sines to sines.
        odd: float32[n / 2, in, out], of sines to cosines; cosines to sines with the other sign.
        bias: float32[out], to add to the constant cosine.
    """

    forward: torch.Tensor
    inverse: torch.Tensor
    even: torch.Tensor
    odd: torch.Tensor
    bias: torch.Tensor

    @classmethod
    def of(cls, kernel: npt.NDArray[np.float64], bias: torch.Tensor, n: int) -> "Spectrum":
        """Args: kernel: [out, in, width]."""
        width, half = kernel.shape[2], n // 2
        angles = 2 * np.pi * np.outer(np.arange(half), np.arange(n)) / n
        highest = np.where(np.arange(n) % 2, -1.0, 1.0)
        rows = np.concatenate([np.cos(angles), np.sin(angles)])
        rows[half] = highest
        back = np.linalg.inv(rows)[: n - width + 1]
        cosines = np.einsum("oiw,kw->kio", kernel, np.cos(angles[:, :width]))
        sines = np.einsum("oiw,kw->kio", kernel, np.sin(angles[:, :width]))
        even = np.stack([cosines, cosines])
        even[1, 0] = (kernel * highest[:width]).sum(axis=2).T
        return cls(_float(rows), _float(back), _float(even), _float(sines), bias * n)


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
        self._spectrum = cache(self._make_spectrum)

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

        def work(n: int) -> int:
            a_block = n * (n + self._kept(n)) + 64 * n
            return -(-n_rows // self._kept(n)) * a_block

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
        starts = [*range(0, n_rows - kept, kept), n_rows - kept]
        a_time = max(1, FEWEST_COLUMNS // x.shape[1])
        for i in range(0, len(starts), a_time):
            self._blocks_at(starts[i : i + a_time], x, residual, y, n)
        return y

    def _blocks_at(
        self,
        starts: list[int],
        x: torch.Tensor,
        residual: torch.Tensor | None,
        y: torch.Tensor,
        n: int,
    ) -> None:
        """Fill the rows of `y` that begin at `starts`."""
        kept, columns = self._kept(n), x.shape[1]
        rows = [x[start : start + n].view(n, -1) for start in starts]
        block = rows[0] if len(rows) == 1 else torch.cat(rows, dim=1)
        waves = self._multiply(block, len(starts) * columns, n)
        back = self._spectrum(n).inverse
        if len(starts) == 1:
            flat = y[starts[0] : starts[0] + kept].view(kept, -1)
            if residual is None:
                torch.mm(back, waves, out=flat)
            else:
                under = residual[starts[0] : starts[0] + kept].view(kept, -1)
                torch.addmm(under, back, waves, out=flat)
            return
        parts = torch.mm(back, waves).view(kept, len(starts), columns, -1)
        for j, start in enumerate(starts):
            into = y[start : start + kept]
            if residual is None:
                into.copy_(parts[:, j])
            else:
                torch.add(parts[:, j], residual[start : start + kept], out=into)

    def _multiply(self, block: torch.Tensor, columns: int, n: int) -> torch.Tensor:
        """Transform [n, columns * in], apply the kernel: float32[n, columns * out]."""
        spectrum, half = self._spectrum(n), n // 2
        waves = torch.mm(spectrum.forward, block).view(n, columns, -1)
        cosines, sines = waves[:half], waves[half:]
        result = block.new_empty(n, columns, len(self.bias))
        torch.bmm(cosines, spectrum.even[0], out=result[:half])
        result[:half].baddbmm_(sines, spectrum.odd)
        torch.bmm(sines, spectrum.even[1], out=result[half:])
        result[half:].baddbmm_(cosines, spectrum.odd, alpha=-1)
        result[0].add_(spectrum.bias)
        return result.view(n, -1)

    def _make_spectrum(self, n: int) -> Spectrum:
        return Spectrum.of(self.weight.double().numpy(), self.bias, n)


def _float(values: npt.NDArray[np.float64]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32))
