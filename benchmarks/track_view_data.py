"""The megabase that the track view is measured on: predictions, once for genoview, once for igv.js.

Three models predict the whole demo region. Four splice tracks at 1 bp, two promoter tracks at
50 bp and fourteen tracks of motif occupancy at 10 bp are kept as float32 in one file, and each
track again as bigWig, so that both programs draw the same values. Predicting takes some minutes
and is done once; everything lies in `build/track-view/`, which is not committed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyBigWig

from genoview.data.answer import Answer
from genoview.data.genome import Gene, Interval
from genoview.data.track_data import Assay, TrackData, TrackMetadata
from genoview.models.registry import default_models
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring import factors_to_show

FOLDER = Path(__file__).parents[1] / "build" / "track-view"
MEGABASE = "chr20:42,484,001-43,484,000"
N_FACTORS = 14
MODELS = ("cispliceai", "promid", "jaspar")  # in the order of the rows
FEATURES_A_BLOCK = 250_000  # of one call into pyBigWig


def prepared(folder: Path = FOLDER) -> Path:
    """The folder with every file of the benchmark; makes what is absent."""
    folder.mkdir(parents=True, exist_ok=True)
    tracks = folder / "tracks.npz"
    if not tracks.exists():
        _write_tracks(tracks, [_kept(found) for found in _predicted()])
    listed = [one for data in read_tracks(tracks) for one in _columns(data)]
    for number, data in enumerate(listed):
        path = folder / f"track{number}.bw"
        if not path.exists():
            _write_bigwig(path, data)
    settings = read_settings({})
    assembly = open_assembly(settings.assemblies[0], settings)
    whole = listed[0].interval
    _write_genes(folder / "genes.bed", assembly.annotation.genes(whole))
    length = assembly.reference.chromosomes[whole.chrom]
    _write_sparse_fasta(folder / "genome.fa", whole, assembly.reference.fetch(whole), length)
    return folder


def _predicted() -> Iterator[Answer]:
    """What each model says of the megabase; kept in genoview's own store."""
    settings = read_settings({"GENOVIEW_CACHE": str(FOLDER / "cache")})
    bench = Workbench(settings)
    assembly = bench.assembly()
    request = resolve(MEGABASE, assembly)
    for name in sorted(default_models(), key=MODELS.index):
        yield answer(request, bench.backend(name), assembly, bench.store)
    bench.close()


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


def _write_sparse_fasta(path: Path, at: Interval, bases: str, length: int) -> None:
    """A chromosome on one line of which only `at` takes room on the disk, with its index."""
    head = f">{at.chrom}\n"
    with path.open("wb") as file:
        file.write(head.encode())
        file.seek(len(head) + at.start)
        file.write(bases.encode())
        file.truncate(len(head) + length)
    index = f"{at.chrom}\t{length}\t{len(head)}\t{length}\t{length + 1}\n"
    path.with_suffix(".fa.fai").write_text(index)
