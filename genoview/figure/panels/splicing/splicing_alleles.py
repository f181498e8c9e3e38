"""Splice sites of REF and ALT as stems, and what changed as signed stems below."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.figure.panels.frame.axis import base_x
from genoview.figure.panels.frame.lane_packing import Span
from genoview.figure.panels.frame.row import Legend, Row, Trace, View, clickable
from genoview.figure.panels.frame.scale import Scale, end_ticks, range_of, symmetric
from genoview.figure.panels.frame.text import text_width
from genoview.figure.panels.frame.theme import SMALL, Theme
from genoview.figure.panels.signal.alleles import DIFFERENCE_HEIGHT, LEAST_REACH
from genoview.figure.panels.signal.signal import SIGNAL_HEIGHT, single_unit, visible_values
from genoview.figure.panels.splicing.sashimi import (
    ARC_PX,
    Arc,
    Axis,
    allele_arcs,
    arc_legend,
    arc_traces,
    in_view,
)
from genoview.figure.panels.splicing.splicing import SPLICE_CARD, none_message, site_legend
from genoview.figure.panels.splicing.stems import (
    THRESHOLD,
    find_stems,
    seen_stems,
    stem_px,
    stem_trace,
)

SITE_TOP = 1.05  # of the axis, so that a stem of 1 stays below the edge
NAMED_FROM = 0.1  # change of probability that is written beside its stem
TALL_SHARE = 0.5  # of the tallest stem: what words must not cover
MAX_NAMED = 4  # such words a row
REF_WIDENING = 2.6  # REF stands behind ALT and shows on both sides


def splice_allele_rows(
    alleles: AlleleTracks,
    view: View,
    theme: Theme,
    *,
    threshold: float = THRESHOLD,
    scale: Scale | None = None,
    arcs: bool = True,
) -> tuple[Row, ...]:
    """For each strand with a site in either allele, REF and ALT, then ALT - REF.

    A strand without any gets no rows; its absence is said in the other's label. Where neither
    has any, the rows of the first strand say so. `arcs` join predicted donors and acceptors: grey
    where the alleles agree, dashed where ALT has the pair no more or weaker, coloured where ALT
    has it anew or stronger.
    """
    strands = tuple(dict.fromkeys(track.strand for track in alleles.ref.tracks))
    seen = [strand for strand in strands if _reaches(alleles, strand, view, threshold)]
    rows: list[Row] = []
    for strand in seen or strands[:1]:
        absent = [other for other in strands if other not in seen and other != strand]
        pair = _of_strand(alleles, strand)
        both = _both_row(pair, view, theme, threshold, absent)
        both = _scaled(both, pair, view, scale) if scale else both
        both = _with_arcs(both, pair, view, theme) if arcs else both
        rows += [both, _change_row(pair.difference(), view, theme, threshold)]
    return tuple(rows)


def _scaled(row: Row, pair: AlleleTracks, view: View, scale: Scale) -> Row:
    """The row on the reader's scale instead of 0 to 1."""
    seen = [visible_values(data, view) for data in (pair.ref, pair.alt)]
    y_range = range_of(seen, scale)
    return replace(row, y_range=y_range, ticks=end_ticks(y_range), scale_group=scale.group)


def _of_strand(alleles: AlleleTracks, strand: str) -> AlleleTracks:
    columns = [i for i, track in enumerate(alleles.ref.tracks) if track.strand == strand]
    return AlleleTracks(alleles.ref.select(columns), alleles.alt.select(columns))


def _reaches(alleles: AlleleTracks, strand: str, view: View, threshold: float) -> bool:
    pair = _of_strand(alleles, strand)
    if not pair.ref.interval.overlaps(view.interval):
        return False
    parts = (pair.ref.slice(view.interval), pair.alt.slice(view.interval))
    return any(bool((part.values >= threshold).any()) for part in parts)


def _both_row(
    pair: AlleleTracks, view: View, theme: Theme, threshold: float, absent: Iterable[str]
) -> Row:
    unit, strand = single_unit(pair.ref), pair.ref.tracks[0].strand
    traces: list[Trace] = []
    seen: list[TrackMetadata] = []
    for name, data, widening in (("REF", pair.ref, REF_WIDENING), ("ALT", pair.alt, 1.0)):
        for column, track in enumerate(data.tracks):
            stems = find_stems(data, column, view, threshold)
            colour = theme.ref if name == "REF" else theme.series_colour(track)
            seen += [track] if seen_stems(stems, view) else []
            label = f"{track.label} {name}"
            trace = stem_trace(stems, view, name=label, colour=colour, widening=widening)
            traces.append(clickable(trace, SPLICE_CARD, track.label))
    n_seen = sum(len(trace["x"]) for trace in traces)
    without = f", none on {' '.join(absent)}" if (absent := list(absent)) else ""
    return Row(
        title="Splice sites" if strand == "." else f"Splice sites ({strand})",
        unit=f"{unit}{without}",
        traces=tuple(traces),
        height_px=SIGNAL_HEIGHT,
        y_range=(0.0, SITE_TOP),
        ticks=(0.0, 1.0),
        colour=theme.families[pair.ref.tracks[0].assay.family],
        predicted=True,
        covered=pair.ref.interval,
        legend=(Legend("REF", theme.ref, seen=bool(seen)), *site_legend(theme, seen)),
        message=none_message(pair.ref, view, n_seen, threshold),
    )


