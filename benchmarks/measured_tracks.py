"""Requests and bytes of measured tracks that are read by range, counted by a loopback server.

    python benchmarks/measured_tracks.py [--latency-ms 50] [--smoke]

Files are laid out as UCSC's: a bigBed of ClinVar's columns with 120,000 entries and one of
gnomAD's with 600,000 (250 a kb), a bigWig with a value for each of 4 million bases, a BED of
200,000 junctions with a tabix index. Seconds have the latency in them, once a request.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyBigWig
import pysam

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from genoview.data.genome import Interval
from genoview.io.formats import LocalFile
from genoview.io.measured.catalogue import TrackEntry
from genoview.io.measured.track import Connection, open_track
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.consent import NetworkPolicy
from genoview.io.remote.remote_file import RemoteFile
from tests.support.files.public_tracks import clinvar, clinvar_row, gnomad, gnomad_row
from tests.support.servers.range_server import RangeServer, serving

LENGTHS = {"chr1": 248_956_422, "chr20": 64_444_167}
START = 40_000_000  # of what the files have
N_POINTS = 2_560  # as a figure of 1,280 px takes
MOST_FEATURES = 500  # drawn one by one
CASES = (
    ("first 20 kb", Interval("chr20", START + 500_000, START + 520_000)),
    ("the same again", Interval("chr20", START + 500_000, START + 520_000)),
    ("panned by 20 kb", Interval("chr20", START + 520_000, START + 540_000)),
    ("1 Mb", Interval("chr20", START + 200_000, START + 1_200_000)),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=50, help="of each request")
    parser.add_argument("--smoke", action="store_true", help="small files, no latency")
    options = parser.parse_args()
    share = 0.02 if options.smoke else 1.0
    makers = {"clinvar": _clinvar, "gnomad": _gnomad, "values": _values, "junctions": _junctions}
    print("| Track | File | View | Requests | Bytes | Seconds |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, serving(b"") as server:
        server.latency_s = 0.0 if options.smoke else options.latency_ms / 1_000
        for kind, make in makers.items():
            server.files |= make(share, Path(folder))
            rows(server, Path(folder), kind)


def rows(server: RangeServer, folder: Path, kind: str) -> None:
    """One line a view, the first with what opening costs."""
    name = NAMES[kind]
    remote = RemoteFile(name, (server.url(name),))
    entry = TrackEntry(name, name, remote, entries=kind, dataset="gnomad_r4")
    policy = NetworkPolicy(True, frozenset(entry.hosts))
    connection = Connection(BlockCache(folder / "cache" / kind), lambda: policy)
    size = f"{len(server.files[f'/{name}']) / 1e6:.1f} MB"
    server.counted()
    track: LocalFile | None = None
    for words, interval in CASES:
        began = time.perf_counter()
        track = track or open_track(entry, connection, "GRCh38", LENGTHS)
        seen = look(track, interval)
        seconds = time.perf_counter() - began
        n_requests, n_bytes = server.counted()
        cells = kind, size, f"{words}: {seen}", n_requests, f"{n_bytes:,}", f"{seconds:.2f}"
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


def look(track: LocalFile, interval: Interval) -> str:
    """What a row of the figure reads; in words."""
    if track.is_signal:
        return f"{len(track.signal(interval, N_POINTS)[0]):,} points"
    n_seen = track.count(interval)
    if n_seen > MOST_FEATURES:
        track.density(interval, 150)
        return f"{track.count_words(interval)} entries, counted"
    return f"{len(track.features(interval, MOST_FEATURES)):,} entries"


NAMES = {
    "clinvar": "clinvarMain.bb",
    "gnomad": "genomes.bb",
    "values": "phylop.bw",
    "junctions": "junctions.bed.gz",
}


def _clinvar(share: float, _: Path) -> dict[str, bytes]:
    words = ("Pathogenic", "Benign", "Uncertain significance", "Likely benign")
    content = clinvar(
        [
            clinvar_row("chr20", START + 40 * i, START + 40 * i + 1, "A>C", words[i % 4], number=i)
            for i in range(round(120_000 * share))
        ],
        LENGTHS,
    )
    return {f"/{NAMES['clinvar']}": content}


def _gnomad(share: float, _: Path) -> dict[str, bytes]:
    frequencies = 10 ** np.random.default_rng(1).uniform(-6, -0.5, round(600_000 * share))
    content = gnomad(
        [
            gnomad_row("chr20", START + 4 * i + 1, "A", "C", round(float(f), 8))
            for i, f in enumerate(frequencies)
        ],
        LENGTHS,
    )
    return {f"/{NAMES['gnomad']}": content}


def _values(share: float, folder: Path) -> dict[str, bytes]:
    path = folder / "values.bw"
    values = np.random.default_rng(2).normal(0, 1, round(4_000_000 * max(share, 0.4)))
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader(list(LENGTHS.items()))
        file.addEntries("chr20", START, values=values.round(3).tolist(), span=1, step=1)
    return {f"/{NAMES['values']}": path.read_bytes()}


def _junctions(share: float, folder: Path) -> dict[str, bytes]:
    path = folder / NAMES["junctions"]
    rng = np.random.default_rng(3)
    with pysam.BGZFile(str(path), "wb") as file:
        for i in range(round(200_000 * share)):
            start, reads = START + 25 * i, rng.integers(1, 9_999)
            name = f"motif=GT/AG;uniquely_mapped={reads};annotated_junction=true"
            file.write(f"chr20\t{start}\t{start + 900}\t{name}\t{reads}\t+\n".encode())
    pysam.tabix_index(str(path), preset="bed", force=True)
    names = path.name, f"{path.name}.tbi"
    return {f"/{name}": (folder / name).read_bytes() for name in names}


if __name__ == "__main__":
    main()
