"""Acts that lead out of the window: its neighbour, or another place of the chromosome."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.query import MAX_CHANGED, format_query
from genoview.query.resolve import VARIANT_FLANK
from genoview.ui.page.url import FLANKS, ViewState, text_of_bounds

Act = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageState:
    """What is on the page while the reader acts.

    Attributes:
        view: the part in view.
        rows: ids that there can be, in the usual order.
        covered: parts of the chromosome that have sequence.
        length: of the chromosome, bp.
        optional: of the rows, those that are shown only where the order names them.
    """

    request: Request
    view: Interval
    rows: Sequence[str]
    covered: Sequence[Interval] = ()
    length: int = 0
    optional: Sequence[str] = ()


def number(sent: object) -> float | None:
    """A finite number; JSON's true is none."""
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        return None
    return float(sent) if abs(sent) < 1e12 and math.isfinite(sent) else None


def bounds_of(act: Act) -> tuple[int, int] | None:
    """0-based and half-open, of 1-based `start` and `end`."""
    start, end = number(act.get("start")), number(act.get("end"))
    if start is None or end is None or start != int(start) or end != int(end):
        return None
    return (int(start) - 1, int(end)) if 1 <= start <= end < 1e10 else None


def edited(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    """Other bases in place of some: a variant, or one more change on the haplotype shown."""
    bounds, bases = bounds_of(act), act.get("bases")
    if act.keys() != {"start", "end", "bases"} or bounds is None or not isinstance(bases, str):
        return None
    bases = "".join(bases.split()).upper()
    whole = page.request.locus.interval
    if not whole.contains(replace(whole, start=bounds[0], end=bounds[1])):
        return None
    if not set(bases) <= set("ACGT") or len(bases) > MAX_CHANGED:
        return None
    change = f"{whole.chrom}:{bounds[0] + 1}-{bounds[1]}>{bases or '-'}"
    before = page.request.variant
    q = change if before is None else f"{format_query(before)} + {change}"
    return replace(state, q=q, at=_at(page.view), versions=())


def extended(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    """The window's neighbour, half of it new; around a variant, a wider window."""
    side = act.get("side")
    if side not in ("left", "right") or len(act) > 1:
        return None
    if page.request.variant is not None:
        wider = [flank for flank in FLANKS if flank > (state.flank or VARIANT_FLANK)]
        return replace(state, flank=wider[0], at=_at(page.view)) if wider else None
    old = page.request.locus.interval
    part = next((part for part in page.covered if part.contains(old)), None)
    if part is None:
        return None
    if side == "left":
        shift = -min(old.width // 2, old.start - part.start)
    else:
        shift = min(old.width // 2, part.end - old.end)
    new = old.expanded(-shift, shift)
    seen = new.intersection(page.view) if shift else None
    if seen is None:
        return replace(state, q=format_query(new), at="") if shift else None
    return replace(state, q=format_query(new), at=_at(seen))


def moved(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    """Window and view around another base, as wide as they are, inside what has sequence.

    Where no base of the view would have any, the query is of that view: resolving it says so.
    """
    position = number(act.get("position"))
    if position is None or len(act) > 1 or not 1 <= position <= page.length:
        return None
    whole = page.request.locus.interval
    base = replace(whole, start=int(position) - 1, end=int(position))
    view = _around(base, page.view.width, replace(whole, start=0, end=page.length))
    part = next((interval for interval in page.covered if interval.overlaps(base)), None)
    part = part or next((interval for interval in page.covered if interval.overlaps(view)), None)
    if part is None:
        return replace(state, q=format_query(view), at="")
    window, view = (_around(base, width, part) for width in (whole.width, page.view.width))
    return replace(state, q=format_query(window), at="" if view == window else _at(view))


def _around(base: Interval, width: int, bounds: Interval) -> Interval:
    """`width` bp with the base in the middle, moved inside the bounds, and cut where too wide."""
    width = min(width, bounds.width)
    start = min(max(base.start - width // 2, bounds.start), bounds.end - width)
    return replace(base, start=start, end=start + width)


def _at(view: Interval) -> str:
    return text_of_bounds(view.start, view.end)
