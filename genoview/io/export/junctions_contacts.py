"""Junctions and contact maps -> CSV: what joins two places of the genome."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.track_data import TrackMetadata
from genoview.io.export.cells import safe_row
from genoview.io.export.provenance import Provenance
from genoview.io.export.track_columns import COORDINATES

INTRON = "A junction is its intron: the first intron base to the one behind the last."
BINS = "Each pair of bins once, the left one first; a pair without a value is left out."


def junctions_csv(
    alleles: Mapping[str, Junctions], view: Interval, provenance: Provenance
) -> bytes:
    """A row for each junction that touches `view`, strand and tissue, with its values.

    Args:
        alleles: by REF and ALT, or by "" where there is one sequence only; of a junction that one
            allele lacks, its column is empty.
    """
    values: dict[tuple[int, int, int, int], dict[str, str]] = {}
    tracks: Sequence[TrackMetadata] = ()
    for allele, junctions in alleles.items():
        near = junctions.within(view)
        tracks = near.tracks
        for place, row in zip(near.ends, near.values, strict=True):
            for column in np.flatnonzero(np.isfinite(row)).tolist():
                values.setdefault((*place, column), {})[allele] = str(row[column])
    head = ("chrom", "start", "end", "strand", *_of_track(), *map(_value, alleles))
    rows = (
        (view.chrom, *place, "+" if strand > 0 else "-", *_about(tracks[column]), *cells)
        for (*place, strand, column), by_allele in sorted(values.items(), key=lambda item: item[0])
        for cells in [[by_allele.get(allele, "") for allele in alleles]]
    )
    return _written(head, rows, provenance.comments(COORDINATES, INTRON))


def contacts_csv(
    alleles: Mapping[str, ContactMap], view: Interval, provenance: Provenance
) -> bytes:
    """A row for each pair of the bins that touch `view` and each track, with its values.

    Args:
        alleles: of one interval and resolution, as for `junctions_csv`.

    Raises:
        TrackError: no bin touches it.
    """
    parts = {allele: contacts.slice(view) for allele, contacts in alleles.items()}
    head = ("chrom", "start1", "end1", "start2", "end2", *_of_track(), *map(_value, alleles))
    return _written(head, _pairs(parts, view.chrom), provenance.comments(COORDINATES, BINS))


def _pairs(parts: Mapping[str, ContactMap], chrom: str) -> Iterator[tuple[object, ...]]:
    first = next(iter(parts.values()))
    wide = first.resolution
    starts = [first.interval.start + i * wide for i in range(first.n_bins)]
    for column, track in enumerate(first.tracks):
        for i, left in enumerate(starts):
            for j in range(i, first.n_bins):
                pair = [part.values[i, j, column] for part in parts.values()]
                if np.isfinite(pair).any():
                    cells = (str(value) if np.isfinite(value) else "" for value in pair)
                    place = (left, left + wide, starts[j], starts[j] + wide)
                    yield (chrom, *place, *_about(track), *cells)


def _of_track() -> tuple[str, ...]:
    return "track", "biosample", "term", "unit"


def _about(track: TrackMetadata) -> tuple[str, ...]:
    sample = track.biosample
    return (track.name, sample.name if sample else "", sample.curie if sample else "", track.unit)


def _value(allele: str) -> str:
    return f"value_{allele}" if allele else "value"


def _written(head: Sequence[str], rows: Iterator[tuple[object, ...]], comments: str) -> bytes:
    buffer = io.StringIO(newline="")
    buffer.write(comments)
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(safe_row(head))
    writer.writerows(map(safe_row, rows))
    return buffer.getvalue().encode()
