"""What models say of measured variants: AUROC, AUPRC and Spearman, with 95% intervals.

    python benchmarks/truth.py --data ../shared/data \
        --dragonn ../shared/weights/mpra-dragonn/pretrained.hdf5

Two experiments, of which no model here has seen the measured effects (MPRA-DragoNN, SpliceAI and
Pangolin have seen the genome around most of them):

- MaPSy (Soemedi et al. 2017, doi:10.1038/ng.3837): 2,464 exonic substitutions in short exons on a
  plasmid. The largest change that a splicing model sees in the 200 bp (of acceptor and donor the
  delta score, of Pangolin gain and loss in any tissue) is held against the authors' call "alters
  splicing", and log2 of the exon's sites in MUT over WT (mean of acceptor and donor, of Pangolin
  of its tissues) against the measured log2 ratio in cells. Beyond the 200 bp the models read N:
  the plasmid's sequence is not in the table.
- Saturation mutagenesis of promoters and enhancers (Kircher et al. 2019,
  doi:10.1038/s41467-019-11526-w): ALT less REF, mean of five windows and both strands, in the
  matching cell, against the measured effect; its size against whether that is significant.

`--json assets/truth.json` keeps the rows for the page Compare, beside those of other models.

An interval is of 500 draws, of wild-type exons or of positions. Figures reported elsewhere
stand beside where there are some.
"""

import argparse
import csv
import gzip
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from parts.tables import options
from parts.truth_samples import write_samples
from parts.truth_statistics import row

from genoview.data.track_data import FloatArray
from genoview.errors import BackendError
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_activity import WEIGHTS
from genoview.models.expression.promoter_network import WIDTH, load_promoter_networks
from genoview.models.variant_batch import Alleles, Edit, EditedStrand
from genoview.runtime.settings import read_settings
from genoview.scoring import delta_scores
from genoview.scoring.comparison.measured_variants import MAPSY, Measured, keep_truth
from training.promoter_activity import teacher, variants
from training.promoter_activity.assess import mean_of

SPLICERS = ("cispliceai", "spliceai", "pangolin")
KINDS = ("acceptor", "donor")
SEED = 0  # of exons that are drawn
SIGNIFICANT = 1e-5  # as Kircher et al. call an effect
LEAST = 1e-6  # of a probability, below which a logarithm says nothing
REPORTED = {"LDLR": 0.33, "F9": 0.33, "SORT1": 0.31}  # Spearman of MPRA-DragoNN's weights
HEAD = (
    "| experiment | model | n | AUROC | AUPRC | Spearman | reported |\n"
    "|---|---|---|---|---|---|---|"
)

Values = NDArray[np.float64]


def main() -> None:
    """Print a row a model and experiment."""
    parser = options(__doc__)
    parser.add_argument("--data", type=Path, help="folder with mpra and splicing")
    parser.add_argument("--dragonn", type=Path, help="pretrained.hdf5 of MPRA-DragoNN")
    parser.add_argument("--exons", type=int, help="so many wild types only, drawn by chance")
    parser.add_argument("--only", choices=["splicing", "mpra"])
    parser.add_argument("--models", nargs="+", choices=SPLICERS, default=SPLICERS, metavar="NAME")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.smoke:
            asked.data, asked.models = write_samples(Path(folder)), SPLICERS[:1]
        elif not asked.data:
            parser.error("--data is needed: the folder with mpra and splicing")
        print(HEAD)
        rows = measured(asked)
    if asked.json:
        keep_truth(asked.json, rows)


def measured(asked: argparse.Namespace) -> list[Measured]:
    """Of both experiments, or the one that is wanted."""
    rows: list[Measured] = []
    if asked.only != "mpra":
        exons = read_exons(asked.data / "splicing" / "mapsy_dev.csv.gz", asked.exons)
        rows += splicing(exons, asked.models)
    if asked.only != "splicing":
        table = asked.data / "mpra" / "saturation_mutagenesis_dev.tsv.gz"
        rows += mutagenesis(table, asked.dragonn)
    return rows


@dataclass(frozen=True)
class Exon:
    """A wild type of MaPSy, and its mutants.

    Attributes:
        sites: places of the exon's first and last base, where a model has acceptor and donor.
        mutants: sequence, log2 ratio in cells (NaN where not measured), alters splicing.
    """

    sequence: str
    sites: tuple[int, int]
    mutants: tuple[tuple[str, float, bool], ...]


