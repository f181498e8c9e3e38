"""Packing of things with a width into lanes, so that none covers another."""

from collections.abc import Sequence

Span = tuple[float, float]
"""Left and right, in pixels."""


def packed(spans: Sequence[Span], max_lanes: int, gap: float) -> list[int | None]:
    """A lane for each span, from 0; None for those that no lane holds.

    Earlier spans choose first, so the order of `spans` is their importance. Where all fit when
    taken from left to right, which needs the fewest lanes, they are taken so.
    """
    by_left = sorted(range(len(spans)), key=lambda i: spans[i])
    lanes = _first_fit(spans, by_left, max_lanes, gap)
    if None in lanes:
        lanes = _first_fit(spans, range(len(spans)), max_lanes, gap)
    return lanes


def _first_fit(
    spans: Sequence[Span], order: Sequence[int], max_lanes: int, gap: float
) -> list[int | None]:
    lanes: list[list[Span]] = []
    chosen: list[int | None] = [None] * len(spans)
    for i in order:
        left, right = spans[i]
        lane = next((n for n, placed in enumerate(lanes) if _fits(placed, left, right, gap)), None)
        if lane is None and len(lanes) < max_lanes:
            lanes.append([])
            lane = len(lanes) - 1
        if lane is not None:
            lanes[lane].append((left, right))
            chosen[i] = lane
    return chosen


def _fits(placed: Sequence[Span], left: float, right: float, gap: float) -> bool:
    return all(right + gap <= other[0] or other[1] + gap <= left for other in placed)
