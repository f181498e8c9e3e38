"""A gained splice site at the anchor of an insertion -> which of the inserted bases it is.

Values of inserted bases are drawn at their anchor, the last base of REF in the change; the splice
signal beside an exon, GT or GC behind it and AG before it, says which base is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from genoview.data.genome import Variant, reverse_complement
from genoview.scoring.splicing.events import DONOR, Site

SIGNALS = {DONOR: ("GT", "GC"), "acceptor": ("AG",)}


def placed(site: Site, variant: Variant | None, backward: bool) -> tuple[Site, ...]:
    """The site within inserted bases: the first of those it may be; one alone is certain."""
    change = next(
        (
            part
            for part in (variant.changes if variant else ())
            if part.length_change > 0 and part.end - 1 == site.at
        ),
        None,
    )
    if change is None:
        return (site,)
    candidates = _candidates(site, change, backward)
    if not candidates:  # any base from the anchor to the last that is inserted
        candidates = [len(change.ref) - 1, len(change.alt) - 1]
    return tuple(_at(site, change, candidates, backward))


def _at(site: Site, change: Variant, candidates: Sequence[int], backward: bool) -> Iterator[Site]:
    """The site beside these bases of ALT."""
    left_end = (site.kind == DONOR) == backward
    for at in candidates:
        behind_anchor = at - len(change.ref) + 1
        if not left_end or behind_anchor == 0:  # the exon has the bases up to it
            yield replace(site, inserted=behind_anchor)
        else:  # the exon begins within the insertion
            yield replace(site, at=site.at + 1, inserted=len(change.alt) - at)


def _candidates(site: Site, change: Variant, backward: bool) -> list[int]:
    """Bases of ALT, from the anchor on, beside which the signal stands; GT before GC."""
    places = range(len(change.ref) - 1, len(change.alt))
    behind = (site.kind == DONOR) != backward
    for signal in SIGNALS[site.kind]:
        seen = reverse_complement(signal) if backward else signal
        matches = [
            at
            for at in places
            if (change.alt[at + 1 : at + 3] if behind else change.alt[max(at - 2, 0) : at]) == seen
        ]
        if matches:
            return matches
    return []
