"""python -m training.promoter_activity train | report | figures: seeded and resumable."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .assess import follows_teacher, held_out, seconds_per_locus, variant_effects
from .data import Measurements, inactive, read_measurements
from .evaluate import families, predict, scores
from .export import export
from .figures import draw_figures
from .lessons import make_lessons
from .model import PromoterNetwork
from .pretrain import Pretraining
from .recipe import Recipe, read_recipe
from .splits import TEST, TRAIN, VALIDATION, read_split
from .tables import write_tables
from .train import Training
from .variants import read_elements

TABLE = "promoter_activity.tsv.gz"
MUTAGENESIS = "saturation_mutagenesis_dev.tsv.gz"
DRAGONN = "pretrained.hdf5"
SPLIT = Path(__file__).with_name("split.npz")
WEIGHTS = Path("assets/models/promoter-activity.safetensors")
REPORT = Path("docs/models/promoter-activity")


def prepare(
    recipe: Recipe, seed: int, options: argparse.Namespace
) -> tuple[Measurements, NDArray[np.str_], Training]:
    """The run of a recipe and seed, as far as it has come."""
    measured = read_measurements(options.data / TABLE)
    parts = read_split(measured, recipe.split, SPLIT)
    rows = np.flatnonzero(parts == TRAIN)
    lessons, pretrained = None, None
    if recipe.pretraining.epochs or recipe.optimisation.distillation:
        # Without kin of held-out rows also where the measurements keep them.
        strict = read_split(measured, replace(recipe.split, keep_kin=False), SPLIT)
        weights = options.dragonn / DRAGONN
        lessons = make_lessons(measured, strict, options.genome, weights, options.out)
    if lessons is not None and recipe.pretraining.epochs:
        pretrained = Pretraining(recipe, seed, lessons, options.out).finish()
    folder = options.out / f"{recipe.name}-{seed}"
    return measured, parts, Training(recipe, seed, measured, rows, lessons, folder, pretrained)


def train(recipe: Recipe, seed: int, options: argparse.Namespace) -> PromoterNetwork:
    """One run; its scores on validation rows are printed, those on test rows only logged."""
    measured, parts, training = prepare(recipe, seed, options)
    network = training.run()
    record = {"name": recipe.name, "seed": seed, "recipe": asdict(recipe)}
    record["parameters"] = sum(p.numel() for p in network.parameters())
    record["seconds"] = round(training.seconds)
    record["rows"] = {str(part): int((parts == part).sum()) for part in np.unique(parts)}
    for part in (VALIDATION, TEST):
        held = np.flatnonzero(parts == part)
        predicted = predict(network, measured.codes[held])
        record[part] = scores(predicted, measured, held, families(measured, held))
    held = measured.codes[parts == VALIDATION]
    record["follows teacher"] = follows_teacher([network], held, options.dragonn / DRAGONN)
    with (options.out / "runs.jsonl").open("a") as log:
        log.write(json.dumps(record) + "\n")
    shown = {key: record[key] for key in (VALIDATION, "follows teacher")}
    print(recipe.name, seed, json.dumps(shown), flush=True)
    return network


def report(recipe: Recipe, options: argparse.Namespace) -> None:
    """Train what is not trained, export the ensemble, and store every result of the report."""
    runs = [prepare(recipe, seed, options) for seed in options.seeds]
    networks = [training.run() for _, _, training in runs]
    measured, parts, _ = runs[0]
    export(networks, recipe.architecture, options.seeds, inactive(measured), WEIGHTS)
    results: dict[str, object] = {"recipe": asdict(recipe), "seeds": options.seeds}
    results["rows"] = {str(part): int((parts == part).sum()) for part in np.unique(parts)}
    results["parameters"] = sum(p.numel() for p in networks[0].parameters())
    results["training seconds"] = [round(training.seconds) for _, _, training in runs]
    arrays: dict[str, NDArray[np.float64]] = {}
    for part in (VALIDATION, TEST):
        rows = np.flatnonzero(parts == part)
        results[part], arrays[f"{part}/predicted"] = held_out(networks, measured, rows)
        arrays[f"{part}/measured"] = measured.activity[rows].astype(float)
    elements = read_elements(options.data / MUTAGENESIS)
    weights = options.dragonn / DRAGONN
    results["variants"], effects = variant_effects(networks, elements, weights, options.out)
    results["speed"] = seconds_per_locus(networks, weights)
    kept: dict[str, Any] = arrays | effects
    np.savez(options.out / "arrays.npz", **kept)
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    runs_log = options.out / "runs.jsonl"
    if runs_log.exists():
        (REPORT / "runs.jsonl").write_text(runs_log.read_text())


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; paths are seen from the root of the repository."""
    parser = argparse.ArgumentParser(prog="python -m training.promoter_activity")
    parser.add_argument("command", choices=("train", "report", "figures"))
    parser.add_argument("recipes", nargs="*", type=Path)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/mpra"))
    parser.add_argument("--dragonn", type=Path, default=Path("../shared/weights/mpra-dragonn"))
    genome = Path("build/genome/GRCh37-chr20.fa.gz")
    parser.add_argument("--genome", type=Path, default=genome, help="scripts/build_demo.py chr20")
    parser.add_argument("--out", type=Path, default=Path("build/promoter_activity"))
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command for each recipe."""
    options = parse(arguments)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)  # a network that falls silent is not slower for it
    if options.command == "figures":
        draw_figures(options.out / "arrays.npz", REPORT)
        write_tables(REPORT / "results.json", REPORT.with_suffix(".md"))
    for path in options.recipes:
        recipe = read_recipe(path)
        if options.command == "report":
            report(recipe, options)
        else:
            for seed in options.seeds:
                train(recipe, seed, options)


if __name__ == "__main__":
    main()