def read_exons(path: Path, n: int | None) -> list[Exon]:
    """In the order of the table, or `n` of them drawn by chance."""
    tables: dict[str, list[dict[str, str]]] = {}
    with gzip.open(path, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            tables.setdefault(row["WT_SEQ"], []).append(row)
    exons = [_exon(sequence, rows) for sequence, rows in tables.items()]
    if n is None or n >= len(exons):
        return exons
    return [exons[i] for i in np.random.default_rng(SEED).permutation(len(exons))[:n]]


def _exon(sequence: str, rows: Sequence[dict[str, str]]) -> Exon:
    first = sequence.index(rows[0]["acceptor"]) + len(rows[0]["acceptor"])
    last = sequence.index(rows[0]["donor"], first) - 1
    mutants = [
        (row["MUT_SEQ"], float(row["log2_vivo_ratio"] or "nan"), row["ESM"] == "1") for row in rows
    ]
    return Exon(sequence, (first, last), tuple(mutants))


def splicing(exons: Sequence[Exon], models: Sequence[str]) -> list[Measured]:
    """A row a splicing model that is wanted and installed."""
    rows = []
    measured = np.array([ratio for exon in exons for _, ratio, _ in exon.mutants])
    altered = np.array([call for exon in exons for *_, call in exon.mutants])
    group = np.repeat(np.arange(len(exons)), [len(exon.mutants) for exon in exons])
    for name in models:
        try:
            backend = registry.create(name, models_dir=read_settings().models_dir)
        except BackendError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        said = list(_said(backend, exons))
        score, change = np.array(said).T
        calls = (altered, score, group)
        rows.append(row(MAPSY, backend.card.title, calls, (measured, change, group)))
    return rows


def _said(backend: Backend, exons: Sequence[Exon]) -> Iterator[tuple[float, float]]:
    """Of each mutant the delta score, and log2 of its exon's sites over the wild type's."""
    context = "N" * backend.context_length
    strands = [
        EditedStrand(context + exon.sequence + context, [_edit(exon, m, context) for m, *_ in rows])
        for exon in exons
        for rows in [exon.mutants]
    ]

    def progress(share: float) -> None:
        print(f"\r{backend.card.title}: {share:.0%}", end="", file=sys.stderr, flush=True)

    for exon, answers in zip(exons, backend.predict_strands(strands, progress), strict=True):
        for alleles in answers:
            yield _largest(alleles), _change(alleles, exon.sites)


def _edit(exon: Exon, mutant: str, context: str) -> Edit:
    pairs = zip(exon.sequence, mutant, strict=True)
    [at] = [i for i, (base, other) in enumerate(pairs) if base != other]
    first = len(context)
    return Edit(first + at, 1, mutant[at], first, first + len(exon.sequence))


def _largest(alleles: Alleles) -> float:
    """Of acceptor and donor the delta score; of tissues the larger of gain and loss."""
    change = alleles.alt - alleles.ref
    if change.shape[1] == len(KINDS):
        return delta_scores(change, 0).largest
    return float(np.abs(change).max())


def _change(alleles: Alleles, sites: tuple[int, int]) -> float:
    """log2 of what is said of the exon's own sites; the mean of tissues, where those are told."""

    def at_sites(one: FloatArray) -> FloatArray:
        if one.shape[1] == len(KINDS):
            return one[list(sites), [0, 1]]
        return np.asarray(one[list(sites)].mean(axis=1))

    alt, ref = (np.log2(np.maximum(at_sites(one), LEAST)) for one in (alleles.alt, alleles.ref))
    return float(np.mean(alt - ref))


def mutagenesis(table: Path, dragonn: Path | None) -> list[Measured]:
    """A row an element and a model."""
    rows = []
    significance = _significance(table)
    predictors = {"Promoter activity": (_ours(), WIDTH)}
    if dragonn:
        predictors["MPRA-DragoNN"] = (_dragonn(dragonn), teacher.WIDTH)
    for element in variants.read_elements(table):
        cell = variants.MATCHING_CELL[element.name]
        significant = significance[element.name]
        for title, (predict, width) in predictors.items():
            said = variants.predicted_effects(element, partial(predict, cell), width)[:, 0]
            calls = (significant, np.abs(said), element.at)
            reported = REPORTED.get(element.name) if title == "MPRA-DragoNN" else None
            ratios = (element.effect, said, element.at)
            rows.append(row(f"{element.name} ({cell})", title, calls, ratios, reported))
    return rows


def _ours() -> Callable[[str, variants.Codes], Values]:
    networks = load_promoter_networks(WEIGHTS)
    return lambda cell, codes: mean_of(networks, codes)[:, [CELLS.index(cell)]]


def _dragonn(weights: Path) -> Callable[[str, variants.Codes], Values]:
    network = teacher.load_dragonn(weights)

    def predict(cell: str, codes: variants.Codes) -> Values:
        both = teacher.teach(network, codes)[:, list(teacher.POOLED[cell])]
        return both.mean(axis=1, keepdims=True, dtype=float)

    return predict


def _significance(table: Path) -> dict[str, NDArray[np.bool_]]:
    """Whether each substitution that `read_elements` keeps is significant, by element."""
    found: dict[str, list[bool]] = {}
    with gzip.open(table, "rt", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            if line["Alt"] in "ACGT" and int(float(line["Barcodes"])) >= variants.MIN_BARCODES:
                found.setdefault(line["Element"], []).append(float(line["pValue"]) < SIGNIFICANT)
    return {name: np.array(calls) for name, calls in found.items()}


if __name__ == "__main__":
    main()
