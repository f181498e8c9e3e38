"""An order of lanes in which alike ones lie beside each other.

Average linkage (UPGMA) on 1 - Pearson's r; where two clusters are joined, each may be turned so
that the leaves that meet are the most alike. Ties go to the earlier lanes, so that the same lanes
always come in the same order.
"""

import numpy as np
import numpy.typing as npt

from genoview.data.site_data import FloatArray

FLAT = 1e-12  # standard deviation below which a lane has no shape
Distances = npt.NDArray[np.float64]


def clustered(lanes: FloatArray) -> list[int]:
    """The order of the lanes.

    Args:
        lanes: float32[lanes, places]; a NaN counts as zero.
    """
    n = len(lanes)
    distances = _distances(np.nan_to_num(lanes.astype(np.float64)))
    leaves = {i: [i] for i in range(n)}
    apart = distances.copy()
    np.fill_diagonal(apart, np.inf)
    while len(leaves) > 1:
        first, other = sorted(int(i) for i in np.unravel_index(apart.argmin(), apart.shape))
        sizes = len(leaves[first]), len(leaves[other])
        mean = (sizes[0] * apart[first] + sizes[1] * apart[other]) / sum(sizes)
        leaves[first] = _joined(leaves[first], leaves.pop(other), distances)
        apart[first] = apart[:, first] = mean
        apart[first, first] = np.inf
        apart[other] = apart[:, other] = np.inf
    return next(iter(leaves.values()), [])


def _distances(lanes: npt.NDArray[np.float64]) -> Distances:
    """1 - r of each two lanes; a flat one is as far from any other as unrelated ones are."""
    centred = lanes - lanes.mean(axis=1, keepdims=True)
    norm = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    shape = np.divide(centred, norm, out=np.zeros_like(centred), where=norm > FLAT)
    return np.asarray(np.round(1 - shape @ shape.T, 12))


def _joined(first: list[int], other: list[int], distances: Distances) -> list[int]:
    """Both in a row, turned so that the leaves that meet are the nearest."""
    ways = [(a, b) for a in (first, first[::-1]) for b in (other, other[::-1])]
    nearest = min(ways, key=lambda way: distances[way[0][-1], way[1][0]])
    return [*nearest[0], *nearest[1]]
