"""A change without the bases that REF and ALT share, and where else it may be written."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from genoview.data.genome import Interval, Variant

Fetch = Callable[[Interval], str]
_STEP = 128  # bp read at a time


@dataclass(frozen=True, slots=True)
class Edit:
    """Forward bases that differ alone; `ref` or `alt` may be empty. `start` is 0-based."""

    chrom: str
    start: int
    ref: str
    alt: str

    @property
    def end(self) -> int:
        return self.start + len(self.ref)

    def moved(self, n_bases: int) -> "Edit":
        """To the right, or to the left where negative; the bases turn along."""
        bases = self.ref or self.alt
        turn = n_bases % len(bases)
        bases = bases[turn:] + bases[:turn]
        ref, alt = (bases, "") if self.ref else ("", bases)
        return replace(self, start=self.start + n_bases, ref=ref, alt=alt)


def edit_of(variant: Variant) -> Edit:
    """Without bases that REF and ALT share at their ends."""
    ref, alt, start = variant.ref, variant.alt, variant.start
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        ref, alt, start = ref[1:], alt[1:], start + 1
    return Edit(variant.chrom, start, ref, alt)


def room(edit: Edit, fetch: Fetch, backward: bool) -> int:
    """bp by which an insertion or deletion can move to the right, or to the left if `backward`."""
    bases = edit.ref or edit.alt
    if edit.ref and edit.alt:
        return 0
    if backward:
        bases = bases[::-1]
    moved = 0
    while True:
        if backward:
            end = edit.start - moved
            if end <= 0:
                return moved
            chunk = fetch(Interval(edit.chrom, max(end - _STEP, 0), end))[::-1]
        else:
            start = edit.end + moved
            chunk = fetch(Interval(edit.chrom, start, start + _STEP))
        for base in chunk:
            if base != bases[moved % len(bases)]:
                return moved
            moved += 1


def most_3prime(edit: Edit, fetch: Fetch, backward: bool) -> Edit:
    """The same change where HGVS writes it."""
    if edit.ref and edit.alt:
        return edit
    moved = room(edit, fetch, backward)
    return edit.moved(-moved if backward else moved)
