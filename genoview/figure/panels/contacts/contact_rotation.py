"""A contact map -> the picture of it turned by 45 degrees, cut to what is drawn.

Every cell of the picture takes the value of the pair of bins that its middle lies in, so that no
value is made up. Where pairs are too narrow for the screen, bins are first joined by their mean;
joined ones begin at multiples of their length, so that a pan shows the same ones again.
"""

from dataclasses import dataclass, replace

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.site_data import FloatArray
from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.row import View

MAX_CELLS = 60_000  # of a picture
MAX_FINE = 8  # cells of a picture along the side of a pair, at most
PAIR_PX = 4.0  # px that a pair of bins takes at least


@dataclass(frozen=True, slots=True)
class Picture:
    """One turned map.

    Attributes:
        cells: float32[distances, places], the least distance first; NaN where nothing is known.
        x0, dx: x of the middle of the first place, and the step to the next.
        dy: bp of distance of a lane; the first begins at 0.
    """

    cells: FloatArray
    x0: float
    dx: float
    dy: float


def near(contacts: ContactMap, view: View) -> ContactMap | None:
    """The first track's bins that are drawn, joined where they are narrow; None where none is."""
    if not contacts.interval.overlaps(view.drawn):
        return None
    part = contacts.select([0]).slice(view.drawn)
    factor = 1
    while contacts.resolution * factor * view.px_per_bp < PAIR_PX:
        factor *= 2
    return joined(part, factor, (part.interval.start - contacts.interval.start) // part.resolution)


def joined(contacts: ContactMap, factor: int, offset: int = 0) -> ContactMap:
    """Each `factor` bins as one, a pair of them the mean of what is known of their pairs.

    Args:
        offset: bins that lie before the first; joined bins begin at multiples of `factor`.
    """
    if factor == 1:
        return contacts
    before = offset % factor
    after = -(contacts.n_bins + before) % factor
    padding = ((before, after), (before, after), (0, 0))
    whole = np.pad(contacts.values, padding, constant_values=np.nan)
    n = len(whole) // factor
    blocks = whole.reshape(n, factor, n, factor, -1)
    known = np.isfinite(blocks)
    counts = known.sum(axis=(1, 3))
    sums = np.where(known, blocks, 0).sum(axis=(1, 3), dtype=np.float64)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float32)
    start = contacts.interval.start - before * contacts.resolution
    wide = contacts.resolution * factor
    interval = replace(contacts.interval, start=start, end=start + n * wide)
    return replace(contacts, values=means, interval=interval, resolution=wide)


def turned(contacts: ContactMap, view: View, reach: int) -> Picture:
    """The first track's pairs of bins at most `reach` bp apart."""
    n, wide = contacts.n_bins, contacts.resolution
    fine = _fineness(n, -(-reach // wide), wide * view.px_per_bp)
    places = np.arange(2 * fine * n)
    lanes = np.arange(-(-reach * fine // wide))[:, None]
    left = (places - lanes) // (2 * fine)
    right = (places + lanes) // (2 * fine)  # a middle on an edge belongs to the nearer pair
    inside = (left >= 0) & (right < n)
    values = contacts.values[np.where(inside, left, 0), np.where(inside, right, 0), 0]
    cells = np.where(inside, values, np.float32(np.nan))
    dx = wide / (2 * fine)
    return Picture(cells, edge_x(contacts.interval.start) + dx / 2, dx, wide / fine)


def _fineness(n_bins: int, n_lanes: int, pair_px: float) -> int:
    """Cells along the side of a pair: as many as there is room for, so that pairs are diamonds."""
    most = min(MAX_FINE, int(pair_px / 2))
    room = int((MAX_CELLS / (2 * n_bins * max(n_lanes, 1))) ** 0.5)
    return max(min(most, room), 1)


def pair_value(contacts: ContactMap, pair: tuple[int, int], factor: int) -> np.float32:
    """What a picture shows of the first track at two bins, each joined of `factor` stored ones."""
    first, second = (slice(number * factor, (number + 1) * factor) for number in pair)
    if factor == 1:
        return np.float32(contacts.values[pair[0], pair[1], 0])
    block = contacts.values[first, second, 0]
    known = block[np.isfinite(block)]
    return np.float32(known.mean(dtype=np.float64) if len(known) else np.nan)


def reach_of(contacts: ContactMap, view: View) -> int:
    """bp: two places in view are no farther apart, nor two of the map."""
    return min(view.interval.width, contacts.interval.width)


def bin_at(contacts: ContactMap, number: int) -> Interval:
    """Where a bin lies."""
    start = contacts.interval.start + number * contacts.resolution
    return replace(contacts.interval, start=start, end=start + contacts.resolution)
