"""Splice sites: donors and acceptors as stems, + upward and - downward."""

from genoview.panels.row import Legend, Row, View
from genoview.panels.scale import PROBABILITY, Scale, end_ticks, range_of
from genoview.panels.signal import NOT_PREDICTED, single_unit, visible_values
from genoview.panels.stems import THRESHOLD, find_stems, stem_trace
from genoview.panels.theme import Theme
from genoview.tracks import TrackData

STRANDED_HEIGHT = 96  # px, both strands


def splice_row(
    data: TrackData,
    view: View,
    theme: Theme,
    *,
    threshold: float = THRESHOLD,
    scale: Scale = PROBABILITY,
    title: str = "Splice sites",
    height_px: int = STRANDED_HEIGHT,
) -> Row:
    """All columns in one row; tracks of the - strand hang below the zero line."""
    unit = single_unit(data)
    traces, n_seen = [], 0
    for column, track in enumerate(data.tracks):
        stems = find_stems(data, column, view, threshold)
        n_seen += len(stems)
        colour = theme.series_colour(track)
        downward = track.strand == "-"
        traces.append(stem_trace(stems, view, name=track.label, colour=colour, downward=downward))
    high = range_of(visible_values(data, view), scale)[1]
    strands = {track.strand for track in data.tracks}
    y_range = (-high if "-" in strands else 0.0, 0.0 if strands == {"-"} else high)
    return Row(
        title=title,
        unit=f"{unit}{', +↑ −↓' if len(strands) > 1 else ''}",
        traces=tuple(traces),
        height_px=height_px,
        y_range=y_range,
        ticks=end_ticks(y_range),
        signed=False,
        scale_group=scale.group,
        colour=theme.families[data.tracks[0].assay.family],
        predicted=True,
        covered=data.interval,
        legend=site_legend(theme),
        message=none_message(data, view, n_seen, threshold),
    )


def site_legend(theme: Theme) -> tuple[Legend, ...]:
    """Donor and acceptor, in words a newcomer understands."""
    return (
        Legend("donor (exon's end)", theme.donor),
        Legend("acceptor (exon's start)", theme.acceptor),
    )


def none_message(data: TrackData, view: View, n_seen: int, threshold: float) -> str:
    """Words for a row without stems."""
    if not data.interval.overlaps(view.drawn):
        return NOT_PREDICTED
    return "" if n_seen else f"no position reaches {threshold:g}"
