"""Answers whose numbers are written down in the test."""

from collections.abc import Sequence

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, Biosample, Family, TrackData, TrackMetadata

START = 100
K562, HEPG2 = Biosample("EFO:0002067", "K562"), Biosample("EFO:0001187", "HepG2")


def track(
    name: str,
    assay: Assay,
    strand: str = "+",
    unit: str = "probability",
    cell: Biosample | None = None,
) -> TrackMetadata:
    return TrackMetadata(name, assay, strand, unit, cell, group=cell.name if cell else name)


def answer(
    title: str,
    tracks: Sequence[TrackMetadata],
    ref: Sequence[Sequence[float]],
    alt: Sequence[Sequence[float]] | None = None,
    resolution: int = 1,
    start: int = START,
) -> Answer:
    """Columns of values, one a track."""

    def prediction(columns: Sequence[Sequence[float]]) -> Prediction:
        values = np.array(columns, np.float32).T
        interval = Interval("chr20", start, start + len(values) * resolution)
        return Prediction(TrackData(values, tuple(tracks), interval, resolution))

    family = tracks[0].assay.family
    card = ModelCard(title.lower(), title, family, "", "", "CC0", "", "", 0)
    assert family in Family
    return Answer(card, "1", "cpu", prediction(ref), prediction(alt) if alt is not None else None)


def splicing(title: str, ref: Sequence[Sequence[float]], alt: Sequence[Sequence[float]]) -> Answer:
    """Acceptor and donor on the + strand."""
    kinds = ("Splice acceptor", "Splice donor")
    return answer(title, [track(kind, Assay.SPLICE_SITES) for kind in kinds], ref, alt)
