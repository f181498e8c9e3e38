"""The megabase that the track view is measured on: predictions, once for genoview, once for igv.js.

One model of each family predicts the whole demo region: sites at single bases, promoters at 50 bp,
and the occupancy of fourteen motifs at 10 bp, each track as float32 in one file and again as
bigWig, so that both programs draw the same values. Predicting takes some minutes and is done once;
everything lies in `build/track-view/`, which is not committed.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyBigWig
from parts.sparse_fasta import write_sparse_fasta

from genoview.data.answer import Answer
from genoview.data.genome import Gene, Interval
from genoview.data.track_data import Assay, Family, TrackData, TrackMetadata
from genoview.models import registry
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring import factors_to_show

FOLDER_VARIABLE = "GENOVIEW_TRACK_VIEW"  # for the two servers
ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get(FOLDER_VARIABLE, ROOT / "build" / "track-view"))
MEGABASE = "chr20:42,484,001-43,484,000"
N_FACTORS = 14
FAMILIES = (Family.SPLICING, Family.EXPRESSION, Family.BINDING)  # in the order of the rows
FEATURES_A_BLOCK = 250_000  # of one call into pyBigWig


def prepared(folder: Path = FOLDER, query: str = MEGABASE) -> Interval:
    """Make what is absent of the folder's files; the stretch that they are of."""
    folder.mkdir(parents=True, exist_ok=True)
    tracks = folder / "tracks.npz"
    bench = Workbench(read_settings({"GENOVIEW_CACHE": str(folder / "cache")}))
    if not tracks.exists():
        _write_tracks(tracks, [_kept(found) for found in _predicted(bench, query)])
    listed = [one for data in read_tracks(tracks) for one in _columns(data)]
    for number, data in enumerate(listed):
        path = folder / f"track{number}.bw"
        if not path.exists():
            _write_bigwig(path, data)
    whole, assembly = listed[0].interval, bench.assembly()
    _write_genes(folder / "genes.bed", assembly.annotation.genes(whole))
    write_sparse_fasta(folder / "genome.fa", assembly, whole)
    bench.close()
    return whole


def _predicted(bench: Workbench, query: str) -> Iterator[Answer]:
    """What the model with the fewest tracks of each family says; kept in genoview's own store."""
    assembly = bench.assembly()
    request = resolve(query, assembly)
    models = [bench.backend(name) for name in registry.default_models()]
    for family in FAMILIES:
        of_family = [model for model in models if model.card.family is family]
        fewest = min(of_family, key=lambda model: len(model.tracks))
        yield answer(request, fewest, assembly, bench.store)


def _kept(found: Answer) -> TrackData:
    """All tracks of a model, or the factors that its page would show."""
    data = found.ref.data
    if data.tracks[0].assay is not Assay.TF_MOTIF:
        return data
    return data.select(factors_to_show(found.ref.sites, None, data.interval, N_FACTORS))


def _write_tracks(path: Path, parts: Sequence[TrackData]) -> None:
    facts = [
        {
            "tracks": [asdict(t) | {"assay": t.assay.name} for t in part.tracks],
            "interval": asdict(part.interval),
            "resolution": part.resolution,
        }
        for part in parts
    ]
    arrays = {f"values{i}": part.values for i, part in enumerate(parts)}
    np.savez(path, allow_pickle=False, facts=np.array(json.dumps(facts)), **arrays)


def read_tracks(path: Path) -> list[TrackData]:
    """One `TrackData` a model, in the order of the rows."""
    with np.load(path) as kept:
        facts = json.loads(str(kept["facts"]))
        return [
            TrackData(
                kept[f"values{i}"],
                tuple(
                    TrackMetadata(**{**t, "assay": Assay[t["assay"]], "biosample": None})
                    for t in fact["tracks"]
                ),
                Interval(**fact["interval"]),
                fact["resolution"],
            )
            for i, fact in enumerate(facts)
        ]


def _columns(data: TrackData) -> Iterator[TrackData]:
    return (data.select([column]) for column in range(len(data.tracks)))


def _write_bigwig(path: Path, data: TrackData) -> None:
    """One column, every bin with its value, and the usual ten zoom levels."""
    interval, step = data.interval, data.resolution
    values = np.ascontiguousarray(data.values[:, 0])
    part = path.with_suffix(".part")
    with pyBigWig.open(str(part), "w") as file:
        file.addHeader([(interval.chrom, interval.end)], maxZooms=10)
        for first in range(0, len(values), FEATURES_A_BLOCK):
            file.addEntries(
                interval.chrom,
                interval.start + first * step,
                values=values[first : first + FEATURES_A_BLOCK],
                span=step,
                step=step,
            )
    part.rename(path)


def _write_genes(path: Path, genes: Sequence[Gene]) -> None:
    """BED12, one line a gene: the exons of all transcripts together, as genoview draws them."""
    lines = []
    for gene in genes:
        exons = _merged([e.interval for t in gene.transcripts for e in t.exons] or [gene.interval])
        start, end = exons[0][0], exons[-1][1]
        sizes = ",".join(str(right - left) for left, right in exons)
        starts = ",".join(str(left - start) for left, _ in exons)
        place = f"{gene.interval.chrom}\t{start}\t{end}"
        kind = f"{gene.symbol}\t0\t{gene.interval.strand}\t{start}\t{end}\t0"
        lines.append(f"{place}\t{kind}\t{len(exons)}\t{sizes}\t{starts}\n")
    path.write_text("".join(lines))


def _merged(parts: Sequence[Interval]) -> list[tuple[int, int]]:
    """Starts and ends of what the intervals cover, from left to right."""
    found: list[tuple[int, int]] = []
    for part in sorted(parts, key=lambda one: one.start):
        if found and part.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], part.end))
        else:
            found.append((part.start, part.end))
    return found
