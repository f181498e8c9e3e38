"""Stored results -> the report's figures, as PNG files."""

import importlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from .data import CELLS
from .variants import MATCHING_CELL, Values

_DENSITY = 40  # bins each way of a plot of predicted against measured


def draw_figures(arrays: Path, folder: Path) -> None:
    """Predicted against measured, mutagenesis profiles, Spearman per element, heads' agreement."""
    kept = dict(np.load(arrays))
    results = json.loads((folder / "results.json").read_text())
    _draw_scatter(kept, results, folder / "predicted-against-measured.png")
    _draw_profiles(kept, folder / "mutagenesis-profiles.png")
    _draw_elements(results, folder / "variant-effects.png")
    _draw_agreement(results, folder / "heads-agreement.png")


def _draw_scatter(kept: dict[str, Values], results: dict[str, Any], path: Path) -> None:
    plt = _pyplot()

    figure, axes = plt.subplots(1, len(CELLS), figsize=(16, 3.6), layout="constrained")
    for column, (axis, cell) in enumerate(zip(axes, CELLS, strict=True)):
        x, y = kept["test/measured"][:, column], kept["test/predicted"][:, column]
        known = ~np.isnan(x)
        axis.hexbin(x[known], y[known], gridsize=_DENSITY, bins="log", cmap="viridis", mincnt=1)
        r = results["test"]["ensemble"]["pearson"][cell]
        axis.set(title=f"{cell}: r = {r:.2f}, n = {known.sum()}", xlabel="measured, log2 RNA/DNA")
    axes[0].set_ylabel("predicted, log2 RNA/DNA")
    _save(figure, path)


def _by_position(at: Values, effect: Values) -> tuple[Values, Values]:
    """Positions, and the mean effect of the substitutions at each."""
    positions, group = np.unique(at, return_inverse=True)
    return positions, np.bincount(group, effect) / np.bincount(group)


def _draw_profiles(kept: dict[str, Values], path: Path) -> None:
    plt = _pyplot()

    figure, axes = plt.subplots(len(MATCHING_CELL), 1, figsize=(14, 15), layout="constrained")
    for axis, (name, cell) in zip(axes, MATCHING_CELL.items(), strict=True):
        predicted = kept[f"{name}/ours"][:, CELLS.index(cell)]
        for label, effect, colour in (
            ("measured", kept[f"{name}/measured"], "#444444"),
            ("predicted", predicted, "#d95f02"),
        ):
            positions, mean = _by_position(kept[f"{name}/at"], effect)
            axis.plot(positions, mean / mean.std(), color=colour, lw=1, label=label)
        axis.axhline(0, color="#bbbbbb", lw=0.5)
        axis.set_title(f"{name}, head {cell}", loc="left", fontsize=10)
        axis.set_ylabel("mean effect, sd")
    axes[0].legend(ncols=2, frameon=False)
    axes[-1].set_xlabel("position in the element, bp")
    _save(figure, path)


def _draw_elements(results: dict[str, Any], path: Path) -> None:
    plt = _pyplot()

    figure, axis = plt.subplots(figsize=(9, 4), layout="constrained")
    names = list(results["variants"])
    for shift, key, label, colour in (
        (-0.12, "ours", "this model", "#d95f02"),
        (0.12, "dragonn", "MPRA-DragoNN", "#1b9e77"),
    ):
        elements = [results["variants"][n][key][results["variants"][n]["cell"]] for n in names]
        rho = np.array([f["spearman"] for f in elements])
        error = np.abs(
            np.array([[f["low"] for f in elements], [f["high"] for f in elements]]) - rho
        )
        x = np.arange(len(names)) + shift
        axis.errorbar(x, rho, error, fmt="o", color=colour, capsize=3, label=label)
    axis.axhline(0, color="#bbbbbb", lw=0.5)
    axis.set_xticks(range(len(names)), [f"{n}\n{results['variants'][n]['cell']}" for n in names])
    axis.set_ylabel("Spearman with measured effects")
    axis.legend(frameon=False)
    _save(figure, path)


def _draw_agreement(results: dict[str, Any], path: Path) -> None:
    plt = _pyplot()

    agreement = np.mean([v["agreement of heads"] for v in results["variants"].values()], 0)
    figure, axis = plt.subplots(figsize=(4.6, 4), layout="constrained")
    image = axis.imshow(agreement, vmin=0, vmax=1, cmap="Oranges")
    for i in range(len(CELLS)):
        for j in range(len(CELLS)):
            axis.text(j, i, f"{agreement[i, j]:.2f}", ha="center", va="center", color="black")
    axis.set_xticks(range(len(CELLS)), CELLS)
    axis.set_yticks(range(len(CELLS)), CELLS)
    axis.set_title("Spearman between heads' variant effects", fontsize=10)
    figure.colorbar(image)
    _save(figure, path)


def _pyplot() -> Any:
    """Matplotlib without a screen; loaded here, since only drawing needs it."""
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    return importlib.import_module("matplotlib.pyplot")


def _save(figure: Any, path: Path) -> None:
    plt = _pyplot()

    figure.savefig(path, dpi=90, metadata={"Software": None})
    plt.close(figure)
