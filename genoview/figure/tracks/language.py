"""Rows of a language model: the probability of the base that is there, entropy, and a logo."""

from collections.abc import Sequence

from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.figure.options import COLOURED, SIGNAL, Options
from genoview.figure.panels import Row, View, base_logo_row
from genoview.figure.tracks.many_tracks import Rows
from genoview.scoring.language import _letters

LOGO = "logo"  # last part of the id of the row of all four bases


def language_rows(
    name: str, ref: Prediction, alt: Prediction | None, view: View, options: Options
) -> Rows:
    """A row each of what is told of the base that is there; letters of the four that may be."""
    rows: Rows = {}
    tracks, letters = ref.data.tracks, _letters(ref.data.tracks)
    for column, track in enumerate(tracks):
        if column in letters:
            continue
        row_id, data = f"{name}:{track.group}", ref.data.select([column])
        if alt is None:
            made = [options.signal(row_id, data, view, title=track.label)]
        else:
            pair = AlleleTracks(data, alt.data.select([column]))
            made = options.alleles(row_id, pair, view, title=track.label)
        rows[row_id] = options.chosen(row_id, made, SIGNAL)
    row_id = f"{name}:{LOGO}"
    logos = [_logo(row_id, ref.data.select(letters), "", view, options)]
    if alt is not None:
        logos = [
            _logo(row_id, ref.data.select(letters), " of REF", view, options),
            _logo(row_id, alt.data.select(letters), " of ALT", view, options),
        ]
    return rows | {row_id: options.chosen(row_id, logos, COLOURED)}


def _logo(row_id: str, data: TrackData, allele: str, view: View, options: Options) -> Row:
    title = f"Expected bases{allele}"
    return base_logo_row(data, view, options.theme, title=title, colour=options.row(row_id).colour)


def language_ids(name: str, tracks: Sequence[TrackMetadata]) -> dict[str, str]:
    """Every row that `language_rows` draws: id -> words."""
    letters = _letters(tracks)
    told = {
        f"{name}:{track.group}": track.label
        for column, track in enumerate(tracks)
        if column not in letters
    }
    return told | {f"{name}:{LOGO}": "Expected bases"}
