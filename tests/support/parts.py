"""Junctions and contact maps made by hand, as answers of models that predict nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from genoview.data.answer import Answer
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction
from genoview.data.site_data import FloatArray
from genoview.data.track_data import Assay, Biosample, Family, TrackData, TrackMetadata
from tests.support.models.toy_backend import card

START = 43_042_000  # of everything here
BIN = 100  # bp of a map
TISSUES = ("liver", "brain", "heart")


def track(i: int, assay: Assay, unit: str) -> TrackMetadata:
    sample = Biosample(f"UBERON:{i:07d}", TISSUES[i])
    return TrackMetadata(TISSUES[i], assay, ".", unit, sample)


def place(start: int, width: int = 1) -> Interval:
    """Bases counted from START."""
    return Interval("chr20", START + start, START + start + width)


def junctions(*rows: tuple[int, int, int, Sequence[float]]) -> Junctions:
    """Start and end of the intron, counted from START, strand, and a value a tissue."""
    n = max([len(row[3]) for row in rows], default=len(TISSUES))
    return Junctions(
        np.array([START + row[0] for row in rows], np.int64),
        np.array([START + row[1] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.int8),
        np.array([row[3] for row in rows], np.float32).reshape(-1, n),
        tuple(track(i, Assay.SPLICE_JUNCTIONS, "reads") for i in range(n)),
        place(0, 2_000),
    )


def contacts(*maps: FloatArray) -> ContactMap:
    """A map a tissue."""
    values = np.stack(maps, axis=-1).astype(np.float32)
    tracks = tuple(track(i, Assay.CONTACT_MAPS, "log fold") for i in range(len(maps)))
    return ContactMap(values, tracks, place(0, BIN * len(values)), BIN)


def symmetric(n: int, seed: int = 0) -> FloatArray:
    made = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32)
    return np.asarray(np.triu(made) + np.triu(made, 1).T)


def answered(
    ref: Junctions | ContactMap, alt: Junctions | ContactMap | None = None, name: str = "wide"
) -> Answer:
    made = replace(card(name, Family.SPLICING), title="Wide")
    both = [None if one is None else _alone(one) for one in (ref, alt)]
    assert both[0] is not None
    return Answer(made, "1", "cpu", both[0], both[1])


def _alone(part: Junctions | ContactMap) -> Prediction:
    width = part.interval.width
    empty = TrackData(np.empty((width, 0), np.float32), (), part.interval, 1)
    if isinstance(part, Junctions):
        return Prediction(empty, junctions=part)
    return Prediction(empty, contacts=part)
