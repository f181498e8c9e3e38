"""Splice junctions as arcs: as high and as wide as they are used, + above and - below the line.

Unlike the arcs of `sashimi`, which join predicted sites by a rule, these are the values that a
model gives for each junction. One whose intron has no end in what is drawn is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.site_data import FloatArray, IntArray
from genoview.figure.panels.frame.axis import edge_x
from genoview.figure.panels.frame.row import Legend, Row, View
from genoview.figure.panels.frame.scale import Scale, end_ticks, natural_scale, range_of, symmetric
from genoview.figure.panels.frame.text import number
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.signal.alleles import DIFFERENCE, LEAST_REACH, change_legend, change_on
from genoview.figure.panels.signal.signal import NOT_PREDICTED
from genoview.figure.panels.signal.substitutions import signed
from genoview.figure.panels.splicing.junction_arcs import Arc, curves, hover_traces, labels

JUNCTION_HEIGHT = 64  # px a strand
CHANGE_HEIGHT = 96  # px of ALT - REF
MAX_ARCS = 30  # of a row; the most used of those in view are drawn
LEAST_SHARE = 0.005  # of the axis: a lower arc is a line on it
ALIKE = 0.02  # of the axis: alleles that differ less are drawn once
HEADROOM = 1.35  # axis above the highest arc, with its label


def junction_row(
    junctions: Junctions, view: View, theme: Theme, *, scale: Scale | None = None, title: str = ""
) -> Row:
    """The first column's junctions, the most used of them.

    Args:
        scale: of usage; a logarithm is not taken.
    """
    near = _near(junctions, view)
    values = near.values[:, 0]
    top = _top([near], scale)
    kept, n_weaker = _strongest(near, values, LEAST_SHARE * top)
    words = [number(float(values[i])) for i in kept]
    arcs = _arcs(near, kept, values, top, list(zip(words, words, strict=True)))
    colour = theme.families[junctions.tracks[0].assay.family]
    row = _row(junctions, view, theme, top, n_weaker, len(kept))
    traces = (
        *curves(arcs, view, colour),
        *labels(arcs, view, theme),
        *hover_traces(arcs, view, "Junction"),
    )
    return replace(row, title=title or row.title, traces=traces, scale_group=_group(scale))


def junction_allele_rows(
    ref: Junctions,
    alt: Junctions,
    view: View,
    theme: Theme,
    *,
    scale: Scale | None = None,
    title: str = "",
) -> tuple[Row, Row]:
    """REF's junctions and, where they differ, ALT's over them; and ALT - REF of each.

    A junction that one allele lacks is 0 there: gained ones stand out in the second row.

    Raises:
        TrackError: the alleles differ in tracks or interval.
    """
    before, after = (_near(allele, view) for allele in ref.aligned(alt))
    old, new = (np.nan_to_num(allele.values[:, 0]) for allele in (before, after))
    top = _top([before, after], scale)
    most = np.maximum(old, new)
    kept, n_weaker = _strongest(before, most, LEAST_SHARE * top)
    words = [f"REF {number(float(old[i]))}, ALT {number(float(new[i]))}" for i in kept]
    tops = [number(float(most[i])) for i in kept]
    everything = _arcs(before, kept, most, top, list(zip(tops, words, strict=True)))
    differ = np.abs(new - old)[kept] >= ALIKE * top
    of_ref = _arcs(before, kept[old[kept] > 0], old, top)
    of_alt = _arcs(before, kept[differ & (new[kept] > 0)], new, top)
    row = _row(ref, view, theme, top, n_weaker, len(kept))
    both = replace(
        row,
        title=title or row.title,
        traces=(
            *curves(of_alt, view, theme.alt),
            *curves(of_ref, view, theme.ref),
            *labels(everything, view, theme),
            *hover_traces(everything, view, "Junction"),
        ),
        scale_group=_group(scale),
        legend=(Legend("REF", theme.ref), Legend("ALT", theme.alt)),
    )
    captions = dict(zip(kept.tolist(), words, strict=True))
    return both, change_on(_change_row(before, new - old, captions, top, view, theme), scale)


def _change_row(
    near: Junctions,
    change: FloatArray,
    captions: Mapping[int, str],
    top: float,
    view: View,
    theme: Theme,
) -> Row:
    """ALT - REF of the junctions that are drawn: more upward, less downward, on both strands.

    Args:
        captions: REF and ALT in words, of each junction that is drawn.
    """
    kept = np.array(list(captions), dtype=np.int64)
    largest = float(np.abs(change[kept]).max(initial=0))
    reach = symmetric(max(largest, LEAST_REACH * top))
    changed = np.abs(change[kept]) >= LEAST_SHARE * top
    chosen = kept[changed][np.argsort(-np.abs(change[kept][changed]), kind="stable")]
    signs = [signed(float(change[i])) for i in chosen]
    full = [
        (sign, f"{sign} ({captions[i]})") for sign, i in zip(signs, chosen.tolist(), strict=True)
    ]
    arcs = _arcs(near, chosen, change, reach[1], full, upward=True)
    gained = [arc for arc in arcs if arc.height > 0]
    lost = [arc for arc in arcs if arc.height < 0]
    return Row(
        title=DIFFERENCE,
        unit=near.tracks[0].unit,
        traces=(
            *curves(gained, view, theme.gain),
            *curves(lost, view, theme.loss),
            *labels(arcs, view, theme),
            *hover_traces(arcs, view, DIFFERENCE),
        ),
        height_px=CHANGE_HEIGHT,
        y_range=(reach[0] * HEADROOM, reach[1] * HEADROOM),
        ticks=end_ticks(reach),
        colour=theme.families[near.tracks[0].assay.family],
        predicted=True,
        covered=near.interval,
        legend=change_legend(theme, above=bool(gained), below=bool(lost)),
        message=_message(near, view, len(arcs), "no junction differs in view"),
    )


def _near(junctions: Junctions, view: View) -> Junctions:
    """Those with an end in what is drawn; one that only spans it would be a line across."""
    drawn = view.drawn
    first, last = junctions.start, junctions.end - 1
    inside = [(place >= drawn.start) & (place < drawn.end) for place in (first, last)]
    return junctions.where(inside[0] | inside[1])


def _top(alleles: Sequence[Junctions], scale: Scale | None) -> float:
    """Top of the axis: the most used junction near the view, or what the reader fixed."""
    scale = scale or natural_scale(alleles[0].tracks[0].unit)
    return range_of([allele.values[:, 0] for allele in alleles], replace(scale, log=False))[1]


def _group(scale: Scale | None) -> str:
    return scale.group if scale is not None else ""


def _strongest(near: Junctions, values: FloatArray, least: float) -> tuple[IntArray, int]:
    """The most used, by place where two are used alike; and how many used ones are left out."""
    known = np.flatnonzero(np.nan_to_num(values) > 0)
    order = np.lexsort((near.end[known], near.start[known], -values[known]))
    ranked: IntArray = known[order].astype(np.int64)
    kept = ranked[values[ranked] >= least][:MAX_ARCS]
    return kept, len(ranked) - len(kept)


def _arcs(
    near: Junctions,
    chosen: IntArray,
    values: npt.NDArray[np.float32],
    top: float,
    captions: Sequence[tuple[str, str]] = (),
    *,
    upward: bool = False,
) -> list[Arc]:
    """Arcs of the chosen junctions: on their strand's side, or on that of their value's sign.

    Args:
        captions: of each, what stands on the arc and what the pointer says of it.
    """
    arcs = []
    for n, i in enumerate(chosen.tolist()):
        strand = 1 if upward else int(near.strand[i])
        height = float(np.clip(values[i], -top, top)) * strand
        start, end = int(near.start[i]), int(near.end[i])
        label, words = captions[n] if captions else ("", "")
        hover = f"{_intron_words(near, i)} {words}" if captions else ""
        share = abs(height) / top
        key = f"{'+' if near.strand[i] > 0 else '-'}{start + 1}-{end}"
        arcs.append(Arc(edge_x(start), edge_x(end), height, share, label, hover, key))
    return arcs


def _intron_words(near: Junctions, i: int) -> str:
    """`1,101-1,200 (100 bp, +)`: an intron's first and last base as a person counts."""
    intron = Interval("", int(near.start[i]), int(near.end[i]))
    place = intron.to_ucsc().removeprefix(":")
    return f"{place} ({intron.width:,} bp, {'+' if near.strand[i] > 0 else '−'})"


