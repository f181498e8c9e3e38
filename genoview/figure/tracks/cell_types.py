"""Models of many cell types, such as reporter assays: the first are drawn, others when chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from genoview.data.answer import Shown
from genoview.data.derived_arrays import remembered
from genoview.data.track_data import TrackData
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.tracks.drawer import Drawer, selected_tracks
from genoview.figure.tracks.many_tracks import (
    Rows,
    columns_of,
    group_columns,
    groups_of,
    lane_rows,
)
from genoview.report.variant_report import VariantReport
from genoview.scoring import strand_mean

ALL_CELLS = "all cells"  # last part of the id of the row with a lane for each
N_CELLS = 2  # cell types that are drawn where the reader chose no other


class CellTypes(Drawer):
    """A row for each cell type: both strands, or the mean of both for REF with ALT."""

    by_tissue = False

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        rows: Rows = {}
        optional = self.optional_ids(model)
        for row_id, track in groups_of(model).items():
            if row_id in optional and row_id not in options.order:
                continue
            ref, alt = selected_tracks(model, columns_of(model.ref.data.tracks, track.group))
            alleles = (ref, None) if alt is None else (strand_mean(ref), strand_mean(alt))
            rows[row_id] = options.signal_rows(row_id, alleles, view, title=track.name)
        lanes_id = f"{model.name}:{ALL_CELLS}"
        if lanes_id in options.order:
            alt = None if model.alt is None else _strand_means(model.alt.data)
            rows |= lane_rows(lanes_id, _strand_means(model.ref.data), alt, view, options)
        return rows

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        rows = {row_id: f"{prefix}{track.name}" for row_id, track in groups_of(model).items()}
        return rows | {f"{model.name}:{ALL_CELLS}": "All cells, as lanes"}

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        lanes = {f"{model.name}:{ALL_CELLS}": range(len(model.ref.data.tracks))}
        return {**group_columns(model), **lanes}

    def changed(
        self, model: Shown, tokens: Sequence[str], report: VariantReport | None
    ) -> frozenset[str]:
        """Of cells whose activity is clearly changed, where that has a scale of its own."""
        tracks, rows = model.ref.data.tracks, self.columns(model, tokens)
        known = (
            [] if report is None else [each for each in report.activities if each.track in tracks]
        )
        if not known:
            return super().changed(model, tokens, report)
        clear = {each.cell for each in known if each.is_clear}
        return frozenset(
            row_id for row_id, own in rows.items() if any(tracks[i].group in clear for i in own)
        )

    def optional_ids(self, model: Shown) -> tuple[str, ...]:
        return (*list(groups_of(model))[N_CELLS:], f"{model.name}:{ALL_CELLS}")


def _strand_means(data: TrackData) -> TrackData:
    """The mean of both strands of each cell type, computed once for the same values."""
    means = remembered([data.values], "mean of strands", lambda: strand_mean(data))
    return replace(means, interval=data.interval)
