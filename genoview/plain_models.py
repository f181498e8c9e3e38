"""A model's answer -> plain values for JSON; positions are 1-based."""

from typing import Any

import numpy as np

from genoview.pipeline import Answer
from genoview.promoter_levels import GeneLevel, ModelLevels
from genoview.request import Request
from genoview.tracks import TrackData


def plain_model(request: Request, found: Answer) -> dict[str, Any]:
    """A model with its facts, and its tracks in view."""
    card = found.card
    return {
        "name": card.name,
        "title": card.title,
        "version": found.version,
        "device": found.device,
        "licence": card.licence,
        "citation": card.citation,
        "random_weights": card.random_weights,
        "cached": found.cached,
        "seconds": round(found.seconds, 3),
        "warnings": list(found.warnings),
        "tracks": [_track(request, found, i) for i in range(len(found.ref.data.tracks))],
    }


def plain_levels(made: ModelLevels) -> dict[str, Any]:
    """What a model says of each gene; `alt` where a variant lies in what is read."""
    return {
        "name": made.card.name,
        "title": made.card.title,
        "version": made.version,
        "licence": made.card.licence,
        "citation": made.card.citation,
        "unit": made.unit,
        "zero": "the mean gene",
        "genes": [_level(one) for one in made.levels],
        "notes": list(made.notes),
    }


def _level(one: GeneLevel) -> dict[str, Any]:
    described: dict[str, Any] = {
        "gene": one.gene,
        "gene_id": one.gene_id,
        "strand": one.strand,
        "start_of_transcription": one.tss + 1,
        "read": {"first": one.promoter.start + 1, "last": one.promoter.end},
        "ref": round(one.ref, 6),
    }
    if one.alt is not None:
        described |= {"alt": round(one.alt, 6), "change": round(one.alt - one.ref, 6)}
    return described


def _track(request: Request, found: Answer, column: int) -> dict[str, Any]:
    data = found.ref.data.slice(request.locus.interval)
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
    if found.alleles is not None:
        described["alt"] = _values(found.alleles.alt.slice(request.locus.interval), column)
        change = found.alleles.difference().slice(request.locus.interval)
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
