"""Seconds to find the sites of 755 motifs on both strands of 1 Mb: by products and by lightmotif.

    python benchmarks/motif_scan.py [--device cuda]

Both find the same sites of the demo genome, part by part in turns; the benchmark stops where they
differ. genoview uses lightmotif on a CPU and products elsewhere. The last line is the modelled
occupancy of every bin, which needs every score, not only those of sites.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
import torch

from genoview.data.genome import Interval
from genoview.data.site_data import Sites
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motif_scan import LETTERS, LightmotifScan, ProductScan, sites_among
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

START, PART = 42_960_000, 100_000  # bp


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=10, help=f"of {PART:,} bp")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    bench = Workbench(read_settings())
    model = Jaspar(options.device)
    products, lightmotif = ProductScan(model._groups), LightmotifScan(Jaspar()._groups)
    runs: dict[str, Callable[[str], Sites | None]] = {
        "sites, products": lambda sequence: sites(model, products, sequence),
        "sites, lightmotif": lambda sequence: sites(model, lightmotif, sequence),
        "occupancy, products": lambda sequence: model._predict_bins(sequence, print_nothing),
    }
    seconds = dict.fromkeys(runs, 0.0)
    for i in range(options.parts):
        part = Interval("chr20", START + i * PART, START + (i + 1) * PART)
        sequence = bench.assembly("GRCh37-demo").reference.fetch(model.window(part))
        answers = {}
        for name, run in runs.items():
            began = time.perf_counter()
            answers[name] = run(sequence)
            seconds[name] += time.perf_counter() - began
        check_equal(answers["sites, products"], answers["sites, lightmotif"], part)
    width, first = options.parts * PART, seconds["sites, products"]
    print(
        f"{width:,} bp, {len(model.motifs)} motifs on both strands, products on {options.device},"
    )
    print(f"{torch.get_num_threads()} threads of a CPU")
    print(f"{'':<20} {'seconds':>8} {'µs a base':>10} {'ratio':>6}")
    for name, taken in seconds.items():
        print(f"{name:<20} {taken:8.1f} {taken / width * 1e6:10.1f} {taken / first:6.2f}")
    bench.close()


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
