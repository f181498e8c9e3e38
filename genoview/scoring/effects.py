"""AlleleTracks + Variant -> the largest differences, each with its place and its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks, Family, FloatArray, TrackMetadata

PRESENT = 0.2  # probability from which on a splice site counts as present
_FAMILIES = tuple(Family)


@dataclass(frozen=True, slots=True)
class Effect:
    """One extremum of ALT - REF.

    Attributes:
        interval: the bin, on REF coordinates, with the strand of the track.
        ref, alt: values, in the track's unit.
        distance: bp from the REF allele on the forward strand; negative to its left, 0 in it.
        deleted: ALT lacks these bases, and its value is 0 for that reason.
    """

    track: TrackMetadata
    interval: Interval
    ref: float
    alt: float
    distance: int
    deleted: bool = False

    @property
    def position(self) -> int:
        """0-based base in the middle of the bin."""
        return self.interval.start + (self.interval.width - 1) // 2

    @property
    def difference(self) -> float:
        return self.alt - self.ref

    @property
    def change(self) -> str:
        """Of a splice site: gained, lost, strengthened or weakened; of others: up or down."""
        if not self.track.assay.facts.is_splice_site:
            return "up" if self.difference > 0 else "down"
        low, high = sorted((self.ref, self.alt))
        appears = low < PRESENT <= high and high >= 2 * low
        if self.difference > 0:
            return "gained" if appears else "strengthened"
        return "lost" if appears else "weakened"

    @property
    def place(self) -> str:
        """`12 bp downstream`, as the track's strand is read; left and right where it has none."""
        return distance_words(self.distance, self.track.strand)

    @property
    def words(self) -> str:
        """`donor gained 12 bp downstream, 0.02 → 0.91`."""
        end = " (its bases are deleted)" if self.deleted else ""
        values = f"{_rounded(self.ref)} → {_rounded(self.alt)}"
        return f"{_subject(self.track)} {self.change} {self.place}, {values}{end}"


def largest_effects(
    tracks: AlleleTracks, variant: Variant, per_track: int = 3
) -> tuple[Effect, ...]:
    """The extrema of ALT - REF, gains and losses apart, by family and then by size.

    A track's differences below its assay's `least_effect` are no effect; of two extrema of one sign
    that are closer than the assay's separation, the smaller one is left out.

    Args:
        per_track: at most so many a track.
    """
    difference = tracks.difference().values
    effects = [
        _effect(tracks, variant, column, place)
        for column in affected_columns(tracks.ref.tracks, np.abs(difference).max(axis=0))
        for place in _extrema(tracks, variant, column, difference[:, column])[:per_track]
    ]
    return tuple(sorted(effects, key=_rank))


def affected_columns(tracks: Sequence[TrackMetadata], largest: FloatArray) -> list[int]:
    """The tracks with an effect: they change by their assay's `least_effect` or more.

    Args:
        largest: float32[tracks], |ALT - REF| where it is largest.
    """
    least = np.array([track.assay.facts.least_effect for track in tracks])
    columns: list[int] = np.flatnonzero(largest >= least).tolist()
    return columns


def distance_words(distance: int, strand: str) -> str:
    """`12 bp downstream` on the strand; `12 bp to the right` where there is none."""
    if distance == 0:
        return "at the variant"
    if strand == ".":
        return f"{abs(distance):,} bp to the {'right' if distance > 0 else 'left'}"
    downstream = (distance > 0) == (strand == "+")
    return f"{abs(distance):,} bp {'downstream' if downstream else 'upstream'}"


def signed_distance(interval: Interval, variant: Variant) -> int:
    """bp from the nearest base of the REF allele to the nearest of `interval`; 0 on overlap."""

    def distance(change: Variant) -> int:
        if interval.start >= change.end:
            return interval.start - (change.end - 1)
        return min(interval.end - 1 - change.start, 0)

    return min(map(distance, variant.changes), key=abs)


def is_deleted(interval: Interval, variant: Variant) -> bool:
    """Whether ALT lacks all of these bases."""
    return variant.deletes(interval.start, interval.end)


def _rank(effect: Effect) -> tuple[int, float, int, str]:
    family = _FAMILIES.index(effect.track.assay.family)
    return family, -abs(effect.difference), abs(effect.distance), effect.track.label


def _extrema(
    tracks: AlleleTracks, variant: Variant, column: int, difference: FloatArray
) -> list[int]:
    """Bins of the extrema of one track, the largest first."""
    data = tracks.ref
    facts = data.tracks[column].assay.facts
    near = (variant.start - data.interval.start) // data.resolution
    apart = -(-facts.separation // data.resolution)
    extrema = [
        place
        for heights in (difference, -difference)
        for place in peaks(heights, facts.least_effect, apart, near)
    ]
    return sorted(extrema, key=lambda place: (-abs(difference[place]), abs(place - near)))


def peaks(heights: npt.NDArray[np.float32], least: float, apart: int, near: int) -> list[int]:
    """Local maxima of at least `least`, `apart` bins or more from each other, highest first.

    Args:
        heights: float32[bins].
        near: bin to which the place of a flat top is the closest.
    """
    firsts = np.flatnonzero(np.r_[True, heights[1:] != heights[:-1]])
    lasts = np.r_[firsts[1:], len(heights)] - 1
    levels = np.r_[-np.inf, heights[firsts], -np.inf]
    middle = levels[1:-1]
    tops = (middle > levels[:-2]) & (middle > levels[2:]) & (middle >= least)
    places = np.clip(near, firsts[tops], lasts[tops])
    chosen: list[int] = []
    for place in places[np.lexsort((np.abs(places - near), -heights[places]))].tolist():
        if all(abs(place - other) >= apart for other in chosen):
            chosen.append(place)
    return chosen


def _effect(tracks: AlleleTracks, variant: Variant, column: int, place: int) -> Effect:
    data = tracks.ref
    track = data.tracks[column]
    start = data.interval.start + place * data.resolution
    interval = Interval(data.interval.chrom, start, start + data.resolution, track.strand)
    return Effect(
        track=track,
        interval=interval,
        ref=float(data.values[place, column]),
        alt=float(tracks.alt.values[place, column]),
        distance=signed_distance(interval, variant),
        deleted=is_deleted(interval, variant),
    )


def _subject(track: TrackMetadata) -> str:
    """`donor` of the track Splice donor; other names as they are."""
    if track.assay.facts.is_splice_site:
        return track.name.lower().removeprefix("splice ")
    return f"{track.name} occupancy" if track.assay.facts.is_motif else track.name


def _rounded(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 100 else f"{value:,.0f}"
