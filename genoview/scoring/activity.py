"""AlleleTracks of reporter activity -> log2 fold change in each cell type, with its uncertainty.

Reporter activity is log2 of RNA over DNA, so that ALT - REF is a log2 fold change. A variant lies
in many windows; what it does is their mean over windows and strands, as saturation mutagenesis
would see it through fragments that contain it at different places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, IntArray, TrackData, TrackMetadata
from genoview.scoring.tracks.formula import Formula

SMALLEST_CHANGE = 0.1  # of log2: less than this is called no change
FORMULA = (
    "Mean of ALT - REF over the windows that hold the variant and over both strands; ± standard "
    "deviation of that mean among the networks of the ensemble."
)
LOG2_FOLD_CHANGE = Formula("Reporter activity log2 fold change", FORMULA, "log2")


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """What a variant does to the reporter activity of the fragments that hold it, in one cell.

    Attributes:
        track: of the cell, forward strand.
        ref, alt: mean activity over windows and strands, in the track's unit.
        spread: standard deviation of the change among the networks; None for a single network.
        n_windows: over both strands.
    """

    track: TrackMetadata
    ref: float
    alt: float
    spread: float | None
    n_windows: int

    @property
    def cell(self) -> str:
        return self.track.group

    @property
    def log2_fold_change(self) -> float:
        return self.alt - self.ref

    @property
    def is_clear(self) -> bool:
        """Large enough to speak of, and larger than twice the networks' spread."""
        least = max(SMALLEST_CHANGE, 2 * (self.spread or 0.0))
        return abs(self.log2_fold_change) >= least

    @property
    def words(self) -> str:
        """`HepG2 reporter activity down 26% (log2 −0.43 ± 0.10)`."""
        change = self.log2_fold_change
        spread = "" if self.spread is None else f" ± {self.spread:.2f}"
        amount = f"(log2 {change:+.2f}{spread})".replace("-", "−")
        if not self.is_clear:
            return f"{self.track.name} not clearly changed {amount}"
        times = 2.0**change
        percent = f"{abs(times - 1):.0%}" if times < 2 else f"{times:.1f}-fold"
        return f"{self.track.name} {'up' if change > 0 else 'down'} {percent} {amount}"


def activity_changes(
    pair: AlleleTracks, members: AlleleTracks | None, variant: Variant, reach: int
) -> tuple[ActivityChange, ...]:
    """One a cell type, in the order of the tracks.

    Args:
        pair: tracks of one unit, on both strands, a group for each cell.
        members: the same tracks by each network of the ensemble.
        reach: bp on each side of a bin that its value depends on.
    """
    bins = _bins_with(pair.ref, variant, reach)
    before, after = pair.ref.values[bins[0]], pair.alt.values[bins[1]]
    spreads = {} if members is None else _spreads(members, bins)
    changes = []
    for cell, columns in _columns(pair.ref.tracks).items():
        changes.append(
            ActivityChange(
                track=pair.ref.tracks[columns[0]],
                ref=float(before[:, columns].mean(dtype=np.float64)),
                alt=float(after[:, columns].mean(dtype=np.float64)),
                spread=spreads.get(cell),
                n_windows=len(columns) * len(before),
            )
        )
    return tuple(changes)


def strand_mean(data: TrackData) -> TrackData:
    """A track a group: the mean of its strands, on no strand, as its unit shows."""
    groups = _columns(data.tracks)
    values = np.stack([data.values[:, columns].mean(axis=1) for columns in groups.values()], axis=1)
    tracks = tuple(_unstranded(data.tracks[columns[0]]) for columns in groups.values())
    return TrackData(values.astype(np.float32), tracks, data.interval, data.resolution)


def _bins_with(data: TrackData, variant: Variant, reach: int) -> tuple[IntArray, IntArray]:
    """Bins whose window holds the variant: of REF, and of ALT without those that are deleted."""
    start, r = data.interval.start, data.resolution
    starts = start + r * np.arange(data.n_bins)
    holds = (starts - reach < variant.end) & (starts + r + reach > variant.start)
    deleted = np.zeros(data.n_bins, bool)
    for change in variant.changes:
        deleted |= (starts >= change.start + len(change.alt)) & (starts + r <= change.end)
    return np.flatnonzero(holds), np.flatnonzero(holds & ~deleted)


def _columns(tracks: Sequence[TrackMetadata]) -> dict[str, list[int]]:
    """Columns of each group, in order of first appearance."""
    groups: dict[str, list[int]] = {}
    for column, track in enumerate(tracks):
        groups.setdefault(track.group, []).append(column)
    return groups


def _spreads(members: AlleleTracks, bins: tuple[IntArray, IntArray]) -> dict[str, float]:
    """Standard deviation among the networks of the mean change, for each group."""
    before = members.ref.values[bins[0]].mean(axis=0, dtype=np.float64)
    after = members.alt.values[bins[1]].mean(axis=0, dtype=np.float64)
    change = after - before
    tracks = members.ref.tracks
    spreads = {}
    for group, columns in _columns(tracks).items():
        names = dict.fromkeys(tracks[column].member for column in columns)
        effects = [
            np.mean([change[column] for column in columns if tracks[column].member == name])
            for name in names
        ]
        if len(effects) > 1:
            spreads[group] = float(np.std(effects, ddof=1))
    return spreads


def _unstranded(track: TrackMetadata) -> TrackMetadata:
    return replace(track, strand=".", unit=f"{track.unit}, both strands")
