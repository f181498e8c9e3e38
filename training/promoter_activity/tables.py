"""results.json -> the tables of the report, as Markdown."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from .data import CELLS
from .splits import TEST

MARK = "<!-- tables: written by python -m training.promoter_activity figures -->"
FIRST_TRY = ("0.66", "0.62", "0.44", "0.72", "0.71")  # in the order of CELLS
END = "<!-- end of tables -->"


def write_tables(file: Path, report: Path) -> None:
    """Replace what stands between the two marks of the report."""
    text = report.read_text()
    before, rest = text.split(MARK)
    _, after = rest.split(END)
    results = json.loads(file.read_text())
    lines = (file.parent / "runs.jsonl").read_text().splitlines()
    tables = [
        _held_out(results),
        _subsets(results),
        *_folds(file.parent / "folds.json"),
        _leak([json.loads(line) for line in lines]),
        _variants(results),
        _heads(results),
        _calibration(results),
        _speed(results),
    ]
    report.write_text("\n\n".join([before + MARK, *tables, END]) + after)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _spread(values: list[float]) -> str:
    return f"{np.mean(values):.3f} ± {np.std(values, ddof=1):.3f}"


def _held_out(results: dict[str, Any]) -> str:
    test = results[TEST]
    rows = []
    for cell in CELLS:
        members = [one["pearson"][cell] for one in test["members"]]
        interval, ceiling = test["interval"][cell], test["ceiling"][cell]
        rows.append(
            [
                cell,
                str(test["measured"]["all"][cell]),
                _spread(members),
                f"{test['ensemble']['pearson'][cell]:.3f}",
                f"{interval['low']:.3f} to {interval['high']:.3f}",
                f"{test['ensemble']['spearman'][cell]:.3f}",
                f"{ceiling['ceiling']:.2f}",
            ]
        )
    n = len(test["members"])
    return "### Test set\n\n" + _table(
        ["cell", "n", f"Pearson, {n} seeds ± sd", "their mean", "95%", "Spearman", "ceiling"], rows
    )


def _row(name: str, scores: dict[str, float]) -> list[str]:
    return [name, *(f"{scores[cell]:.3f}" if cell in scores else "" for cell in CELLS)]


def _subsets(results: dict[str, Any]) -> str:
    test = results[TEST]
    rows = [_row(name, scores) for name, scores in test["subsets"].items()]
    rows.append(_row("all, each in the units of its pool", results["test in own units"]))
    rows.append(_row("all, before the refit", results["test before the refit"]["pearson"]))
    pools = {k: v for k, v in test["ensemble"].items() if k.startswith("pearson ")}
    rows += [_row(name.removeprefix("pearson "), scores) for name, scores in pools.items()]
    return "### Parts of the test set, Pearson of the ensemble\n\n" + _table(
        ["part", *CELLS], rows
    ).replace("nan", "")


def _folds(path: Path) -> list[str]:
    """Every chromosome held out once, where that was done."""
    if not path.exists():
        return []
    results = json.loads(path.read_text())
    folds, seeds = results["folds"], len(results["seeds"])
    rows = []
    for fold in folds:
        chroms = ", ".join(chrom.removeprefix("chr") for chrom in fold["chroms"])
        rows.append([chroms, *(_of_fold(fold, cell) for cell in CELLS)])
    rows[0][0] += " (the test set's)"
    kinds = (
        ("one pool", "mean of the sets ± sd"),
        ("all", "the same, both pools of km18"),
        ("all in own units", "the same, each row in the units of its pool"),
    )
    for kind, label in kinds:
        rows.append([label, *(_spread([fold[kind][cell] for fold in folds]) for cell in CELLS)])
    table = _table(["chromosomes tested", *CELLS], rows)
    what = f"motif readout alone, Pearson of the mean of {seeds} seeds"
    return [f"### Every chromosome held out once, {what}\n\n{table}"]


def _of_fold(fold: dict[str, Any], cell: str) -> str:
    return f"{fold['one pool'][cell]:.3f} (n {fold['rows'][cell]})"


def _leak(runs: list[dict[str, Any]]) -> str:
    """An earlier network's seed 1 under both splits, beside the first try's published figures."""
    last = {run["name"]: run[TEST] for run in runs if run["seed"] == 1}
    rows = [
        [label, *(f"{last[name]['pearson'][cell]:.3f}" for cell in CELLS)]
        for name, label in (
            ("strided", "no chromosome and no kin shared"),
            ("strided_chromosomes_only", "no chromosome shared"),
        )
        if name in last
    ]
    rows.append(["no chromosome shared: a first try, another network", *FIRST_TRY])
    title = "### An earlier network (`strided`, seed 1) under two splits, same test set, Pearson"
    return f"{title}\n\n{_table(['training set', *CELLS], rows)}"


def _calibration(results: dict[str, Any]) -> str:
    kinds = {f"level, {cell}": results[TEST]["calibration"][cell] for cell in CELLS}
    kinds |= {f"variants of {name}": v["calibration"] for name, v in results["variants"].items()}
    rows = [[name, f"{c['spearman']:.2f}", f"{c['coverage']:.0%}"] for name, c in kinds.items()]
    head = ["what", "Spearman of spread and error", "measured within 2 sd of the mean"]
    return "### What the members' spread tells of their error\n\n" + _table(head, rows)


def _variants(results: dict[str, Any]) -> str:
    rows = []
    for name, v in results["variants"].items():
        ours, theirs = v["ours"][v["cell"]], v["dragonn"][v["cell"]]
        rows.append(
            [
                name,
                v["cell"],
                str(ours["n"]),
                f"{ours['spearman']:.3f} ({ours['low']:.2f} to {ours['high']:.2f})",
                _spread(v["members"]),
                f"{theirs['spearman']:.3f} ({theirs['low']:.2f} to {theirs['high']:.2f})",
                f"{v['difference']['low']:+.2f} to {v['difference']['high']:+.2f}",
            ]
        )
    head = ["element", "head", "n", "this model (95%)", "one seed ± sd", "MPRA-DragoNN (95%)"]
    return "### Variant effects, Spearman\n\n" + _table([*head, "difference, 95%"], rows)


def _heads(results: dict[str, Any]) -> str:
    rows = [
        [name, *(f"{v['ours'][cell]['spearman']:.3f}" for cell in CELLS)]
        for name, v in results["variants"].items()
    ]
    agreement = np.mean([v["agreement of heads"] for v in results["variants"].values()], 0)
    pairs = [[cell, *(f"{x:.2f}" for x in row)] for cell, row in zip(CELLS, agreement, strict=True)]
    return (
        "### Every head on every element, Spearman\n\n"
        + _table(["element", *CELLS], rows)
        + "\n\n### Agreement of the heads' variant effects, mean Spearman over the elements\n\n"
        + _table(["", *CELLS], pairs)
    )


def _speed(results: dict[str, Any]) -> str:
    speed = results["speed"]
    rows = [
        [label, f"{speed[name]:.2f}", f"{speed[name] / 20_000 * 1e6:.0f}"]
        for name, label in (("ours", "this model (ensemble)"), ("dragonn", "MPRA-DragoNN"))
    ]
    title = (
        f"### Both strands of 20 kb, {speed['windows']:.0f} windows, {speed['threads']:.0f} threads"
    )
    return f"{title}\n\n" + _table(["model", "seconds", "microseconds per base"], rows)
