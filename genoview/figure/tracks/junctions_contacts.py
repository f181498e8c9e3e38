"""Rows of junctions and of contact maps, a tissue each.

Which tissues have a row goes by what the reader chose and by the whole prediction, never by what
is in view: rows neither come nor go in a pan.
"""

from collections.abc import Sequence

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.derived_arrays import remembered
from genoview.data.junction_data import Junctions
from genoview.data.ontology import Choice
from genoview.data.prediction import Prediction
from genoview.data.site_data import FloatArray
from genoview.data.track_data import Assay, TrackMetadata
from genoview.figure.options import STEMS, Options
from genoview.figure.panels import (
    Row,
    View,
    change_on,
    junction_allele_rows,
    junction_row,
    triangle_allele_rows,
    triangle_row,
)
from genoview.figure.tracks.many_tracks import Rows, slug_of

N_JUNCTIONS, N_MAPS = 2, 1  # tissues with a row where the reader chose none
MOST_ROWS = 12  # of junctions, and of contact maps


def part_rows(
    name: str, ref: Prediction, alt: Prediction | None, view: View, options: Options
) -> Rows:
    """Rows of junctions and of contact maps, a tissue each."""
    rows: Rows = {}
    for row_id, column in junction_columns(name, ref, alt, options.tracks).items():
        assert ref.junctions is not None  # or there would be no column
        junctions = ref.junctions.select([column])
        other = None if alt is None or alt.junctions is None else alt.junctions.select([column])
        rows[row_id] = _junctions(row_id, junctions, other, view, options)
    for row_id, column in map_columns(name, ref, alt, options.tracks).items():
        assert ref.contacts is not None
        contacts = ref.contacts.select([column])
        map_alt = None if alt is None or alt.contacts is None else alt.contacts.select([column])
        rows[row_id] = _contacts(row_id, contacts, map_alt, view, options)
    return rows


def junction_columns(
    name: str, ref: Prediction, alt: Prediction | None, tokens: Sequence[str]
) -> dict[str, int]:
    """The tissues of junctions that have a row, by its id: the chosen, or those most changed."""
    if ref.junctions is None:
        return {}
    before, after = ref.junctions, None if alt is None else alt.junctions
    if after is None:
        size = remembered([before.values], "sums", lambda: _sums(before.values))
    else:
        size = remembered(
            [before.values, after.values], "sums", lambda: _junction_changes(before, after)
        )
    return _chosen(f"{name}:junctions", ref.junctions.tracks, size, tokens, N_JUNCTIONS)


def map_columns(
    name: str, ref: Prediction, alt: Prediction | None, tokens: Sequence[str]
) -> dict[str, int]:
    """The contact maps that have a row, by its id: the chosen, or those most changed."""
    if ref.contacts is None:
        return {}
    size = np.zeros(len(ref.contacts.tracks), dtype=np.float32)
    before, after = ref.contacts, None if alt is None else alt.contacts
    if after is not None:
        size = remembered(
            [before.values, after.values], "sums", lambda: _sums(after.minus(before).values)
        )
    of_bases = any(track.assay is Assay.DEPENDENCY for track in before.tracks)
    wanted = () if of_bases else tokens  # no tissue says anything of them
    return _chosen(f"{name}:contacts", before.tracks, size, wanted, N_MAPS)


def _junction_changes(before: Junctions, after: Junctions) -> FloatArray:
    ref, alt = before.aligned(after)
    return _sums(alt.values - ref.values)


def _sums(values: FloatArray) -> FloatArray:
    """float32[tracks] of how much there is of each track."""
    axes = tuple(range(values.ndim - 1))
    return np.asarray(np.nansum(np.abs(values), axis=axes, dtype=np.float32))


def _chosen(
    prefix: str,
    tracks: Sequence[TrackMetadata],
    size: FloatArray,
    tokens: Sequence[str],
    usual: int,
) -> dict[str, int]:
    """Of the tracks that the reader wants, the largest; all of them up to MOST_ROWS if chosen."""
    choice = Choice.of(tokens)
    columns = choice.picks(tracks)
    ranked = sorted(columns, key=lambda i: (-float(size[i]), i))
    kept = ranked[: MOST_ROWS if choice.curies else usual]
    return {f"{prefix}:{slug_of(tracks[i].name, i)}": i for i in kept}


def _junctions(
    row_id: str, ref: Junctions, alt: Junctions | None, view: View, options: Options
) -> list[Row]:
    track = ref.tracks[0]
    title, scale = f"Junctions, {track.name}", options.scale_of(row_id, track.unit)
    if alt is None:
        made = [junction_row(ref, view, options.theme, scale=scale, title=title)]
    else:
        made = list(junction_allele_rows(ref, alt, view, options.theme, scale=scale, title=title))
    return options.chosen(row_id, made, STEMS)


def _contacts(
    row_id: str, ref: ContactMap, alt: ContactMap | None, view: View, options: Options
) -> list[Row]:
    track = ref.tracks[0]
    title, scale = _map_title(track), options.scale_of(row_id, track.unit)
    if alt is None:
        made = [triangle_row(ref, view, options.theme, scale=scale, title=title)]
    else:
        both, change = triangle_allele_rows(ref, alt, view, options.theme, scale=scale, title=title)
        made = [both, change_on(change, scale)]
    return options.chosen(row_id, made, STEMS)


def _map_title(track: TrackMetadata) -> str:
    return track.name if track.assay is Assay.DEPENDENCY else f"Contacts, {track.name}"


def part_ids(
    name: str, ref: Prediction, alt: Prediction | None, tokens: Sequence[str]
) -> dict[str, str]:
    """Every row that `part_rows` draws: id -> words."""
    ids: dict[str, str] = {}
    if ref.junctions is not None:
        for row_id, i in junction_columns(name, ref, alt, tokens).items():
            ids[row_id] = f"Junctions, {ref.junctions.tracks[i].name}"
    if ref.contacts is not None:
        for row_id, i in map_columns(name, ref, alt, tokens).items():
            ids[row_id] = _map_title(ref.contacts.tracks[i])
    return ids