def _row(
    junctions: Junctions, view: View, theme: Theme, top: float, n_weaker: int, n_drawn: int
) -> Row:
    """Everything but the traces; strands are those of all, so that no pan changes the height."""
    track = junctions.tracks[0]
    down = bool(np.any(junctions.strand < 0))
    up = bool(np.any(junctions.strand > 0)) or not down
    strands = "+↑ −↓" if down and up else "− strand" if down else ""
    return Row(
        title=track.label,
        unit=", ".join(filter(None, (track.unit, strands))),
        height_px=JUNCTION_HEIGHT * (down + up),
        y_range=(-top * down * HEADROOM, top * up * HEADROOM),
        ticks=end_ticks((-top * down, top * up)),
        signed=False,
        colour=theme.families[track.assay.family],
        predicted=True,
        covered=junctions.interval,
        message=_message(junctions, view, n_drawn, "no junction begins or ends in view"),
        words=_weaker(n_weaker, -top * down * HEADROOM, theme),
    )


def _message(junctions: Junctions, view: View, n_drawn: int, otherwise: str) -> str:
    if not junctions.interval.overlaps(view.drawn):
        return NOT_PREDICTED
    return "" if n_drawn else otherwise


def _weaker(n: int, bottom: float, theme: Theme) -> tuple[dict[str, Any], ...]:
    """`12 weaker junctions not drawn` in the row's lower corner; nothing where all are."""
    if not n:
        return ()
    place = {"xref": "paper", "x": 1, "xanchor": "right", "y": bottom, "yanchor": "bottom"}
    text = f"{n:,} weaker junction{'s' * (n != 1)} not drawn"
    font = {"size": SMALL, "color": theme.muted}
    return ({**place, "text": text, "showarrow": False, "font": font},)
