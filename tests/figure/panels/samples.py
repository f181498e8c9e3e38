"""Small tracks, genes and views whose pictures can be worked out by hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Exon, Gene, Interval, Transcript
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, TrackData, TrackMetadata
from genoview.figure.panels import View
from genoview.figure.panels.frame.row import Row, Trace

START = 43_000_000  # 0-based; the first base is 43,000,001 for a reader
CHROM = "chr20"


def interval(width: int, start: int = START) -> Interval:
    return Interval(CHROM, start, start + width)


def view(width: int = 100, start: int = START, **options: Any) -> View:
    return View(interval(width, start), **({"overscan": 0.0} | options))


def track(
    name: str = "CAGE", assay: Assay = Assay.CAGE, strand: str = ".", unit: str = "log2 reads"
) -> TrackMetadata:
    return TrackMetadata(name, assay, strand, unit, group="MA0001.1")


def data(
    values: npt.ArrayLike,
    *tracks: TrackMetadata,
    start: int = START,
    resolution: int = 1,
) -> TrackData:
    array = np.asarray(values, dtype=np.float32)
    array = array[:, None] if array.ndim == 1 else array
    width = len(array) * resolution
    return TrackData(array, tracks or (track(),), interval(width, start), resolution)


def donor(strand: str = "+") -> TrackMetadata:
    return track("Splice donor", Assay.SPLICE_SITES, strand, "probability")


def acceptor(strand: str = "+") -> TrackMetadata:
    return track("Splice acceptor", Assay.SPLICE_SITES, strand, "probability")


def motif(name: str) -> TrackMetadata:
    return track(name, Assay.TF_MOTIF, unit="occupancy")


def sites(*rows: tuple[int, int, int, int, float]) -> Sites:
    """Each row: start counted from START, width, strand, track, score."""
    table = np.array(sorted(rows), dtype=np.float64).reshape(-1, 5)
    start = table[:, 0].astype(np.int64) + START
    return Sites(
        start,
        start + table[:, 1].astype(np.int64),
        table[:, 2].astype(np.int8),
        table[:, 3].astype(np.int64),
        table[:, 4].astype(np.float32),
        np.full(len(table), 3.4e-5),
    )


def transcript(
    name: str, exons: Sequence[tuple[int, int]], strand: str = "+", coding: tuple[int, int] = (0, 0)
) -> Transcript:
    """Exons and the coding stretch, counted from START."""
    made = []
    for left, right in exons:
        whole = Interval(CHROM, START + left, START + right, strand)
        inside = None
        if coding[0] < coding[1]:
            inside = whole.intersection(
                Interval(CHROM, START + coding[0], START + coding[1], strand)
            )
        made.append(Exon(whole, inside))
    span = Interval(CHROM, START + exons[0][0], START + exons[-1][1], strand)
    return Transcript(name, span, tuple(made), source="test")


def gene(symbol: str, *transcripts: Transcript, biotype: str = "protein_coding") -> Gene:
    first = transcripts[0].interval
    span = Interval(
        CHROM,
        min(one.interval.start for one in transcripts),
        max(one.interval.end for one in transcripts),
        first.strand,
    )
    return Gene(f"ENSG_{symbol}", symbol, span, transcripts, biotype)


def trace_named(row: Row, name: str) -> Trace:
    found = [trace for trace in row.traces if trace.get("name") == name]
    assert len(found) == 1, [trace.get("name") for trace in row.traces]
    return found[0]


def finite(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    return array[np.isfinite(array)]
