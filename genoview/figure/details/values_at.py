"""What every track says at one base, or over a stretch of bases: numbers for a reader.

Answers -> {"position": ..., "rows": [{"title", "unit", "values": [{"name", "value"}]}]}
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from genoview.data.answer import Answer, in_order
from genoview.data.genome import Interval
from genoview.data.track_data import TrackData
from genoview.figure.details.junctions_contacts import (
    contacts_within,
    junction_contact_values,
    junctions_within,
)
from genoview.figure.scene import Scene
from genoview.io.formats import LocalFile, LocalFileError

MOST_TRACKS = 8  # of one model in a list; of more, those with the highest values
LONGEST_SEQUENCE = 20_000  # bp whose bases are given
Json = dict[str, Any]


def values_at(scene: Scene, place: Interval, tokens: Sequence[str] = ()) -> Json:
    """The value of every track at one base, as it was predicted: REF, and ALT where there is one.

    Args:
        place: one base.
        tokens: the reader's choice of tissues, by which junctions and contact maps have rows.
    """
    rows = [
        row
        for answer in scene.drawn
        for row in (_model_values(answer, place), *junction_contact_values(answer, place, tokens))
    ]
    rows += [_file_values(file, place) for file in scene.files if file.is_signal]
    return {
        "position": place.start + 1,
        "base": scene.assembly.reference.fetch(place),
        "rows": [row for row in rows if row["values"]],
    }


def _model_values(answer: Answer, place: Interval) -> Json:
    ref, tracks = _column_values(answer.ref.data, place), answer.ref.data.tracks
    alt = None if answer.alt is None else _column_values(answer.alt.data, place)
    shown = _strongest(ref if alt is None else np.maximum(ref, alt)) if ref.size else []
    values, units = [], {track.unit for track in tracks}
    for i in shown:
        value = {"name": tracks[i].label, "value": float(ref[i])}
        values.append(value if alt is None else value | {"alt": float(alt[i])})
    return {
        "title": answer.card.title,
        "unit": units.pop() if len(units) == 1 else "",
        "values": values,
        "leftOut": len(tracks) - len(shown) if ref.size else 0,
    }


def _column_values(data: TrackData, place: Interval) -> np.ndarray[Any, np.dtype[np.float32]]:
    """float32[tracks] of the bin that holds the base; empty where none does."""
    if not data.interval.overlaps(place):
        return np.empty(0, dtype=np.float32)
    return np.asarray(data.slice(place).values[0])


def _strongest(values: np.ndarray[Any, np.dtype[np.float32]]) -> list[int]:
    """Columns to list, in their own order."""
    if len(values) <= MOST_TRACKS:
        return list(range(len(values)))
    return sorted(int(i) for i in np.argsort(-values, kind="stable")[:MOST_TRACKS])


def _file_values(file: LocalFile, place: Interval) -> Json:
    try:
        values = file.signal(place, 4)[1]
    except LocalFileError:  # its row says why; the models' values are still given
        values = np.empty(0, dtype=np.float32)
    known = values[np.isfinite(values)]
    listed = [{"name": file.title, "value": float(known[0])}] if known.size else []
    return {"title": file.title, "unit": "measured", "values": listed, "leftOut": 0}


def stretch_of(scene: Scene, place: Interval, tokens: Sequence[str] = ()) -> Json:
    """Sequence of a stretch, mean, maximum and its position of every track over it, junctions.

    Args:
        tokens: the reader's choice of tissues, by which junctions and contact maps have rows.
    """
    fetch, answers = scene.assembly.reference.fetch, in_order(scene.answers)
    junctions, more = junctions_within(answers, place, tokens)
    return {
        "first": place.start + 1,
        "last": place.end,
        "width": place.width,
        "sequence": fetch(place) if place.width <= LONGEST_SEQUENCE else "",
        "rows": [
            row
            for answer in answers
            for row in (*_of_tracks(answer, place), *contacts_within(answer, place, tokens))
        ],
        "junctions": junctions,
        "junctionsLeftOut": more,
    }


def _of_tracks(answer: Answer, place: Interval) -> list[Json]:
    """A row for each track and allele."""
    return [
        row | {"allele": allele} if answer.alt else row
        for allele, prediction in (("REF", answer.ref), ("ALT", answer.alt))
        if prediction is not None
        and prediction.data.tracks
        and prediction.data.interval.overlaps(place)
        for row in _statistics(prediction.data, place)
    ]


def _statistics(data: TrackData, place: Interval) -> list[Json]:
    within = data.slice(place)
    highest = within.values.max(axis=0)
    where = within.values.argmax(axis=0) * data.resolution + within.interval.start
    means = within.values.mean(axis=0, dtype=np.float64)
    return [
        {
            "title": data.tracks[i].label,
            "unit": data.tracks[i].unit,
            "mean": float(means[i]),
            "max": float(highest[i]),
            "at": int(where[i]) + 1,
        }
        for i in _strongest(highest)
    ]
