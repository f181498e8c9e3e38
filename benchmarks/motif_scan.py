"""Seconds to find the sites of 755 motifs on both strands of 1 Mb: by products and by lightmotif.

    python benchmarks/motif_scan.py [--device cuda]

Both find the same sites of the demo genome, part by part in turns; the benchmark stops where they
differ. genoview uses lightmotif on a CPU and products elsewhere. The last line is the modelled
occupancy of every bin, which needs every score, not only those of sites.
"""

import time
from collections.abc import Callable

import numpy as np
import torch
from parts.tables import Table, options

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motif_scan import LETTERS, LightmotifScan, ProductScan, sites_among
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

START, PART, SMALL = 42_960_000, 100_000, 2_000  # bp


def main() -> None:
    """Print the table."""
    parser = options(__doc__)
    parser.add_argument("--parts", type=int, default=10, help=f"of {PART:,} bp")
    parser.add_argument("--device", default="cpu")
    asked = parser.parse_args()
    n_parts, width = (1, SMALL) if asked.smoke else (asked.parts, PART)
    model = Jaspar(asked.device)
    print(
        f"{n_parts * width:,} bp, {len(model.motifs)} motifs on both strands, "
        f"products on {asked.device}, {torch.get_num_threads()} threads of a CPU"
    )
    seconds = measured(model, [START + i * width for i in range(n_parts)], width)
    first = seconds["sites, products"]
    rows = tuple(
        (name, f"{taken:.1f} s", f"{taken / n_parts / width * 1e6:.1f}", f"{taken / first:.2f}")
        for name, taken in seconds.items()
    )
    Table(("what", "measured", "µs a base", "ratio"), rows).report(asked.json)


def measured(model: Jaspar, starts: list[int], width: int) -> dict[str, float]:
    """Seconds of each way over all parts."""
    bench = Workbench(read_settings())
    products, lightmotif = ProductScan(model._groups), LightmotifScan(Jaspar()._groups)
    runs: dict[str, Callable[[str], Sites | None]] = {
        "sites, products": lambda sequence: sites(model, products, sequence),
        "sites, lightmotif": lambda sequence: sites(model, lightmotif, sequence),
        "occupancy, products": lambda sequence: model._predict_bins(sequence, print_nothing),
    }
    seconds = dict.fromkeys(runs, 0.0)
    for start in starts:
        part = Interval("chr20", start, start + width)
        sequence = bench.assembly("GRCh37-demo").reference.fetch(model.window(part))
        answers = {}
        for name, run in runs.items():
            began = time.perf_counter()
            answers[name] = run(sequence)
            seconds[name] += time.perf_counter() - began
        check_equal(answers["sites, products"], answers["sites, lightmotif"], part)
    bench.close()
    return seconds


def sites(model: Jaspar, scan: ProductScan | LightmotifScan, sequence: str) -> Sites:
    """The sites that begin inside of the context on both sides."""
    codes = np.searchsorted(LETTERS, np.frombuffer(sequence.encode("ascii"), np.uint8))
    reach = model.context_length
    found = scan.candidates(sequence, reach, len(sequence) - reach)
    return Sites.concatenate([sites_among(group, some, codes) for group, some in found])


def check_equal(a: Sites | None, b: Sites | None, part: Interval) -> None:
    """Stop where two lists of sites differ."""
    columns = ("start", "end", "strand", "track", "score", "p_value")
    rows = [
        sorted(zip(*(getattr(some, c).tolist() for c in columns), strict=True)) for some in (a, b)
    ]
    if rows[0] != rows[1]:
        raise SystemExit(
            f"{part.to_ucsc()}: {len(rows[0])} and {len(rows[1])} sites, not the same."
        )


def print_nothing(share: float) -> None:
    """Progress that nobody watches."""


if __name__ == "__main__":
    main()
