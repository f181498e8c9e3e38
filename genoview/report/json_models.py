"""A model's answer -> plain values for JSON; positions are 1-based."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from genoview.data.answer import Answer
from genoview.data.ontology import Choice
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.scoring.gene_levels import GeneLevel, ModelLevels

MOST_TRACKS = 1_000  # of one model: about 0.5 MB of text


def plain_model(request: Request, answer: Answer, tokens: Sequence[str] = ()) -> dict[str, Any]:
    """A model with its facts, and its tracks in view.

    Args:
        tokens: of an `ontology.Choice`; of a model with more than MOST_TRACKS tracks the chosen
            ones are listed, up to MOST_TRACKS: those that change most, or are highest.
    """
    card, view = answer.card, request.locus.interval
    ref = answer.ref.data.slice(view)
    pair = None
    if answer.alleles is not None:
        pair = AlleleTracks(ref, answer.alleles.alt.slice(view))
    change = None if pair is None else pair.difference()
    columns = listed_columns(ref if change is None else change, tokens)
    return {
        "name": card.name,
        "title": card.title,
        "version": answer.version,
        "device": answer.device,
        "licence": card.licence,
        "citation": card.citation,
        "random_weights": card.random_weights,
        "cached": answer.cached,
        "seconds": round(answer.seconds, 3),
        "warnings": list(answer.warnings),
        "n_tracks": len(ref.tracks),
        "tracks": [_track(ref, pair, change, i) for i in columns],
    }


def plain_levels(model: ModelLevels) -> dict[str, Any]:
    """What a model says of each gene; `alt` where a variant lies in what is read."""
    return {
        "name": model.card.name,
        "title": model.card.title,
        "version": model.version,
        "licence": model.card.licence,
        "citation": model.card.citation,
        "unit": model.unit,
        "zero": "the mean gene",
        "genes": [_level(level) for level in model.levels],
        "notes": list(model.notes),
    }


def _level(level: GeneLevel) -> dict[str, Any]:
    described: dict[str, Any] = {
        "gene": level.gene,
        "gene_id": level.gene_id,
        "strand": level.strand,
        "start_of_transcription": level.tss + 1,
        "read": {"first": level.promoter.start + 1, "last": level.promoter.end},
        "ref": round(level.ref, 6),
    }
    if level.alt is not None:
        described |= {"alt": round(level.alt, 6), "change": round(level.alt - level.ref, 6)}
    return described


def listed_columns(data: TrackData, tokens: Sequence[str] = (), most: int = 0) -> list[int]:
    """All where they are few; of many the chosen ones, the largest values by size first.

    Args:
        most: columns; 0 for MOST_TRACKS.
    """
    limit = most or MOST_TRACKS
    if len(data.tracks) <= limit:
        return list(range(len(data.tracks)))
    wanted = Choice.of(tokens).picks(data.tracks) or list(range(len(data.tracks)))
    height = np.abs(data.values).max(axis=0, initial=0.0)
    return sorted(wanted, key=lambda i: (-float(height[i]), i))[:limit]


def _track(
    data: TrackData, pair: AlleleTracks | None, change: TrackData | None, column: int
) -> dict[str, Any]:
    track = data.tracks[column]
    described: dict[str, Any] = {
        "name": track.name,
        "assay": track.assay.label,
        "family": track.assay.family.value,
        "strand": track.strand,
        "unit": track.unit,
        "resolution": data.resolution,
        "group": track.group,
        "ref": _values(data, column),
    }
    if pair is not None and change is not None:
        described["alt"] = _values(pair.alt, column)
        place = int(np.abs(change.values[:, column]).argmax())
        described["largest_difference"] = {
            "value": _plain(change.values[place, column]),
            "ref": _plain(data.values[place, column]),
            "position": _position(change, place),
        }
    return described


def _values(data: TrackData, column: int) -> dict[str, Any]:
    values = data.values[:, column]
    top = int(values.argmax())
    return {
        "maximum": _plain(values[top]),
        "position": _position(data, top),
        "mean": _plain(values.mean(dtype=np.float64)),
    }


def _position(data: TrackData, bin_index: int) -> int:
    """1-based base in the middle of a bin."""
    start = data.interval.start + bin_index * data.resolution
    return start + (data.resolution - 1) // 2 + 1


def _plain(value: np.floating[Any]) -> float:
    return round(float(value), 6)
