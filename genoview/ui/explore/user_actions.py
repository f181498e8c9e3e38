"""What the reader did in the track view -> the next ViewState.

The browser sends an act as JSON, which anybody can write: what is malformed, unknown or without
effect on this view gives None, and nothing is taken over from it unchecked.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from genoview.errors import GenoviewError
from genoview.figure.options import USUAL, RowChoice, is_colour, is_label
from genoview.ui.explore import window_actions
from genoview.ui.explore.window_actions import Act, bounds_of, number
from genoview.ui.explore.window_actions import PageState as PageState
from genoview.ui.page.url import SHOWN, ViewState
from genoview.ui.page.url_parts import MAX_PARTS, Band

# A field of an act's choice -> the field of RowChoice.
FIELDS = MappingProxyType(
    {
        "height": "height_px",
        "style": "style",
        "scale": "scale",
        "low": "y_min",
        "high": "y_max",
        "log": "log",
        "colour": "colour",
    }
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def apply(act: object, state: ViewState, page: PageState) -> ViewState | None:
    """The state after an act, or None where there is nothing to do.

    Acts, with positions 1-based and both ends included:
        {"kind": "order", "ids": [...]}: rows from the top.
        {"kind": "hide" | "show", "id": ...}
        {"kind": "row", "id": ..., "choice": {height, style, scale, low, high, log, colour}}: what
            is named changes, null goes back to the usual; a null choice does so for all.
        {"kind": "highlight", "start": ..., "end": ..., "colour": "#rrggbb", "label": ...}: the
            last two may be left out; a place that is highlighted already gets the new ones.
        {"kind": "unhighlight", "start": ..., "end": ...}
        {"kind": "edit", "start": ..., "end": ..., "bases": "ACGT"}: other bases, or none, in place
            of these; beside a variant that is shown, both are on one haplotype.
        {"kind": "extend", "side": "left" | "right"}
        {"kind": "go", "position": ...}: as wide as now, around that base.
        {"kind": "fold", "shown": true | false}: rows that the variant does not change.
    """
    match act:
        case {"kind": str(kind), **rest} if kind in _ACTS:
            changed = _ACTS[kind]({str(key): value for key, value in rest.items()}, state, page)
            return changed if changed != state else None
    return None


def _order(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    match act:
        case {"ids": [*ids], **rest} if not rest and _are_rows(ids, page.rows):
            if len(set(ids)) < len(ids):
                return None
            usual = [i for i in page.rows if i not in page.optional]
            order = _with_unseen(ids, page.rows, page.optional)
            return replace(state, order=() if order == usual else tuple(order))
    return None


def _with_unseen(
    ids: Sequence[str], rows: Sequence[str], optional: Collection[str] = ()
) -> list[str]:
    """All rows in the order of those in view; one not in view stays behind its usual neighbour.

    An optional row that is not in view stays away: to name it would show it.
    """
    order, before = list(ids), ""
    for row_id in rows:
        if row_id not in order:
            if row_id in optional:
                continue
            order.insert(order.index(before) + 1 if before else 0, row_id)
        before = row_id
    return order


def _with_named(row_id: str, state: ViewState, page: PageState) -> tuple[str, ...]:
    """The order with an optional row behind its usual neighbour."""
    away = [i for i in page.optional if i != row_id and i not in state.order]
    named = [i for i in state.order if i in page.rows]
    named += [i for i in page.rows if i not in named and i not in (row_id, *away)]
    return tuple(_with_unseen(named, page.rows, away))


def _are_rows(ids: Sequence[object], rows: Collection[str]) -> bool:
    return all(isinstance(row_id, str) and row_id in rows for row_id in ids)


def _hide(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    match act:
        case {"id": str(row_id), **rest} if not rest and row_id in page.rows:
            if row_id in page.optional:  # not named, it is not shown
                order = [i for i in state.order if i != row_id]
                usual = [i for i in page.rows if i not in page.optional]
                return replace(state, order=() if order == usual else tuple(order))
            return replace(state, hidden=tuple(dict.fromkeys((*state.hidden, row_id))))
    return None


def _show(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    match act:
        case {"id": str(row_id), **rest} if not rest and row_id in page.rows:
            hidden = tuple(i for i in state.hidden if i != row_id)
            if row_id in page.optional and row_id not in state.order:
                return replace(state, hidden=hidden, order=_with_named(row_id, state, page))
            return replace(state, hidden=hidden)
    return None


def _fold(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    match act:
        case {"shown": bool(shown), **rest} if not rest:
            return replace(state, unchanged=SHOWN if shown else "")
    return None


def _row(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    match act:
        case {"id": str(row_id), "choice": choice, **rest} if not rest and row_id in page.rows:
            old = dict(state.rows).get(row_id, USUAL)
            merged = USUAL if choice is None else _merged(old, choice)
            if merged is None:
                return None
            others = tuple(row for row in state.rows if row[0] != row_id)
            rows = others if merged == USUAL else (*others, (row_id, merged))
            return replace(state, rows=rows) if len(rows) <= MAX_PARTS else None
    return None


def _merged(old: RowChoice, choice: object) -> RowChoice | None:
    """The choice with what is named in `choice`."""
    if not isinstance(choice, Mapping) or not choice or not choice.keys() <= FIELDS.keys():
        return None
    fields = {}
    for key, sent in choice.items():
        name = FIELDS[key]
        value = getattr(USUAL, name) if sent is None else _READ[key](sent)
        if value is None and sent is not None:
            return None
        fields[name] = value
    try:
        return replace(old, **fields)
    except GenoviewError:
        return None


def _whole(sent: object) -> int | None:
    value = number(sent)
    return None if value is None else round(value)


def _word(sent: object) -> str | None:
    return sent if isinstance(sent, str) and sent else None


def _switch(sent: object) -> bool | None:
    return sent if isinstance(sent, bool) else None


def _colour(sent: object) -> str | None:
    return sent.lower() if isinstance(sent, str) and _COLOUR.fullmatch(sent) else None


_READ: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        "height": _whole,
        "style": _word,
        "scale": _word,
        "low": number,
        "high": number,
        "log": _switch,
        "colour": _colour,
    }
)


def _highlight(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    if not act.keys() <= {"start", "end", "colour", "label"}:
        return None
    bounds = bounds_of(act)
    colour, label = act.get("colour") or "", act.get("label") or ""
    if bounds is None or not isinstance(colour, str) or not isinstance(label, str):
        return None
    colour, label = colour.lower(), " ".join(label.split())
    whole = page.request.locus.interval
    if not (is_colour(colour) and is_label(label)):
        return None
    if not whole.overlaps(replace(whole, start=bounds[0], end=bounds[1])):
        return None
    others = _without(state, bounds)
    if len(others) >= MAX_PARTS:
        return None
    return replace(state, highlights=(*others, Band(*bounds, colour, label)))


def _unhighlight(act: Act, state: ViewState, page: PageState) -> ViewState | None:
    bounds = bounds_of(act) if act.keys() == {"start", "end"} else None
    return None if bounds is None else replace(state, highlights=_without(state, bounds))


def _without(state: ViewState, bounds: tuple[int, int]) -> tuple[Band, ...]:
    return tuple(band for band in state.highlights if (band.start, band.end) != bounds)


_ACTS: Mapping[str, Callable[[Act, ViewState, PageState], ViewState | None]] = MappingProxyType(
    {
        "order": _order,
        "hide": _hide,
        "show": _show,
        "fold": _fold,
        "row": _row,
        "highlight": _highlight,
        "unhighlight": _unhighlight,
        "edit": window_actions.edited,
        "extend": window_actions.extended,
        "go": window_actions.moved,
    }
)
