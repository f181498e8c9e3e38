"""Splice sites: donors and acceptors as stems, + upward and - downward, with arcs of pairs."""

from collections.abc import Mapping, Sequence

from genoview.data.track_data import TrackData, TrackMetadata
from genoview.figure.panels.frame.row import Legend, Row, Trace, View, clickable
from genoview.figure.panels.frame.row_style import USUAL, RowStyle
from genoview.figure.panels.frame.scale import PROBABILITY, end_ticks, range_of
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.signal.signal import NOT_PREDICTED, single_unit, visible_values
from genoview.figure.panels.splicing.sashimi import (
    ARC_PX,
    Arc,
    Axis,
    arc_legend,
    arc_traces,
    arcs_of,
    in_view,
)
from genoview.figure.panels.splicing.stems import (
    THRESHOLD,
    Stems,
    find_stems,
    seen_stems,
    stem_trace,
)

STRANDED_HEIGHT = 96  # px, both strands
SPLICE_CARD = "splice"  # what a click on a stem asks for


def splice_row(
    data: TrackData,
    view: View,
    theme: Theme,
    style: RowStyle = USUAL,
    *,
    threshold: float = THRESHOLD,
    arcs: bool = True,
) -> Row:
    """All columns in one row; tracks of the - strand hang below the zero line.

    Args:
        style: its height is that of the stems; arcs take more.
        arcs: join predicted donors and acceptors.
    """
    scale = style.scale or PROBABILITY
    stems, by_track = _stems(data, view, theme, threshold)
    height_px = style.height_px or STRANDED_HEIGHT
    high = range_of(visible_values(data, view), scale)[1]
    strands = sorted({track.strand for track in data.tracks})
    colour = theme.families[data.tracks[0].assay.family]
    by_strand = {strand: arcs_of(data, strand) if arcs else [] for strand in strands}
    arcs_seen = any(in_view(own, view) for own in by_strand.values())
    # Rows of a shared scale get one range, so that nothing may be added to theirs. Room depends
    # on the whole prediction: a row must not change its height in a pan.
    axes = {
        strand: Axis(high, roomy=bool(own) and not scale.group, downward=strand == "-")
        for strand, own in by_strand.items()
    }
    down, up = "-" in strands, strands != ["-"]
    tops = [axis.top for axis in axes.values() if not axis.downward]
    return Row(
        title=style.title or "Splice sites",
        unit=f"{single_unit(data)}{', +↑ −↓' if len(strands) > 1 else ''}",
        traces=(*stems, *_curves(by_strand, axes, view, colour)),
        height_px=height_px + ARC_PX * sum(axis.roomy for axis in axes.values()),
        y_range=(-axes["-"].top if down else 0.0, max(tops, default=0.0)),
        ticks=end_ticks((-high * down, high * up)),
        signed=False,
        scale_group=scale.group,
        colour=colour,
        predicted=True,
        covered=data.interval,
        legend=(
            *site_legend(
                theme, [track for track, stems_of in by_track if seen_stems(stems_of, view)]
            ),
            *([arc_legend(colour, arcs_seen)] if any(by_strand.values()) else []),
        ),
        message=none_message(data, view, sum(len(each) for _, each in by_track), threshold),
    )


def _stems(
    data: TrackData, view: View, theme: Theme, threshold: float
) -> tuple[list[Trace], list[tuple[TrackMetadata, Stems]]]:
    """A trace a track, and its stems."""
    traces, by_track = [], []
    for column, track in enumerate(data.tracks):
        stems = find_stems(data, column, view, threshold)
        by_track.append((track, stems))
        colour = theme.series_colour(track)
        downward = track.strand == "-"
        trace = stem_trace(stems, view, name=track.label, colour=colour, downward=downward)
        traces.append(clickable(trace, SPLICE_CARD, track.label))
    return traces, by_track


def _curves(
    by_strand: Mapping[str, Sequence[Arc]], axes: Mapping[str, Axis], view: View, colour: str
) -> list[Trace]:
    return [
        trace
        for strand, own in by_strand.items()
        for trace in arc_traces(own, view, axes[strand], name=f"Pair ({strand})", colour=colour)
    ]


def site_legend(theme: Theme, seen: Sequence[TrackMetadata]) -> tuple[Legend, ...]:
    """Donor and acceptor, in words a newcomer understands.

    Args:
        seen: tracks with a stem in view.
    """
    kinds = {track.is_acceptor for track in seen}
    return (
        Legend("donor (exon's end)", theme.donor, seen=False in kinds),
        Legend("acceptor (exon's start)", theme.acceptor, seen=True in kinds),
    )


def none_message(data: TrackData, view: View, n_seen: int, threshold: float) -> str:
    """Words for a row without stems."""
    if not data.interval.overlaps(view.drawn):
        return NOT_PREDICTED
    return "" if n_seen else f"no position reaches {threshold:g}"