def _with_arcs(row: Row, pair: AlleleTracks, view: View, theme: Theme) -> Row:
    """The row with arcs above its stems, and room for them where its scale is its own."""
    arcs = allele_arcs(pair.ref, pair.alt, pair.ref.tracks[0].strand)
    if not arcs:
        return row
    axis = Axis(row.y_range[1], roomy=not row.scale_group)
    traces = [
        *arc_traces(arcs.alike, view, axis, name="Pair, alike", colour=theme.ref),
        *arc_traces(arcs.lost, view, axis, name="Pair REF", colour=theme.ref, dash="4px,3px"),
        *arc_traces(arcs.gained, view, axis, name="Pair ALT", colour=theme.alt),
    ]
    return replace(
        row,
        traces=(*row.traces, *traces),
        height_px=row.height_px + ARC_PX * axis.roomy,
        y_range=(row.y_range[0], axis.top),
        legend=(
            *row.legend,
            arc_legend(theme.ref, bool(in_view(arcs.alike, view))),
            *_pair_legend("pair lost or weaker in ALT", theme.ref, "┄", arcs.lost, view),
            *_pair_legend("pair gained or stronger", theme.alt, "◠", arcs.gained, view),
        ),
    )


def _pair_legend(
    label: str, colour: str, symbol: str, arcs: Sequence[Arc], view: View
) -> tuple[Legend, ...]:
    """Nothing where no pair is such."""
    return (Legend(label, colour, symbol, bool(in_view(arcs, view))),) if arcs else ()


def _change_row(difference: TrackData, view: View, theme: Theme, threshold: float) -> Row:
    """Signed stems: up is gained, down is lost; the largest are written out."""
    unit = difference.tracks[0].unit
    traces, changes = [], []
    for column, track in enumerate(difference.tracks):
        stems = find_stems(difference, column, view, threshold)
        colour = theme.series_colour(track)
        changes += [
            (float(value), float(position), track.name, colour)
            for position, value in zip(stems.positions, stems.values, strict=True)
        ]
        trace = stem_trace(stems, view, name=f"{track.label} ALT − REF", colour=colour)
        traces.append(clickable(_signed(trace), SPLICE_CARD, track.label))
    y_range = symmetric(max([LEAST_REACH, *(abs(change[0]) for change in changes)]))
    labels = _named(changes, view)
    return Row(
        title="ALT − REF",
        unit=unit,
        traces=(*traces, *labels),
        height_px=DIFFERENCE_HEIGHT + 14,
        y_range=y_range,
        ticks=end_ticks(y_range),
        colour=theme.families[difference.tracks[0].assay.family],
        predicted=True,
        covered=difference.interval,
        message="" if changes else f"no change reaches {threshold:g}",
    )


def _signed(trace: Trace) -> Trace:
    return trace | {"hovertemplate": trace["hovertemplate"].replace(":.3~g", ":+.3~g")}


def _named(changes: list[tuple[float, float, str, str]], view: View) -> tuple[Trace, ...]:
    """Words beside the largest changes, where they cover neither each other nor a stem."""
    large = [change for change in changes if abs(change[0]) >= NAMED_FROM]
    tallest = max((abs(change[0]) for change in large), default=0.0)
    stems = [
        view.px(position) for value, position, *_ in large if abs(value) >= TALL_SHARE * tallest
    ]
    taken: list[Span] = []
    traces: list[Trace] = []
    for value, position, name, colour in sorted(large, key=lambda change: -abs(change[0])):
        words = f"{name.removeprefix('Splice ')} {value:+.2f}".replace("-", "−")
        side = _free_side(view.px(position), words, [*taken, *((px, px) for px in stems)], view)
        if side is None or len(traces) == MAX_NAMED:
            continue
        taken.append(side[1])
        traces.append(_words(words, (position, value), colour, side[0], view))
    return tuple(traces)


def _free_side(
    px: float, words: str, obstacles: Sequence[Span], view: View
) -> tuple[str, Span] | None:
    """`right` or `left` of a stem at `px`, with the pixels that the words take there."""
    width, gap = text_width(words, SMALL) + 6, stem_px(view) / 2
    for side, span in (
        ("right", (px + gap, px + gap + width)),
        ("left", (px - gap - width, px - gap)),
    ):
        inside = span[0] >= 0 and span[1] <= view.plot_px
        if inside and not any(span[0] < right and left < span[1] for left, right in obstacles):
            return side, span
    return None


def _words(words: str, at: tuple[float, float], colour: str, side: str, view: View) -> Trace:
    away = stem_px(view) / 2 / view.px_per_bp * (1 if side == "right" else -1)
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([base_x(at[0]) + away]),
        "y": np.array([0.75 * at[1]], dtype=np.float32),
        "text": [f" {words} "],
        "textposition": f"middle {side}",
        "textfont": {"size": SMALL, "color": colour},
        "hoverinfo": "skip",
    }
