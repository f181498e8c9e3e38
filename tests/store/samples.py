"""Predictions, queries and saved loci small enough to see through."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, Biosample, TrackData, TrackMetadata
from genoview.store import HistoryEntry, Label, PredictionKey, SavedLocus, TrackSummary

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
SUMMARY = (
    TrackSummary("donor (+)", 0.93, 43_042_364, (0.0, 0.5, 0.93)),
    TrackSummary("occupancy", 1e-12),
)
DONOR = TrackMetadata("donor", Assay.SPLICE_SITES, "+", "probability")
CAGE = TrackMetadata(
    "CAGE of liver", Assay.CAGE, "-", "log2 reads", Biosample("UBERON:0002107", "liver"), "cage"
)
MOTIF = TrackMetadata("HNF4A", Assay.TF_MOTIF, ".", "bits", group="MA0114.5")
TRACKS = (DONOR, CAGE, MOTIF)


def key_of(sequence: str, alignment: str = "") -> PredictionKey:
    return PredictionKey.of("spliceai", "abc-float32-s1", sequence, alignment)


def prediction_of(seed: int = 0, n_bins: int = 50, resolution: int = 2) -> Prediction:
    """Random values over three tracks, and one site a bin where the value is high."""
    rng = np.random.default_rng(seed)
    values = rng.random((n_bins, len(TRACKS)), dtype=np.float32)
    interval = Interval("chr20", 1_000, 1_000 + n_bins * resolution)
    bins, tracks = np.nonzero(values > 0.8)
    start = interval.start + bins.astype(np.int64) * resolution
    sites = Sites(
        start=start,
        end=start + 7,
        strand=np.where(tracks == 1, -1, 1).astype(np.int8),
        track=tracks.astype(np.int64),
        score=values[bins, tracks] * 10,
        p_value=rng.random(len(start)),
    )
    return Prediction(TrackData(values, TRACKS, interval, resolution), sites)


def same(one: Prediction, other: Prediction) -> bool:
    """Equal to the bit, NaN included."""
    facts = [(p.data.tracks, p.data.interval, p.data.resolution) for p in (one, other)]
    names = ("start", "end", "strand", "track", "score", "p_value")
    columns = [[getattr(p.sites, name).tobytes() for name in names] for p in (one, other)]
    values = [p.data.values.tobytes() for p in (one, other)]  # in C order, whatever the layout
    return facts[0] == facts[1] and columns[0] == columns[1] and values[0] == values[1]


def entry(
    normalised: str, minutes: int = 0, query: str = "typed", assembly: str = "GRCh37"
) -> HistoryEntry:
    return HistoryEntry(
        query=query,
        normalised=normalised,
        assembly=assembly,
        kind="locus",
        url=f"q={normalised}",
        seconds=1.5,
        when=NOON + timedelta(minutes=minutes),
    )


def saved(name: str, note: str = "", tags: Sequence[str] = ()) -> SavedLocus:
    return SavedLocus.new(
        text="chr20:43042364:T>C",
        assembly="GRCh37",
        url="q=chr20%3A43042364&tracks=1,2",
        label=Label(name, note, tags),
        summary=SUMMARY,
        models={"cispliceai": "abc-float32-s1"},
    )
