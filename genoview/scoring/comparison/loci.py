"""REF of two models over one interval -> correlation of their tracks, and shared splice sites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.track_data import FloatArray, TrackData, TrackMetadata
from genoview.scoring.comparison.sites import kind_of
from genoview.scoring.comparison.statistics import Series, pearson, spearman

CONFIDENT = 0.5  # of a splice site, from which on it is counted
Key = tuple[str, str, str]
"""Acceptor or donor, biosample, strand; what is not known of a track is empty."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tracks over the same bins.

    Attributes:
        titles: of the models.
        tracks: in words.
        units: of the two; where they or their assays differ only ranks are compared.
        pearson: None for other units, and where a track does not vary.
        resolution: bp a bin; the coarser one of the two.
    """

    titles: tuple[str, str]
    tracks: tuple[str, str]
    strand: str
    units: tuple[str, str]
    same_unit: bool
    pearson: float | None
    spearman: float | None
    n_bins: int
    resolution: int


@dataclass(frozen=True, slots=True)
class SitePair:
    """Splice sites above `CONFIDENT`, each in its model's own unit.

    Attributes:
        with_kinds: both models distinguish acceptors from donors; otherwise places are counted.
    """

    titles: tuple[str, str]
    n_first: int
    n_second: int
    n_both: int
    with_kinds: bool


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    track: TrackMetadata
    values: Series


def pairs(answers: Sequence[Answer], interval: Interval) -> tuple[Pair, ...]:
    """Of each two models the tracks that are of one thing, or else all of a strand together."""
    result = []
    for first_answer, second_answer in combinations(answers, 2):
        first, second, shared = (
            first_answer.ref.data,
            second_answer.ref.data,
            _shared(first_answer, second_answer, interval),
        )
        if shared is None:
            continue
        step = max(first.resolution, second.resolution)
        lines = (_lines(first, shared, step), _lines(second, shared, step))
        if not any(_is_comparable(key, *lines) for key in lines[0].keys() & lines[1].keys()):
            lines = (_pooled(first, shared, step), _pooled(second, shared, step))
        titles = (first_answer.card.title, second_answer.card.title)
        for key, line in lines[0].items():
            if key in lines[1]:
                result.append(_pair(titles, line, lines[1][key], key[2], step))
    return tuple(result)


def _shared(first_answer: Answer, second_answer: Answer, interval: Interval) -> Interval | None:
    """What both predicted of the interval, in whole bins of the coarser model."""
    first = first_answer.ref.data.interval.intersection(second_answer.ref.data.interval)
    return None if first is None else first.intersection(interval)


def _is_comparable(key: Key, first: dict[Key, _Line], second: dict[Key, _Line]) -> bool:
    """Whether both tracks are of one named thing, or of one assay."""
    return bool(key[0] or key[1]) or first[key].track.assay is second[key].track.assay


def _pair(titles: tuple[str, str], a: _Line, b: _Line, strand: str, step: int) -> Pair:
    same = (a.track.assay, a.track.unit) == (b.track.assay, b.track.unit)
    return Pair(
        titles,
        (a.words, b.words),
        strand,
        (a.track.unit, b.track.unit) if same else (_unit(a.track), _unit(b.track)),
        same,
        pearson(a.values, b.values) if same else None,
        spearman(a.values, b.values),
        len(a.values),
        step,
    )


def _unit(track: TrackMetadata) -> str:
    return f"{track.unit} ({track.assay.label})"


def _lines(data: TrackData, interval: Interval, step: int) -> dict[Key, _Line]:
    """The first track of each key: a model names its own best first."""
    values = _binned(data, interval, step)
    lines: dict[Key, _Line] = {}
    for column, track in enumerate(data.tracks):
        kind = kind_of(track) if track.assay.facts.is_splice_site else ""
        key = kind, track.biosample.curie if track.biosample else "", track.strand
        lines.setdefault(key, _Line(track.name, track, values[:, column]))
    return lines


def _pooled(data: TrackData, interval: Interval, step: int) -> dict[Key, _Line]:
    """All tracks of a strand: of splice sites the largest, of others the mean."""
    values = _binned(data, interval, step)
    lines: dict[Key, _Line] = {}
    for strand in dict.fromkeys(track.strand for track in data.tracks):
        columns = [i for i, track in enumerate(data.tracks) if track.strand == strand]
        track = data.tracks[columns[0]]
        pool: Callable[..., Series] = np.max if track.assay.facts.is_splice_site else np.mean
        how = "largest" if track.assay.facts.is_splice_site else "mean"
        words = f"{how} of {len(columns)} tracks" if len(columns) > 1 else track.name
        lines["", "", strand] = _Line(words, track, pool(values[:, columns], axis=1))
    return lines


def _binned(data: TrackData, interval: Interval, step: int) -> FloatArray:
    """float32[bins of `step` bp, tracks]: the mean of what lies in each; no part of a bin."""
    n_bins = interval.width // step
    if data.resolution == step == 1:
        return data.slice(interval).values[:n_bins]
    bases = np.arange(interval.start, interval.start + n_bins * step)
    rows = ((bases - data.interval.start) // data.resolution).reshape(n_bins, step)
    total = np.zeros((n_bins, len(data.tracks)), np.float64)
    for offset in range(step):
        total += data.values[rows[:, offset]]
    return np.asarray(total / step, np.float32)


def site_pairs(answers: Sequence[Answer], interval: Interval) -> tuple[SitePair, ...]:
    """Of each two models of splice sites how many they share."""
    result = []
    for first_answer, second_answer in combinations(answers, 2):
        shared = _shared(first_answer, second_answer, interval)
        tracks = (first_answer.ref.data.tracks, second_answer.ref.data.tracks)
        if shared is None or not all(track[0].assay.facts.is_splice_site for track in tracks):
            continue
        with_kinds = all(kind_of(track) for of_model in tracks for track in of_model)
        first, second = (
            _sites(answer.ref.data, shared, with_kinds) for answer in (first_answer, second_answer)
        )
        titles = (first_answer.card.title, second_answer.card.title)
        result.append(SitePair(titles, len(first), len(second), len(first & second), with_kinds))
    return tuple(result)


def _sites(data: TrackData, interval: Interval, with_kinds: bool) -> set[tuple[int, str, str]]:
    """Position, strand and kind of each base above `CONFIDENT`."""
    part = data.slice(interval)
    rows, columns = np.nonzero(part.values > CONFIDENT)
    return {
        (
            part.interval.start + row * part.resolution,
            part.tracks[column].strand,
            kind_of(part.tracks[column]) if with_kinds else "",
        )
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    }
