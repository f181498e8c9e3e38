"""Predicted donors and acceptors -> which would be joined, by their probabilities alone.

A donor (last base of an exon) may be joined with an acceptor (first base of an exon) downstream
where the intron between them is 50 to 100,000 bp long. A pair's score is the lesser of the two
probabilities, times the chance that no exon between them is used: the product of 1 - p over the
acceptors between, or over the donors between, whichever is less. Sites within 200 bp of the
pair's own site of their kind are its alternatives, and stand in nobody's way. Pairs from 0.2 on
are drawn, two at most for each site. These are not junction counts: no model here predicts those.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from genoview.data.track_data import TrackData

SHORTEST, LONGEST = 50, 100_000  # bp of an intron; few of human are outside
ALTERNATIVE = 200  # bp between sites of one kind that compete for the same exon's end
LEAST = 0.2  # score of a pair that is drawn
FLOOR = 0.05  # probability from which a site counts, and the lowest score shown
PER_SITE = 2  # pairs of a donor, and of an acceptor
MAX_SITES = 2_000  # of a strand; the strongest are kept

Ends = tuple[float, float]
"""0-based positions of a donor and an acceptor."""


@dataclass(frozen=True, slots=True)
class _Site:
    """Where it lies, counted in the direction of reading, and how likely it is."""

    at: float
    is_acceptor: bool
    probability: float


def has_both(data: TrackData, strand: str) -> bool:
    """Whether a strand has tracks of donors and of acceptors."""
    kinds = {_is_acceptor(data, c) for c in _columns(data, strand)}
    return kinds == {True, False}


def scored_pairs(data: TrackData, strand: str) -> dict[Ends, float]:
    """Every pair of a strand that scores at least `FLOOR`."""
    sign = -1 if strand == "-" else 1
    sites = _sites(data, strand, sign)
    pairs: dict[Ends, float] = {}
    for i, donor in enumerate(sites):
        if not donor.is_acceptor:
            for acceptor_at, score in _partners(donor, islice(sites, i + 1, None)):
                pairs[sign * donor.at, sign * acceptor_at] = score
    return pairs


def chosen(pairs: dict[Ends, float]) -> list[Ends]:
    """The pairs to draw: the best first, at most `PER_SITE` for each donor and acceptor."""
    kept: list[Ends] = []
    of_donor: Counter[float] = Counter()
    of_acceptor: Counter[float] = Counter()
    for _, donor, acceptor in sorted(
        (-score, *ends) for ends, score in pairs.items() if score >= LEAST
    ):
        if of_donor[donor] < PER_SITE and of_acceptor[acceptor] < PER_SITE:
            of_donor[donor] += 1
            of_acceptor[acceptor] += 1
            kept.append((donor, acceptor))
    return kept


def _columns(data: TrackData, strand: str) -> list[int]:
    return [c for c, track in enumerate(data.tracks) if track.strand == strand]


def _is_acceptor(data: TrackData, column: int) -> bool:
    return "acceptor" in data.tracks[column].name.lower()


def _sites(data: TrackData, strand: str, sign: int) -> list[_Site]:
    """The strongest sites of a strand in the direction of reading."""
    if not has_both(data, strand):
        return []
    sites: list[_Site] = []
    for column in _columns(data, strand):
        values = data.values[:, column]
        bins = np.flatnonzero(values >= FLOOR)
        if len(bins) > MAX_SITES:
            bins = bins[np.argsort(-values[bins], kind="stable")[:MAX_SITES]]
        middles = data.interval.start + (bins + 0.5) * data.resolution - 0.5
        kind = _is_acceptor(data, column)
        sites += [
            _Site(sign * at, kind, min(value, 1.0))
            for at, value in zip(middles.tolist(), values[bins].tolist(), strict=True)
        ]
    return sorted(sites, key=lambda site: site.at)


def _partners(donor: _Site, downstream: Iterable[_Site]) -> Iterator[tuple[float, float]]:
    """Where the acceptors lie that this donor may be joined with, and the scores."""
    free_of_donors = free_of_acceptors = 1.0
    near: deque[tuple[float, float]] = deque()  # may be alternatives of the next acceptor
    own_at, own = donor.at, donor.probability
    free = 1.0
    for site in downstream:
        at, probability = site.at, site.probability
        length = at - own_at - 1
        if length > LONGEST or own * free < FLOOR:
            return
        if not site.is_acceptor:
            if length + 1 > ALTERNATIVE:
                free_of_donors *= 1 - probability
                free = min(free_of_donors, free_of_acceptors)
            continue
        if length < SHORTEST:
            continue
        while near and at - near[0][0] > ALTERNATIVE:
            free_of_acceptors *= 1 - near.popleft()[1]
            free = min(free_of_donors, free_of_acceptors)
        score = min(own, probability) * free
        if score >= FLOOR:
            yield at, score
        near.append((at, probability))


def heights(data: TrackData, strand: str, ends: Ends) -> tuple[float, float]:
    """Probabilities at the places of a donor and an acceptor."""
    highest = [0.0, 0.0]
    for column in _columns(data, strand):
        kind = int(_is_acceptor(data, column))
        place = int((ends[kind] - data.interval.start) // data.resolution)
        highest[kind] = max(highest[kind], float(data.values[place, column]))
    return highest[0], highest[1]
