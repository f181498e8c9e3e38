"""Requests and bytes of a genome that is read by HTTP range, counted by a server on the loopback.

    python benchmarks/remote_genome.py [--latency-ms 50] [--smoke]

The file is a 2bit of chr20 at its true length (GRCh37): the demo's megabase, N elsewhere, and as
many soft masks as hg19 has there, between two other chromosomes, so that its record is not beside
the index, as in hg38.2bit. Seconds have the latency in them, once a request.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from genoview.data.genome import Interval
from genoview.data.progress import no_progress
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.catalogue import GenomeEntry
from genoview.io.remote.consent import NetworkPolicy
from genoview.io.remote.genome import RemoteGenome
from genoview.io.remote.remote_file import RemoteFile
from genoview.models import registry
from genoview.models.base import Backend
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import EMBEDDED, read_settings
from genoview.store import Store
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.servers.range_server import RangeServer, serving

LENGTH = 63_025_520  # bp of chr20, GRCh37
DEMO = Interval("chr20", 42_484_000, 43_484_000)
BEFORE, BEHIND = 400_000, 4_000_000  # bp of the chromosomes before and behind it
N_MASKS = 105_042  # of hg19's chr20
START = DEMO.start + 100_000
CASES = (
    ("first 20 kb of a chromosome", Interval("chr20", START, START + 20_000)),
    ("the same again", Interval("chr20", START, START + 20_000)),
    ("panned by 20 kb", Interval("chr20", START + 20_000, START + 40_000)),
    ("panned by 20 kb again", Interval("chr20", START + 40_000, START + 60_000)),
    ("200 kb away", Interval("chr20", START + 300_000, START + 320_000)),
    ("first 20 kb of another chromosome", Interval("chr21", 3_000_000, 3_020_000)),
)
WARM = "chr20:42,700,001-42,720,000"
MODEL = "promoter-activity"
MEGABASE = (("first 1 Mb of a chromosome", DEMO),)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=50, help="of each request")
    parser.add_argument("--smoke", action="store_true", help="no latency; a check that it runs")
    options = parser.parse_args()
    latency_s = 0.0 if options.smoke else options.latency_ms / 1_000
    assets = EMBEDDED.parent / "genome"
    with ReferenceGenome.open("demo", assets / "GRCh37-demo.fa.gz") as demo:
        bases = demo.fetch(DEMO)
    masks = [(600 * i, 600 * i + 300) for i in range(N_MASKS)]
    chr20 = Sequence(LENGTH, {DEMO.start: bases}, masks)
    chr1, chr21 = Sequence(BEFORE, {0: bases[:300_000]}), Sequence(BEHIND)
    content = two_bit({"chr1": chr1, "chr20": chr20, "chr21": chr21})
    print("| Window | Requests | Bytes | Seconds |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, serving(content) as server:
        server.latency_s = latency_s
        for cases in (CASES, MEGABASE):
            genome = opened(Path(folder), server, cases[0][0])
            rows(server, genome, cases)
            check(genome, bases)
        first_panels(Path(folder), server, 1 if options.smoke else 5)


def opened(folder: Path, server: RangeServer, name: str) -> RemoteGenome:
    """With a cache of its own."""
    sizes = folder / "chrom.sizes"
    sizes.write_text(f"chr1\t{BEFORE}\nchr20\t{LENGTH}\nchr21\t{BEHIND}\n")
    file = RemoteFile("toy.2bit", (server.url("toy.2bit"),), len(server.content))
    policy = NetworkPolicy(True, frozenset(file.hosts))
    entry = GenomeEntry("Toy", "GRCh37", "", file, sizes, {})
    return RemoteGenome.connect(entry, BlockCache(folder / name), lambda: policy)


def rows(
    server: RangeServer, genome: RemoteGenome, cases: tuple[tuple[str, Interval], ...]
) -> None:
    """One line a window."""
    for words, interval in cases:
        server.counted()
        began = time.perf_counter()
        genome.fetch(interval)
        seconds = time.perf_counter() - began
        n_requests, n_bytes = server.counted()
        print(f"| {words} | {n_requests} | {n_bytes:,} | {seconds:.2f} |", flush=True)


def first_panels(folder: Path, server: RangeServer, n_loci: int) -> None:
    """Loci that are new, from the query to the figure: of the demo, and the same by range."""
    settings = read_settings({"GENOVIEW_CONFIG": str(folder / "none.toml")})
    demo = open_assembly(settings.assemblies[0], settings)
    model = registry.create(MODEL, "cpu", "float32", settings.models_dir)
    panel(demo, model, Store(folder / "warm", 10**9), WARM)  # loads weights and code
    timed: dict[str, list[tuple[float, int, int]]] = {"demo": [], "the same by range": []}
    for number in range(n_loci):
        start = DEMO.start + 300_001 + 40_000 * number
        remote = opened(folder, server, f"panel {number}")
        whole = Assembly(remote.name, remote, demo.annotation, demo.family)
        for words, assembly in zip(timed, (demo, whole), strict=True):
            store = Store(folder / f"{words} {number}", 10**9)
            server.counted()
            began = time.perf_counter()
            panel(assembly, model, store, f"chr20:{start}-{start + 19_999}")
            timed[words].append((time.perf_counter() - began, *server.counted()))
            store.close()
    for words, each in timed.items():
        seconds, n_requests, n_bytes = sorted(each)[n_loci // 2]
        title = f"first panel of a new locus, {words}"
        print(f"| {title} | {n_requests} | {n_bytes:,} | {seconds:.2f} |", flush=True)


def panel(assembly: Assembly, model: Backend, store: Store, text: str) -> None:
    """Query, answer of a model, figure."""
    request = resolve(text, assembly)
    answered = answer(request, model, assembly, store, no_progress)
    build_figure(Scene(request, assembly, [answered]), request.locus.interval, Options())


def check(genome: RemoteGenome, bases: str) -> None:
    """Stop where a base differs."""
    if genome.fetch(DEMO) != bases:
        raise SystemExit("The sequence by range is not that of the FASTA.")


if __name__ == "__main__":
    main()
