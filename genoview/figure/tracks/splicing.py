"""Models of splice sites -> stems of donors and acceptors, or signals of their strength."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from genoview.data.answer import Shown
from genoview.data.derived_arrays import remembered
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.figure.options import STEMS, Options
from genoview.figure.panels import (
    DIFFERENCE,
    PROBABILITY,
    RowStyle,
    View,
    change_on,
    splice_allele_rows,
    splice_row,
)
from genoview.figure.tracks.drawer import Drawer, selected_tracks
from genoview.figure.tracks.many_tracks import Rows, columns_of, group_columns, groups_of

STOP_FROM = 0.5  # probability of a splice site that the keys go to


class SpliceSites(Drawer):
    """Donors and acceptors of both strands in one row."""

    by_tissue = False
    by_label = True

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        tracks, name = model.ref.data.tracks, model.name
        visible = [c for c, track in enumerate(tracks) if track.label not in options.hidden]
        if not visible:
            return {}
        ref, alt = selected_tracks(model, visible)
        scale = options.scale_of(name, tracks[0].unit)
        if alt is None:
            style = RowStyle(title="Splice sites", scale=scale or PROBABILITY)
            drawn = [splice_row(ref, view, options.theme, style)]
        else:
            both = splice_allele_rows(AlleleTracks(ref, alt), view, options.theme, scale=scale)
            drawn = [change_on(row, scale) if row.title == DIFFERENCE else row for row in both]
        return {name: options.chosen(name, drawn, STEMS)}

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        return {model.name: f"{prefix}Splice sites"}

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        return {model.name: range(len(model.ref.data.tracks))}

    def stops(self, data: TrackData) -> Iterable[tuple[int, str]]:
        bins, columns = np.nonzero(data.values >= STOP_FROM)
        for place, column in zip(bins.tolist(), columns.tolist(), strict=True):
            yield data.interval.start + place, data.tracks[column].label


class SiteStrength(Drawer):
    """A row for each tissue: both strands, or of REF with ALT the strand that changes most."""

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        rows: Rows = {}
        tracks = model.ref.data.tracks
        strand = _most_changed_strand(model)
        for row_id, track in groups_of(model).items():
            columns = columns_of(tracks, track.group)
            if strand:
                columns = [i for i in columns if tracks[i].strand == strand]
            title = tracks[columns[0]].label if strand else track.name
            alleles = selected_tracks(model, columns)
            rows[row_id] = options.signal_rows(row_id, alleles, view, title=title)
        return rows

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        return {row_id: f"{prefix}{track.name}" for row_id, track in groups_of(model).items()}

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        return group_columns(model)


def _most_changed_strand(model: Shown) -> str:
    """The strand with the largest change of both alleles; empty without a variant."""
    if model.alt is None:
        return ""
    pair = AlleleTracks(model.ref.data, model.alt.data)
    column = remembered(
        [pair.ref.values, pair.alt.values],
        "most changed track",
        lambda: int(np.abs(pair.difference().values).max(axis=0).argmax()),
    )
    return pair.ref.tracks[column].strand
