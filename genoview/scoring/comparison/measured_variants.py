"""Accuracy of models on measured variants: assets/truth.json -> Measured.

`python benchmarks/truth.py --json assets/truth.json` writes the file, and docs/truth.md has the
same rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from genoview.data.assets import ASSETS
from genoview.data.track_data import Family
from genoview.errors import SettingsError

FILE = ASSETS / "truth.json"
MAPSY = "MaPSy"
STATISTICS = ("auroc", "auprc", "spearman")
SPLICING_WORDS = (
    "Exonic substitutions in short exons on a plasmid, called altering splicing or not by "
    "Soemedi et al. 2017. AUROC and AUPRC: the delta score against that call; Spearman: the "
    "change of the exon's sites against the measured change of splicing in cells."
)
MUTAGENESIS_WORDS = (
    "Every substitution of a promoter or enhancer, its effect on a reporter measured by Kircher "
    "et al. 2019. AUROC and AUPRC: the size of the predicted effect against whether the measured "
    "one is significant (p < 1e-5); Spearman: the effect against the measured one, in the "
    "matching cell."
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic with its 95% interval, to three decimals."""

    value: float
    low: float
    high: float

    @property
    def words(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Measured:
    """One model on one experiment.

    Attributes:
        model: its title.
        n, n_positive: variants, and those with a measured effect.
        reported: the Spearman correlation from the literature; None where none is.
    """

    experiment: str
    model: str
    n: int
    n_positive: int
    auroc: Estimate
    auprc: Estimate
    spearman: Estimate
    reported: float | None = None

    @property
    def family(self) -> Family:
        return Family.SPLICING if self.experiment == MAPSY else Family.EXPRESSION

    @property
    def what(self) -> str:
        """What was measured, in plain words."""
        return SPLICING_WORDS if self.family is Family.SPLICING else MUTAGENESIS_WORDS

    @property
    def line(self) -> str:
        """As a row of the table in docs/truth.md."""
        n = f"{self.n:,}, {self.n_positive:,} positive"
        numbers = (self.auroc.words, self.auprc.words, self.spearman.words)
        reported = "" if self.reported is None else str(self.reported)
        return f"| {self.experiment} | {self.model} | {n} | {' | '.join(numbers)} | {reported} |"


def read_truth(path: Path = FILE) -> tuple[Measured, ...]:
    """In the order of the file.

    Raises:
        SettingsError: the file is missing or not of this form.
    """
    try:
        return tuple(_measured(entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(
            f"{path.name} cannot be read ({error}); benchmarks/truth.py --json writes it."
        ) from error


def keep_truth(path: Path, rows: Sequence[Measured]) -> None:
    """Write rows; those of the same experiment and model are replaced, others stay."""
    before = read_truth(path) if path.exists() else ()
    known = {(variant.experiment, variant.model): variant for variant in (*before, *rows)}
    lines = ",\n".join(f" {json.dumps(_plain(variant))}" for variant in known.values())
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _measured(fields: dict[str, object]) -> Measured:
    estimates = {name: Estimate(*fields.pop(name)) for name in STATISTICS}  # type: ignore[misc]
    return Measured(**fields, **estimates)  # type: ignore[arg-type]


def _plain(row: Measured) -> dict[str, object]:
    facts: dict[str, object] = {
        "experiment": row.experiment,
        "model": row.model,
        "n": row.n,
        "n_positive": row.n_positive,
    }
    for name in STATISTICS:
        measured = getattr(row, name)
        facts[name] = [round(measured.value, 3), round(measured.low, 3), round(measured.high, 3)]
    return facts | {"reported": row.reported}
