"""Long lists -> what a file holds of them: of each kind its largest, in their order."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")


def bounded(
    items: Sequence[T], most: int, kind: Callable[[T], Hashable], size: Callable[[T], float]
) -> list[T]:
    """All where they are few; else the largest of each kind, so that no kind is crowded out.

    Args:
        most: that are kept; each of `n` kinds has `most / n` of them, at least one.
    """
    if len(items) <= most:
        return list(items)
    share = max(most // len({kind(one) for one in items}), 1)
    taken: Counter[Hashable] = Counter()
    kept = set[int]()
    for i in sorted(range(len(items)), key=lambda i: (-size(items[i]), i)):
        if taken[kind(items[i])] < share:
            taken[kind(items[i])] += 1
            kept.add(i)
    return [one for i, one in enumerate(items) if i in kept]
