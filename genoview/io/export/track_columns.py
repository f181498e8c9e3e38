"""Tracks of one or two alleles -> named columns of values and the bins' places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from genoview.data.track_data import AlleleTracks, FloatArray, IntArray, TrackData, TrackMetadata
from genoview.errors import ExportError

Source = TrackData | AlleleTracks
COORDINATES = "Coordinates: start is 0-based, end is not included, forward strand."
ALIGNMENT = (
    "ALT is on REF coordinates: inserted bases count with their maximum at the anchor, deleted "
    "bases are 0."
)


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one track of one allele; `allele` is REF, ALT, ALT-REF or empty.

    Attributes:
        values: float32[bins].
    """

    track: TrackMetadata
    allele: str
    values: FloatArray

    @property
    def label(self) -> str:
        return f"{self.track.label} {self.allele}".strip()

    @property
    def description(self) -> str:
        biosample = f", {self.track.biosample.name}" if self.track.biosample else ""
        return f"{self.label}: {self.track.assay.label}, {self.track.unit}{biosample}"


def layout(source: Source) -> TrackData:
    """The tracks, interval and resolution that all alleles share."""
    return source.ref if isinstance(source, AlleleTracks) else source


def conventions(source: Source) -> tuple[str, ...]:
    """Sentences on coordinates that belong in every file."""
    return (COORDINATES, ALIGNMENT) if isinstance(source, AlleleTracks) else (COORDINATES,)


def columns(source: Source) -> Iterator[Column]:
    """A track after the other; of two alleles REF, ALT and ALT-REF together."""
    alleles = {"": source}
    if isinstance(source, AlleleTracks):
        alleles = {"REF": source.ref, "ALT": source.alt, "ALT-REF": source.difference()}
    for i, track in enumerate(layout(source).tracks):
        for allele, data in alleles.items():
            assert isinstance(data, TrackData)
            yield Column(track, allele, data.values[:, i])


def bins(source: Source, chrom_length: int | None) -> tuple[slice, IntArray, IntArray]:
    """Bins on the chromosome: their slice, starts and ends, cut at the chromosome's ends.

    Raises:
        ExportError: none is.
    """
    data = layout(source)
    starts = data.interval.start + np.arange(data.n_bins, dtype=np.int64) * data.resolution
    ends = starts + data.resolution
    limit = int(ends[-1]) if chrom_length is None else chrom_length
    on = np.flatnonzero((ends > 0) & (starts < limit))
    if not len(on):
        raise ExportError(f"{data.interval.to_ucsc()} lies outside of the chromosome.")
    covered = slice(int(on[0]), int(on[-1]) + 1)
    return covered, np.maximum(starts[covered], 0), np.minimum(ends[covered], limit)
