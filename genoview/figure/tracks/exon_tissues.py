"""The exon that a variant changes most, in each tissue: a lane each, those of an organ together.

Answer, of one bin that is the exon -> rows; without ALT as any other lanes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from genoview.data.answer import Shown
from genoview.data.derived_arrays import selected
from genoview.data.track_data import AlleleTracks
from genoview.figure.options import HEAT, Options
from genoview.figure.panels import PROBABILITY, Row, View, change_on, lanes_in_order
from genoview.figure.tracks.drawer import Drawer
from genoview.figure.tracks.many_tracks import Rows, lane_rows
from genoview.report.tissue_answer import NOT_MEASURED

MOST_CHANGED, ALL = "tissues", "all tissues"  # last parts of the ids of the rows
N_LANES = 12  # of the tissues that change most


class ExonTissues(Drawer):
    """REF as it was measured and ALT - REF, of the tissues that change most or of all."""

    by_tissue = False

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        columns = self.columns(model, ())
        hidden = {self._all(model)} - set(options.order)
        return {
            row_id: _lanes(row_id, model, by_organ(model, own), view, options)
            for row_id, own in columns.items()
            if row_id not in hidden
        }

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        title = _title(model)
        return {
            f"{model.name}:{MOST_CHANGED}": f"{prefix}{title}",
            self._all(model): f"{prefix}{title}, all tissues",
        }

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """The tracks come with the largest change first."""
        n = len(model.ref.data.tracks)
        return {
            f"{model.name}:{MOST_CHANGED}": range(min(n, N_LANES)),
            self._all(model): range(n),
        }

    def optional_ids(self, model: Shown) -> tuple[str, ...]:
        return (self._all(model),)

    @staticmethod
    def _all(model: Shown) -> str:
        return f"{model.name}:{ALL}"


def by_organ(model: Shown, columns: Sequence[int]) -> list[int]:
    """Tissues of an organ beside each other, the organ with the largest change first."""
    organs: dict[str, list[int]] = {}
    for column in columns:
        sample = model.ref.data.tracks[column].biosample
        organ = "" if sample is None else sample.name.partition(" - ")[0]
        organs.setdefault(organ, []).append(column)
    return [column for own in organs.values() for column in own]


def _title(model: Shown) -> str:
    """`Inclusion of ADA exon 5 of 12`."""
    return f"Inclusion of {model.ref.data.tracks[0].name.partition(',')[0]}"


def _lanes(
    row_id: str, model: Shown, columns: Sequence[int], view: View, options: Options
) -> list[Row]:
    tracks, alt = model.ref.data.tracks, model.alt
    if alt is None:
        return lane_rows(row_id, selected(model.ref.data, columns), None, view, options)[row_id]
    alleles = AlleleTracks(*(selected(each.data, columns) for each in (model.ref, alt)))
    style = options.row_style(row_id, tracks[0].unit, title=_title(model))
    style = replace(style, scale=style.scale or PROBABILITY)
    more = f", top {len(columns)} of {len(tracks)} tissues" if len(columns) < len(tracks) else ""
    words = f"share of RNA with it{more}, by organ"
    ref, change = lanes_in_order(alleles, words, view, options.theme, style)
    rows = [replace(ref, unit=f"measured {words}"), change_on(change, style.scale)]
    if tracks[0].unit == NOT_MEASURED:  # what nobody measured is not drawn
        rows = [replace(rows[1], title=f"{style.title}, ALT − REF", unit=f"{words}, from 50%")]
    placed = [replace(row, covered=None) for row in rows]
    return options.chosen(row_id, placed, HEAT)
