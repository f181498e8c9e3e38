"""Rows of junctions and of contact maps, a tissue each.

Which tissues have a row goes by what the reader chose and by the whole prediction, never by what
is in view: rows neither come nor go in a pan.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from genoview.data.answer import Shown
from genoview.data.contact_map import ContactMap
from genoview.data.derived_arrays import remembered
from genoview.data.junction_data import Junctions
from genoview.data.ontology import Choice
from genoview.data.site_data import FloatArray
from genoview.data.track_data import TrackMetadata
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
from genoview.scoring import affected_columns

N_JUNCTIONS, N_MAPS = 2, 1  # tissues with a row where the reader chose none
MOST_ROWS = 12  # of junctions, and of contact maps


def junction_contact_rows(model: Shown, view: View, options: Options) -> Rows:
    """Rows of junctions and of contact maps, a tissue each."""
    rows: Rows = {}
    ref, alt = model.ref, model.alt
    for row_id, column in junction_columns(model, options.tracks).items():
        assert ref.junctions is not None  # or there would be no column
        junctions = ref.junctions.select([column])
        other = None if alt is None or alt.junctions is None else alt.junctions.select([column])
        rows[row_id] = _junctions(row_id, junctions, other, view, options)
    for row_id, column in map_columns(model, options.tracks).items():
        assert ref.contacts is not None
        contacts = ref.contacts.select([column])
        map_alt = None if alt is None or alt.contacts is None else alt.contacts.select([column])
        rows[row_id] = _contacts(row_id, contacts, map_alt, view, options)
    return rows


def junction_columns(model: Shown, tokens: Sequence[str]) -> dict[str, int]:
    """The tissues of junctions that have a row, by its id: the chosen, or those most changed."""
    if model.ref.junctions is None:
        return {}
    before, after = model.ref.junctions, None if model.alt is None else model.alt.junctions
    if after is None:
        size = remembered([before.values], "sums", lambda: _sums(before.values))
    else:
        size = remembered(
            [before.values, after.values], "sums", lambda: _junction_changes(before, after)
        )
    return _chosen(f"{model.name}:junctions", before.tracks, size, tokens, N_JUNCTIONS)


def map_columns(model: Shown, tokens: Sequence[str]) -> dict[str, int]:
    """The contact maps that have a row, by its id: the chosen, or those most changed."""
    if model.ref.contacts is None:
        return {}
    before, after = model.ref.contacts, None if model.alt is None else model.alt.contacts
    size = np.zeros(len(before.tracks), dtype=np.float32)
    if after is not None:
        size = remembered(
            [before.values, after.values], "sums", lambda: _sums(after.minus(before).values)
        )
    of_bases = any(track.assay.is_language for track in before.tracks)
    wanted = () if of_bases else tokens  # pairs of bases belong to no tissue
    return _chosen(f"{model.name}:contacts", before.tracks, size, wanted, N_MAPS)


def changed_junction_contacts(model: Shown, tokens: Sequence[str]) -> frozenset[str]:
    """Ids of these rows where the variant changes a junction or a pair of bins."""
    changed: set[str] = set()
    ref, alt = model.ref, model.alt
    if alt is not None and ref.junctions is not None and alt.junctions is not None:
        before, after = ref.junctions.aligned(alt.junctions)
        size, columns = _largest(after.values - before.values), junction_columns(model, tokens)
        changed |= _with_change(columns, affected_columns(before.tracks, size))
    if alt is not None and ref.contacts is not None and alt.contacts is not None:
        change, columns = alt.contacts.minus(ref.contacts), map_columns(model, tokens)
        changed |= _with_change(columns, affected_columns(change.tracks, _largest(change.values)))
    return frozenset(changed)


def _with_change(rows: Mapping[str, int], changed: Sequence[int]) -> set[str]:
    return {row_id for row_id, column in rows.items() if column in changed}


def _largest(values: FloatArray) -> FloatArray:
    """float32[tracks] of the largest absolute value of each track."""
    axes = tuple(range(values.ndim - 1))
    return np.asarray(np.nanmax(np.abs(values), axis=axes, initial=0.0), dtype=np.float32)


def chosen_by_tissue(model: Shown) -> Sequence[TrackMetadata]:
    """The tracks of junctions and contact maps that a reader may choose by tissue."""
    junctions, contacts = model.ref.junctions, model.ref.contacts
    tracks = list(junctions.tracks) if junctions is not None else []
    if contacts is not None and not model.assay.is_language:
        tracks += contacts.tracks
    return tracks


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
    """The largest of the chosen tracks; all of them up to MOST_ROWS where tissues are chosen."""
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
        rows = [junction_row(ref, view, options.theme, scale=scale, title=title)]
    else:
        rows = list(junction_allele_rows(ref, alt, view, options.theme, scale=scale, title=title))
    return options.chosen(row_id, rows, STEMS)


def _contacts(
    row_id: str, ref: ContactMap, alt: ContactMap | None, view: View, options: Options
) -> list[Row]:
    track = ref.tracks[0]
    title, scale = _map_title(track), options.scale_of(row_id, track.unit)
    if alt is None:
        rows = [triangle_row(ref, view, options.theme, scale=scale, title=title)]
    else:
        both, change = triangle_allele_rows(ref, alt, view, options.theme, scale=scale, title=title)
        rows = [both, change_on(change, scale)]
    return options.chosen(row_id, rows, STEMS)


def _map_title(track: TrackMetadata) -> str:
    return track.name if track.assay.is_language else f"Contacts, {track.name}"


def junction_contact_titles(model: Shown, tokens: Sequence[str]) -> dict[str, str]:
    """Every row that `junction_contact_rows` draws: id -> title."""
    titles: dict[str, str] = {}
    if model.ref.junctions is not None:
        for row_id, i in junction_columns(model, tokens).items():
            titles[row_id] = f"Junctions, {model.ref.junctions.tracks[i].name}"
    if model.ref.contacts is not None:
        for row_id, i in map_columns(model, tokens).items():
            titles[row_id] = _map_title(model.ref.contacts.tracks[i])
    return titles
