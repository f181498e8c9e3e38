"""Which edits share the computation of REF, and which go side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genoview.models.variant_batch import Edit

FARTHEST = 5_000  # bp between what is wanted of two edits up to which they share a stretch
LONGEST_STRETCH = 50_000  # bp of outputs: a layer of REF is 8 MB, and four are in memory
MOST_EDITS = 128  # a stretch, of which each takes up to 1.3 MB where the cones are widest
SPREAD = 32  # bp by which alleles computed side by side may differ in length
MOST_PLACES = 40_000  # of the widest layer, over all edits side by side: to stay in the caches
REACH = 5_000  # bp that the layers reach on each side


@dataclass(frozen=True, slots=True)
class Group:
    """Edits that share a stretch, by their places in the list; it is wanted from first to last."""

    first: int
    last: int
    members: tuple[int, ...]


def groups(edits: Sequence[Edit]) -> Iterator[Group]:
    """Edits in order of place, those that lie close together."""
    order = sorted(range(len(edits)), key=lambda i: (edits[i].first, edits[i].last))
    members: list[int] = []
    first = last = 0
    for i in order:
        edit = edits[i]
        too_far = edit.first - last > FARTHEST or edit.last - first > LONGEST_STRETCH
        if members and (too_far or len(members) == MOST_EDITS):
            yield Group(first, last, tuple(members))
            members = []
        if not members:
            first, last = edit.first, edit.last
        members.append(i)
        last = max(last, edit.last)
    if members:
        yield Group(first, last, tuple(members))


def sets(edits: Sequence[Edit], members: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Members whose alleles are of about one length, as many as are computed side by side."""

    def shape(i: int) -> tuple[int, int]:
        return edits[i].length_change, len(edits[i].alt)

    chosen: list[int] = []
    for i in sorted(members, key=shape):
        if chosen and not _fits(edits, [*chosen, i]):
            yield tuple(chosen)
            chosen = []
        chosen.append(i)
    if chosen:
        yield tuple(chosen)


def _fits(edits: Sequence[Edit], chosen: Sequence[int]) -> bool:
    """Whether they can be computed side by side: alike, and not too much at once."""
    some = [edits[i] for i in chosen]
    for values in (
        [edit.length_change for edit in some],
        [len(edit.alt) for edit in some],
        [edit.start - edit.first for edit in some],
        [edit.last - edit.start for edit in some],
    ):
        if max(values) - min(values) > SPREAD:
            return False
    longest = max(edit.last - edit.first + len(edit.alt) for edit in some)
    return len(some) * min(REACH + longest, 2 * REACH) <= MOST_PLACES
