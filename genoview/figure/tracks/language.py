"""Rows of a language model: the probability of the base that is there, entropy, and a logo."""

from collections.abc import Mapping, Sequence

from genoview.data.answer import Shown
from genoview.data.track_data import TrackData
from genoview.figure.options import COLOURED, Options
from genoview.figure.panels import Row, View, base_logo_row
from genoview.figure.tracks.drawer import Drawer, selected_tracks
from genoview.figure.tracks.many_tracks import Rows
from genoview.scoring.language import letter_columns

LOGO = "logo"  # last part of the id of the row of all four bases


class BaseProbabilities(Drawer):
    """A row for each track of the base that is there; letters of the four that may be."""

    by_tissue = False

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        rows: Rows = {}
        tracks, letters = model.ref.data.tracks, letter_columns(model.ref.data.tracks)
        for column, track in enumerate(tracks):
            if column not in letters:
                row_id, alleles = f"{model.name}:{track.group}", selected_tracks(model, [column])
                rows[row_id] = options.signal_rows(row_id, alleles, view, title=track.label)
        ref, alt = selected_tracks(model, letters)
        row_id = f"{model.name}:{LOGO}"
        named = {"": ref} if alt is None else {" of REF": ref, " of ALT": alt}
        logos = [_logo(row_id, data, name, view, options) for name, data in named.items()]
        return rows | {row_id: options.chosen(row_id, logos, COLOURED)}

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        tracks, letters = model.ref.data.tracks, letter_columns(model.ref.data.tracks)
        single = {
            f"{model.name}:{track.group}": [i] for i, track in enumerate(tracks) if i not in letters
        }
        return {**single, f"{model.name}:{LOGO}": letters}

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        tracks, letters = model.ref.data.tracks, letter_columns(model.ref.data.tracks)
        titles = {track.group: track.label for i, track in enumerate(tracks) if i not in letters}
        titles[LOGO] = "Expected bases"
        return {f"{model.name}:{part}": f"{prefix}{title}" for part, title in titles.items()}


def _logo(row_id: str, data: TrackData, allele: str, view: View, options: Options) -> Row:
    title = f"Expected bases{allele}"
    return base_logo_row(data, view, options.theme, title=title, colour=options.row(row_id).colour)
