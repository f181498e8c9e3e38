"""In-silico mutagenesis: seconds for every substitution of a range, and for looking again.

    python benchmarks/mutagenesis.py            # 200 bp around an exon of HNF4A, two cores

Each score on an empty store: the whole range, with the time until the first bases are there; the
same range again; and a range moved by a quarter, which computes its new bases only. Where other
work shares the cores, believe the seconds of all cores rather than those on the clock.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from parts.tables import Table, options

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings
from genoview.scoring.mutagenesis import Scan, score_of
from genoview.store import Store

EXON_END = 43_042_364  # chr20, GRCh37: first base behind an exon of HNF4A
SCORES = ("splice+", "activity.K562")
SMALL = 4  # bp
COLUMNS = ("score", "run", "range", "new", "measured", "all cores", "first bases")


@dataclass
class Watch:
    """Seconds on the clock and of all cores, and when the first bases were there."""

    wall: float = 0.0
    cpu: float = 0.0
    first: float | None = None

    def run(self, scan: Scan, work: Callable[[Callable[[float], None]], object]) -> None:
        began, cpu = time.perf_counter(), time.process_time()

        def look(share: float) -> None:
            if self.first is None and scan.so_far().n_done:
                self.first = time.perf_counter() - began

        work(look)
        self.wall, self.cpu = time.perf_counter() - began, time.process_time() - cpu


def measure(
    score_id: str, place: Interval, backend: Backend, demo: Assembly, store: Store
) -> Iterator[tuple[str, ...]]:
    """Three runs of one score, a row each."""
    moved = replace(place, start=place.start + place.width // 4, end=place.end + place.width // 4)
    for name, interval in (("computed", place), ("again", place), ("moved by a quarter", moved)):
        scan, watch = Scan(score_of(score_id), interval, demo), Watch()
        known = Scan(score_of(score_id), interval, demo)
        known.recall(backend, store)
        n_new = interval.width - known.so_far().n_done
        watch.run(scan, lambda look, scan=scan: scan.run(backend, store, look))  # type: ignore[misc]
        first = "" if watch.first is None else f"{watch.first:.1f} s"
        bases = f"{interval.width} bp", f"{n_new}"
        yield score_id, name, *bases, f"{watch.wall:.2f} s", f"{watch.cpu:.2f} s", first


def main() -> None:
    """Print a row for each score and run."""
    parser = options(__doc__)
    parser.add_argument("--width", type=int, default=200, help="bp")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scores", nargs="*", default=SCORES)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    width = SMALL if asked.smoke else asked.width
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"GENOVIEW_CACHE": folder})
        demo = open_assembly(settings.assemblies[0], settings)
        middle = Interval("chr20", EXON_END, EXON_END + 1)
        for score_id in asked.scores:
            backend = registry.create(score_of(score_id).facts.model, "cpu", "float32")
            store = Store(Path(folder) / score_id, 100_000_000)
            rows += measure(score_id, middle.resized(width), backend, demo, store)
    Table(COLUMNS, tuple(rows)).report(asked.json)


if __name__ == "__main__":
    main()
