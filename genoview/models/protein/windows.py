"""A long protein in windows that a model can read.

Places are 0-based and half-open. An edge of a window that is not an end of the protein is a cut:
residues close to one are seen with little of what is beside them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from genoview.data.track_data import FloatArray

MOST_RESIDUES = 1_022  # read at once by ESM-2 in training; Lin et al. 2023, 10.1126/science.ade2574


class Window(NamedTuple):
    """Residues that are read at once."""

    start: int
    end: int

    @property
    def width(self) -> int:
        return self.end - self.start


def centred(length: int, first: int, last: int, most: int) -> Window:
    """`most` residues, or all, with `first` to `last` in the middle as far as the ends allow."""
    if length <= most:
        return Window(0, length)
    start = min(max((first + last + 1 - most) // 2, 0), length - most)
    return Window(start, start + most)


def tiles(length: int, most: int) -> list[Window]:
    """Windows of `most` residues over all of it, each with half of the next one or more."""
    if length <= most:
        return [Window(0, length)]
    n_steps = -(-(length - most) // max(most // 2, 1))
    starts = np.linspace(0, length - most, n_steps + 1).round().astype(int).tolist()
    return [Window(start, start + most) for start in starts]


def weights(window: Window, length: int) -> FloatArray:
    """float32[width]: residues from the nearest cut, which counts 1; all 1 without a cut."""
    from_left = np.arange(1, window.width + 1, dtype=np.float32)
    to_cut = np.full(window.width, np.inf, np.float32)
    if window.start > 0:
        to_cut = np.minimum(to_cut, from_left)
    if window.end < length:
        to_cut = np.minimum(to_cut, from_left[::-1])
    return np.where(np.isinf(to_cut), np.float32(1), to_cut)


def grouped(sites: Sequence[int], most: int) -> list[list[int]]:
    """Sites in order, in groups that fit into one window each."""
    groups: list[list[int]] = []
    for site in sites:
        if groups and site - groups[-1][0] < most:
            groups[-1].append(site)
        else:
            groups.append([site])
    return groups
