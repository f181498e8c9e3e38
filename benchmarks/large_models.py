"""How long AlphaGenome takes here, and how much memory, by window, dtype and outputs.

    python benchmarks/large_models.py --folder WEIGHTS --device cuda --dtypes bfloat16 float32
    python benchmarks/large_models.py --reduced --device cpu --lengths 16384

`--reduced` builds a small untrained model, whose seconds mean nothing for the published one: it
shows that the script runs where there is no GPU. On CUDA the peak is what torch allocated; on the
CPU it is the growth of the largest resident size, which only ever rises. `estimate` is what
genoview says beforehand.
"""

import argparse
import importlib.util
import json
import resource
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from parts.tables import Table, missing, options

from genoview.models.alphagenome.local import AlphaGenomeWeights
from genoview.models.alphagenome.outputs import OUTPUTS, WINDOW_LENGTHS
from genoview.models.window_memory import needed_bytes

SETS = {
    "rna_seq": ("rna_seq",),
    "dnase, chip_tf": ("dnase", "chip_tf"),
    "all but junctions": tuple(name for name in OUTPUTS if name != "splice_junctions"),
}
COLUMNS = (
    *("window", "dtype", "outputs"),
    *("seconds", "variants a minute", "peak GB", "estimate GB"),
)
SMALL = 2_048  # bp
SMALLEST = 24, 1  # channels and layers
MOST_TRACKS = 64  # of an output
BEFORE = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # bytes, of the libraries


def save_reduced(folder: Path, channels: int = 96, layers: int = 3) -> None:
    """An untrained model, 8 tracks a head."""
    from alphagenome_pt import AlphaGenome, AlphaGenomeConfig, HeadName, synthetic_metadata

    heads = [head for head in HeadName if head is not HeadName.MASKED_LANGUAGE_MODELING]
    tracked = [head for head in heads if head is not HeadName.SPLICE_SITES_CLASSIFICATION]
    with warnings.catch_warnings(action="ignore"):  # splice sites have their five classes
        metadata = synthetic_metadata(heads=tracked, num_organisms=1, num_tracks=8)
    made = AlphaGenome(
        AlphaGenomeConfig(
            max_seq_len=WINDOW_LENGTHS[-1],
            num_channels=channels,
            transformer_layers=layers,
            metadata=metadata,
            dtype_policy="float32",
        )
    )
    made.eval().save(folder)
    (folder / "genoview.json").write_text(json.dumps({"random_weights": True}))


@contextmanager
def weights(asked: argparse.Namespace) -> Iterator[Path]:
    """A folder of weights: the one asked for, or one that goes again."""
    if asked.folder is not None:
        yield asked.folder
        return
    with tempfile.TemporaryDirectory() as folder:
        save_reduced(Path(folder), *SMALLEST if asked.smoke else ())
        yield Path(folder)


def peak_bytes(device: str) -> int:
    """The most that was in use at once."""
    if device.startswith("cuda"):
        return int(torch.cuda.max_memory_allocated(torch.device(device)))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - BEFORE


def measured(
    source: AlphaGenomeWeights, outputs: Sequence[str], length: int, repeats: int
) -> tuple[float, float, float]:
    """Median seconds of one window, peak GB and estimated GB."""
    bases = np.random.default_rng(0).choice(list("ACGT"), length)
    wanted = {
        name: tuple(range(min(len(source.facts(name)), MOST_TRACKS)))
        for name in outputs
        if source.facts(name)
    }
    source.predict("".join(bases), wanted)  # loads, and warms up
    if source.device.startswith("cuda"):
        torch.cuda.reset_peak_memory_stats()
    seconds = []
    for _ in range(repeats):
        np.random.default_rng(1).shuffle(bases)
        began = time.perf_counter()
        source.predict("".join(bases), wanted)
        seconds.append(time.perf_counter() - began)
    estimate = needed_bytes(source._model, length, wanted)
    return statistics.median(seconds), peak_bytes(source.device) / 1e9, estimate / 1e9


def main() -> None:
    """Print one row a window, dtype and set of outputs."""
    parser = options(__doc__)
    parser.add_argument("--folder", type=Path, help="published weights")
    parser.add_argument("--reduced", action="store_true", help="a small untrained model instead")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtypes", nargs="+", default=["bfloat16"])
    parser.add_argument("--lengths", nargs="+", type=int, default=list(WINDOW_LENGTHS))
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    if asked.smoke:
        asked.device, asked.dtypes, asked.lengths = "cpu", ["float32"], [SMALL]
        asked.reduced, asked.repeats = True, 1
    if asked.reduced == (asked.folder is not None):
        parser.error("give either --folder or --reduced")
    if not importlib.util.find_spec("alphagenome_pt"):
        missing("alphagenome-pt is not installed (extra 'alphagenome-pt')", asked.smoke)
    Table(COLUMNS, tuple(rows(asked))).report(asked.json)


def rows(asked: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Each printed as soon as it is known: the largest take minutes."""
    with weights(asked) as folder:
        for dtype in asked.dtypes:
            source = AlphaGenomeWeights(folder, device=asked.device, dtype=dtype)
            for length in asked.lengths:
                for words, outputs in list(SETS.items())[: 1 if asked.smoke else None]:
                    took, peak, estimate = measured(source, outputs, length, asked.repeats)
                    rate = 60 / (2 * took)  # REF and ALT
                    numbers = f"{took:.2f}", f"{rate:.1f}", f"{peak:.2f}", f"{estimate:.2f}"
                    print(f"{length:,} {dtype} {words}: {took:.2f} s", file=sys.stderr)
                    yield f"{length:,}", dtype, words, *numbers


if __name__ == "__main__":
    main()
