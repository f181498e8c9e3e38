"""Which of many tracks have a lane, in what order and by what name; strands of one stay together.

The order goes by the whole prediction and not by what is in view, so that nothing changes places
in a pan.
"""

from collections.abc import Sequence

import numpy as np

from genoview.data.derived_arrays import remembered
from genoview.data.site_data import FloatArray
from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.figure.panels.tissues.clusters import clustered

SUMMARY_POINTS = 512  # of the whole prediction, by which lanes are put in order
CHUNK = 4_096  # bins whose difference is in memory at once
STRANDS = "+-."


def lane_name(track: TrackMetadata) -> str:
    """The tissue where there is one; else the track."""
    return track.name if track.biosample is None else track.biosample.name


def lane_names(tracks: Sequence[TrackMetadata]) -> list[str]:
    """Tissues, or the whole names of those tracks whose tissue stands for several; and strands."""
    of_tissue: dict[str, set[str]] = {}
    for track in tracks:
        of_tissue.setdefault(lane_name(track), set()).add(track.name)
    stranded = len({track.strand for track in tracks}) > 1
    names = []
    for track in tracks:
        short = lane_name(track)
        name = track.name if len(of_tissue[short]) > 1 else short
        names.append(f"{name} ({track.strand})" if stranded and track.strand != "." else name)
    return names


def strands_of(tracks: Sequence[TrackMetadata]) -> list[list[int]]:
    """Columns that are strands of one track, the forward one first; in the order of the tracks."""
    columns: dict[str, list[int]] = {}
    for column, track in enumerate(tracks):
        columns.setdefault(track.name, []).append(column)
    return [sorted(own, key=lambda i: STRANDS.index(tracks[i].strand)) for own in columns.values()]


def clustered_columns(data: TrackData, most: int) -> list[int]:
    """The tracks with the highest values anywhere, those of one shape beside each other."""
    summary = data.extremes(SUMMARY_POINTS)[1]
    largest = _largest(strands_of(data.tracks), summary.max(axis=0, initial=-np.inf), most)
    kept = sorted(largest)
    order = clustered(np.array([_shape(summary, own, data.tracks) for own in kept]))
    return [column for i in order for column in kept[i]]


def changed_columns(alleles: AlleleTracks, most: int) -> list[int]:
    """The tracks that change most, the most changed first."""
    kept = _largest(strands_of(alleles.ref.tracks), largest_changes(alleles), most)
    return [column for own in kept for column in own]


def _largest(pairs: Sequence[list[int]], size: FloatArray, most: int) -> list[list[int]]:
    """The largest by their larger strand, as many as fit into `most` lanes."""
    by_size = [-max(float(size[i]) for i in own) for own in pairs]
    kept: list[list[int]] = []
    for i in np.argsort(by_size, kind="stable").tolist():
        if sum(map(len, kept)) + len(pairs[i]) > most:
            break
        kept.append(pairs[i])
    return kept


def _shape(summary: FloatArray, own: Sequence[int], tracks: Sequence[TrackMetadata]) -> FloatArray:
    """All strands of one track behind each other; zero where it lacks one that others have."""
    by_strand = {tracks[i].strand: summary[:, i] for i in own}
    everywhere = [strand for strand in STRANDS if any(t.strand == strand for t in tracks)]
    nothing = np.zeros(len(summary), dtype=np.float32)
    return np.concatenate([by_strand.get(strand, nothing) for strand in everywhere])


def largest_changes(alleles: AlleleTracks) -> FloatArray:
    """float32[tracks], the largest |ALT - REF| of each; kept as long as the values are."""
    ref, alt = alleles.ref.values, alleles.alt.values

    def compute() -> FloatArray:
        largest = np.zeros(alt.shape[1], dtype=np.float32)
        for i in range(0, len(alt), CHUNK):  # small enough to stay in the processor's cache
            change = np.abs(alt[i : i + CHUNK] - ref[i : i + CHUNK])
            np.fmax(largest, np.fmax.reduce(change, axis=0), out=largest)
        return largest

    largest: FloatArray = remembered([ref, alt], "largest changes", compute)
    return largest
