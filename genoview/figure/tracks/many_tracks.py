"""Rows of models with many tracks of an assay: lanes of tissues, or a row a track where few."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from genoview.data.derived_arrays import selected
from genoview.data.ontology import Choice
from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.figure.options import HEAT, SIGNAL, Options
from genoview.figure.panels import (
    Row,
    Style,
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


def assay_rows(
    name: str, ref: Prediction, alt: Prediction | None, view: View, options: Options
) -> Rows:
    """Rows of the chosen tracks of each assay: one a track where they are few, else lanes."""
    rows: Rows = {}
    for row_id, columns in assay_columns(name, ref.data.tracks, options.tracks).items():
        data = selected(ref.data, columns)
        other = None if alt is None else selected(alt.data, columns)
        draw = lane_rows if _is_lanes(row_id) else _single
        rows |= draw(row_id, data, other, view, options)
    return rows


def assay_columns(
    name: str, tracks: Sequence[TrackMetadata], tokens: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """The columns of each row, by its id, assays in the order of the tracks."""
    by_assay: dict[str, list[int]] = {}
    for column in Choice.of(tokens).picks(tracks):
        by_assay.setdefault(tracks[column].assay.name, []).append(column)
    found: dict[str, tuple[int, ...]] = {}
    for assay, columns in by_assay.items():
        names = dict.fromkeys(tracks[i].name for i in columns)
        if len(names) <= N_SINGLE:
            for n, one in enumerate(names):
                own = [i for i in columns if tracks[i].name == one]
                found[f"{name}:{assay}:{slug_of(one, n)}"] = _by_strand(own, tracks)
            continue
        for either in ("+-", "."):  # both strands of a track are lanes beside each other
            lanes = tuple(i for i in columns if tracks[i].strand in either)
            if lanes:
                found[f"{name}:{assay}:{LANES}{_strands(tracks[i] for i in lanes)}"] = lanes
    return found


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
    track, choice = ref.tracks[0], options.row(row_id)
    title = _lanes_title(ref.tracks)
    scale = options.scale_of(row_id, track.unit, log=True)
    if alt is None:
        made = [
            tissue_row(ref, view, options.theme, title=title, scale=scale, colour=choice.colour)
        ]
    else:
        pair = AlleleTracks(ref, alt)
        both, change = tissue_allele_rows(
            pair, view, options.theme, title=title, scale=scale, colour=choice.colour
        )
        made = [both, change_on(change, scale)]
    return {row_id: options.chosen(row_id, made, HEAT)}


def _single(
    row_id: str, ref: TrackData, alt: TrackData | None, view: View, options: Options
) -> Rows:
    """One track: both strands mirrored, or REF with ALT and their difference of each strand."""
    tracks = ref.tracks
    if alt is not None:
        made = [
            row
            for i, track in enumerate(tracks)
            for row in options.alleles(
                row_id, AlleleTracks(ref.select([i]), alt.select([i])), view, title=track.label
            )
        ]
    elif [track.strand for track in tracks] == ["+", "-"]:
        made = [_mirrored(row_id, ref, view, options)]
    else:
        made = [
            options.signal(row_id, ref.select([i]), view, title=track.label)
            for i, track in enumerate(tracks)
        ]
    return {row_id: options.chosen(row_id, made, SIGNAL)}


def _mirrored(row_id: str, data: TrackData, view: View, options: Options) -> Row:
    style = Style(options.row(row_id).style or Style.FILLED.value)
    scale = options.scale_of(row_id, data.tracks[0].unit, log=True)
    name = data.tracks[0].name
    return mirrored_row(data, view, options.theme, style=style, scale=scale, title=name)


def assay_ids(name: str, tracks: Sequence[TrackMetadata], tokens: Sequence[str]) -> dict[str, str]:
    """Every row that `assay_rows` draws of these tracks: id -> words."""
    ids = {}
    for row_id, columns in assay_columns(name, tracks, tokens).items():
        own = [tracks[i] for i in columns]
        ids[row_id] = _lanes_title(own) if _is_lanes(row_id) else own[0].name
    return ids


def top_changed(ref: Prediction, alt: Prediction, most: int) -> list[TrackMetadata]:
    """The tracks of each assay that change most, the most changed first; none that does not."""
    tracks = ref.data.tracks
    size = largest_changes(AlleleTracks(ref.data, alt.data)).tolist() if tracks else []
    found: list[TrackMetadata] = []
    for assay in dict.fromkeys(track.assay for track in tracks):
        own = [i for i, track in enumerate(tracks) if track.assay is assay and size[i] > 0]
        found += [tracks[i] for i in sorted(own, key=lambda i: (-size[i], i))[:most]]
    return found
