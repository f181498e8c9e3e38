"""Seconds for reporter activity on both strands of a locus, beside MPRA-DragoNN.

    python benchmarks/promoter_activity.py --dragonn ../shared/weights/mpra-dragonn/pretrained.hdf5

Both read a window every 16 bp on both strands of the demo genome; the best of three runs counts.
MPRA-DragoNN needs h5py (training/requirements.txt) and its published weights; without them its line
is left out.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from parts.tables import Table, options

from genoview.data.genome import Interval, reverse_complement
from genoview.models.expression.promoter_activity import RESOLUTION, PromoterActivity
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

sys.path.insert(0, str(Path(__file__).parents[1]))  # MPRA-DragoNN's network is in training/

START, WIDTHS = 42_974_000, (20_000, 100_000)  # bp
ROUNDS = 3
SMALL = 1_000


def main() -> None:
    """Print the table."""
    parser = options(__doc__)
    parser.add_argument("--dragonn", type=Path, help="pretrained.hdf5")
    parser.add_argument("--device", default="cpu")
    asked = parser.parse_args()
    bench = Workbench(read_settings())
    model = PromoterActivity(asked.device)
    n_rounds = 1 if asked.smoke else ROUNDS
    print(f"{asked.device}, {torch.get_num_threads()} threads, best of {n_rounds}")
    rows: list[tuple[str, ...]] = []
    for width in (SMALL,) if asked.smoke else WIDTHS:
        interval = Interval("chr20", START, START + width)
        sequence = bench.assembly("GRCh37-demo").reference.fetch(model.window(interval))

        def ours(sequence: str = sequence, interval: Interval = interval) -> None:
            model.predict(sequence, interval)

        runs: dict[str, Callable[[], object]] = {"genoview": ours}
        if asked.dragonn:
            runs["MPRA-DragoNN"] = dragonn(asked.dragonn, sequence)
        times = {name: min(timed(run) for _ in range(n_rounds)) for name, run in runs.items()}
        rows += lines(width, times)
    bench.close()
    Table(("bp", "model", "measured", "µs a base", "ratio"), tuple(rows)).report(asked.json)


def lines(width: int, times: dict[str, float]) -> Iterator[tuple[str, ...]]:
    """A row a model, with its best time over genoview's."""
    for name, best in times.items():
        ratio = best / times["genoview"]
        yield f"{width:,}", name, f"{best:.2f} s", f"{best / width * 1e6:.1f}", f"{ratio:.2f}"


def dragonn(weights: Path, sequence: str) -> Callable[[], object]:
    """MPRA-DragoNN on 145 bp every 16 bp of both strands."""
    from training.promoter_activity.data import encode
    from training.promoter_activity.teacher import WIDTH, load_dragonn, teach

    network = load_dragonn(weights)
    codes = np.concatenate(
        [
            np.lib.stride_tricks.sliding_window_view(encode([strand], len(strand))[0], WIDTH)[
                ::RESOLUTION
            ]
            for strand in (sequence, reverse_complement(sequence))
        ]
    )
    return lambda: teach(network, codes)


def timed(run: Callable[[], object]) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
