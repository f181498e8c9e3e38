"""Rows of models with many tracks of an assay: lanes of tissues, or a row a track where few."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from genoview.data.answer import Shown
from genoview.data.derived_arrays import selected
from genoview.data.ontology import Choice
from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.figure.options import HEAT, SIGNAL, Options
from genoview.figure.panels import (
    Row,
    View,
    change_on,
    largest_changes,
    mirrored_row,
    tissue_allele_rows,
    tissue_row,
)

N_SINGLE = 4  # tracks of an assay (strands together) up to which each has a row of its own
LANES = "tissues "  # begins the last part of the id of a row with lanes
LONGEST = 40  # characters of a row's id behind the model's name
Rows = dict[str, list[Row]]


def has_many(tracks: Sequence[TrackMetadata]) -> bool:
    """Whether a strand has more tracks than one, so that rows cannot go by strand."""
    return max(Counter(track.strand for track in tracks).values(), default=0) > 1


def groups_of(model: Shown) -> dict[str, TrackMetadata]:
    """A row for each group of tracks, such as a cell type, by its id, with its first track."""
    tracks = reversed(model.ref.data.tracks)  # so that the first of each stays
    named = {f"{model.name}:{track.group}": track for track in tracks}
    return dict(reversed(named.items()))


def columns_of(tracks: Sequence[TrackMetadata], group: str) -> list[int]:
    """The tracks of a group."""
    return [i for i, track in enumerate(tracks) if track.group == group]


def group_columns(model: Shown) -> dict[str, list[int]]:
    """The tracks of each of these rows."""
    tracks = model.ref.data.tracks
    return {row_id: columns_of(tracks, track.group) for row_id, track in groups_of(model).items()}


def assay_rows(model: Shown, view: View, options: Options) -> Rows:
    """Rows of the chosen tracks of each assay: a row a track where they are few, else lanes."""
    rows: Rows = {}
    tracks, alt = model.ref.data.tracks, model.alt
    for row_id, columns in assay_columns(model.name, tracks, options.tracks).items():
        before = selected(model.ref.data, columns)
        after = None if alt is None else selected(alt.data, columns)
        draw = lane_rows if _is_lanes(row_id) else _single
        rows |= draw(row_id, before, after, view, options)
    return rows


def assay_columns(
    name: str, tracks: Sequence[TrackMetadata], tokens: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """The columns of each row, by its id, assays in the order of the tracks."""
    by_assay: dict[str, list[int]] = {}
    for column in Choice.of(tokens).picks(tracks):
        by_assay.setdefault(tracks[column].assay.name, []).append(column)
    rows: dict[str, tuple[int, ...]] = {}
    for assay, columns in by_assay.items():
        names = dict.fromkeys(tracks[i].name for i in columns)
        if len(names) <= N_SINGLE:
            for n, track_name in enumerate(names):
                own = [i for i in columns if tracks[i].name == track_name]
                rows[f"{name}:{assay}:{slug_of(track_name, n)}"] = _by_strand(own, tracks)
            continue
        for either in ("+-", "."):  # both strands of a track are lanes beside each other
            lanes = tuple(i for i in columns if tracks[i].strand in either)
            if lanes:
                rows[f"{name}:{assay}:{LANES}{_strands(tracks[i] for i in lanes)}"] = lanes
    return rows


def _strands(tracks: Iterable[TrackMetadata]) -> str:
    """`+-`, `+`, `-` or `.`"""
    here = {track.strand for track in tracks}
    return "".join(strand for strand in "+-." if strand in here)


def _lanes_title(tracks: Sequence[TrackMetadata]) -> str:
    strands, label = _strands(tracks), tracks[0].assay.label
    return f"{label} ({strands})" if strands in ("+", "-") else label


def _is_lanes(row_id: str) -> bool:
    return row_id.rpartition(":")[2].startswith(LANES)


def slug_of(name: str, n: int) -> str:
    """A name as an id may have it; numbered, because what it lacks may be all that differs."""
    plain = re.sub(r"[^\w.+() ,/-]", " ", name)[:LONGEST].strip()
    return f"{plain} {n + 1}" if plain != name else plain


def _by_strand(columns: Sequence[int], tracks: Sequence[TrackMetadata]) -> tuple[int, ...]:
    return tuple(sorted(columns, key=lambda i: "+-.".index(tracks[i].strand)))


def lane_rows(
    row_id: str, ref: TrackData, alt: TrackData | None, view: View, options: Options
) -> Rows:
    """A lane of colour a track."""
    style = options.row_style(row_id, ref.tracks[0].unit, title=_lanes_title(ref.tracks))
    if alt is None:
        rows = [tissue_row(ref, view, options.theme, style)]
    else:
        both, change = tissue_allele_rows(AlleleTracks(ref, alt), view, options.theme, style)
        rows = [both, change_on(change, style.scale)]
    return {row_id: options.chosen(row_id, rows, HEAT)}


def _single(
    row_id: str, ref: TrackData, alt: TrackData | None, view: View, options: Options
) -> Rows:
    """A track: both strands mirrored, or REF with ALT and their difference of each strand."""
    tracks = ref.tracks
    if alt is not None:
        rows = [
            row
            for i, track in enumerate(tracks)
            for row in options.alleles(
                row_id, AlleleTracks(ref.select([i]), alt.select([i])), view, title=track.label
            )
        ]
    elif [track.strand for track in tracks] == ["+", "-"]:
        style = options.row_style(row_id, tracks[0].unit, title=tracks[0].name)
        rows = [mirrored_row(ref, view, options.theme, replace(style, colour=""))]
    else:
        rows = [
            options.signal(row_id, ref.select([i]), view, title=track.label)
            for i, track in enumerate(tracks)
        ]
    return {row_id: options.chosen(row_id, rows, SIGNAL)}


def assay_titles(model: Shown, tokens: Sequence[str]) -> dict[str, str]:
    """Every row that `assay_rows` draws: id -> title."""
    titles, tracks = {}, model.ref.data.tracks
    for row_id, columns in assay_columns(model.name, tracks, tokens).items():
        own = [tracks[i] for i in columns]
        titles[row_id] = _lanes_title(own) if _is_lanes(row_id) else own[0].name
    return titles


def top_changed(ref: Prediction, alt: Prediction, most: int) -> list[TrackMetadata]:
    """The tracks of each assay that change most, the most changed first; none that does not."""
    tracks = ref.data.tracks
    size = largest_changes(AlleleTracks(ref.data, alt.data)).tolist() if tracks else []
    top: list[TrackMetadata] = []
    for assay in dict.fromkeys(track.assay for track in tracks):
        own = [i for i, track in enumerate(tracks) if track.assay is assay and size[i] > 0]
        top += [tracks[i] for i in sorted(own, key=lambda i: (-size[i], i))[:most]]
    return top
