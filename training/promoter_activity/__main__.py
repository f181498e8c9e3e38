"""python -m training.promoter_activity train | report | folds | figures: seeded and resumable."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess import held_out, in_own_units, mean_of, seconds_per_locus, variant_effects
from .data import CELLS, Measurements, inactive
from .evaluate import pearson
from .export import export
from .figures import draw_figures
from .folds import hold_each_out
from .model import PromoterEnsemble, jaspar_motifs
from .recipe import Recipe, read_recipe
from .runs import (
    DRAGONN,
    MUTAGENESIS,
    Data,
    finish,
    log_run,
    refit,
    side_by_side,
    train,
    trained,
    use_threads,
)
from .splits import BEYOND_TEST, TEST, VALIDATION
from .tables import write_tables
from .train import SECOND_POOL
from .variants import read_elements

WEIGHTS = Path("assets/models/promoter-activity.safetensors")
REPORT = Path("docs/models/promoter-activity")


def report(recipe: Recipe, options: argparse.Namespace) -> None:
    """Train what is not trained, export the ensemble, and store every result of the report."""
    side_by_side(trained, recipe, options)
    data = Data.of(recipe, options)
    seconds, chosen, exported = [], [], []
    for seed in options.seeds:
        network, took = finish(recipe, seed, options, data)
        log_run(recipe, seed, network, took, data, options)
        last, again = refit(recipe, seed, network, data, options)
        chosen.append(network)
        exported.append(last)
        seconds.append(took + again)
    motifs = jaspar_motifs()
    networks = PromoterEnsemble(motifs, exported).eval()
    export(networks, options.seeds, inactive(data.measured), WEIGHTS)
    store_results(recipe, PromoterEnsemble(motifs, chosen).eval(), networks, seconds, data, options)


def store_results(
    recipe: Recipe,
    chosen: PromoterEnsemble,
    networks: PromoterEnsemble,
    seconds: list[float],
    data: Data,
    options: argparse.Namespace,
) -> None:
    """What the report is written from: results.json, runs.jsonl, and arrays for its figures.

    `chosen` was not trained on validation rows; `networks`, which are exported, may have been.
    """
    measured, parts = data.measured, data.parts
    results: dict[str, object] = {"recipe": asdict(recipe), "seeds": options.seeds}
    results["rows"] = {str(part): int((parts == part).sum()) for part in np.unique(parts)}
    results["parameters"] = sum(p.numel() for p in networks.members[0].parameters())
    results["training seconds"] = [round(one) for one in seconds]
    arrays: dict[str, NDArray[np.float64]] = {}
    for part, of in ((VALIDATION, chosen), (TEST, networks)):
        rows = np.flatnonzero(parts == part)
        results[part], arrays[f"{part}/predicted"] = held_out(of, measured, rows)
        arrays[f"{part}/measured"] = measured.activity[rows].astype(float)
    before = held_out(chosen, measured, np.flatnonzero(parts == TEST))[0]
    results["test before the refit"] = before["ensemble"]
    results["test in own units"] = _own_units(networks, measured, parts)
    elements = read_elements(options.data / MUTAGENESIS)
    weights = options.dragonn / DRAGONN
    results["variants"], effects = variant_effects(networks, elements, weights)
    results["speed"] = seconds_per_locus(networks, weights)
    kept: dict[str, Any] = arrays | effects
    np.savez(options.out / "arrays.npz", **kept)
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    keep_runs(options.out / "runs.jsonl", REPORT / "runs.jsonl")


def keep_runs(log: Path, kept: Path) -> None:
    """Add the runs of a folder to those that the report tells of, each once."""
    known = kept.read_text().splitlines() if kept.exists() else []
    every = dict.fromkeys([*known, *log.read_text().splitlines()])
    kept.write_text("".join(f"{line}\n" for line in every))


def _own_units(
    networks: PromoterEnsemble, measured: Measurements, parts: NDArray[np.str_]
) -> dict[str, float]:
    """Pearson over test rows, each in the units of its pool."""
    rows = np.flatnonzero(np.isin(parts, (TEST, *BEYOND_TEST)))
    truth, held_out = measured.activity[rows].astype(float), parts[rows] == TEST
    second = measured.pools[rows] == SECOND_POOL
    predictions = in_own_units(mean_of(networks, measured.codes[rows]), truth, second, held_out)
    return {cell: pearson(predictions[:, i], truth[held_out, i]) for i, cell in enumerate(CELLS)}


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; paths are seen from the root of the repository."""
    parser = argparse.ArgumentParser(prog="python -m training.promoter_activity")
    parser.add_argument("command", choices=("train", "report", "folds", "figures"))
    parser.add_argument("recipes", nargs="*", type=Path)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/mpra"))
    parser.add_argument("--dragonn", type=Path, default=Path("../shared/weights/mpra-dragonn"))
    genome = Path("build/genome/GRCh37-chr20.fa.gz")
    parser.add_argument(
        "--genome", type=Path, default=genome, help="scripts/assets/build_demo.py chr20"
    )
    parser.add_argument("--out", type=Path, default=Path("build/promoter_activity"))
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command for each recipe."""
    options = parse(arguments)
    use_threads(options.threads)
    if options.command == "figures":
        draw_figures(options.out / "arrays.npz", REPORT)
        write_tables(REPORT / "results.json", REPORT.with_suffix(".md"))
    for path in options.recipes:
        recipe = read_recipe(path)
        if options.command == "report":
            report(recipe, options)
        elif options.command == "folds":
            REPORT.mkdir(parents=True, exist_ok=True)
            results = hold_each_out(recipe, options)
            (REPORT / "folds.json").write_text(json.dumps(results, indent=1) + "\n")
        else:
            side_by_side(train, recipe, options)


if __name__ == "__main__":
    main()
