"""Basenji's table of targets -> what each track of Enformer and Borzoi is, and its scale.

identifier  clip_soft  scale  sum_stat  description
ENCFF281BWX+  384  0.3  sum_sqrt  RNA:aortic smooth muscle cell ...
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from genoview.data.track_data import Assay, FloatArray, TrackMetadata
from genoview.errors import BackendError
from genoview.models.alphagenome.track_filter import TrackFacts

SQUASHED = "sum_sqrt"  # of RNA-seq, whose sums were taken to the power of 3/4
POWER = 4 / 3  # undoes it
ASSAYS = {"CAGE": Assay.CAGE, "RNA": Assay.RNA_SEQ, "DNASE": Assay.DNASE, "ATAC": Assay.ATAC}
UNITS = {
    Assay.CAGE: "normalised reads",
    Assay.RNA_SEQ: "coverage, summed over the bin",
    Assay.DNASE: "normalised insertions",
    Assay.ATAC: "normalised insertions",
    Assay.CHIP_TF: "normalised coverage",
    Assay.CHIP_HISTONE: "normalised coverage",
}
_HISTONE = re.compile(r"H(2A|2B|3|4|1)")


@dataclass(frozen=True, slots=True)
class Target:
    """One track.

    Attributes:
        scale, clip_soft: what its values were multiplied by, and where roots were taken above.
        squashed: its sums were taken to the power of 3/4.
    """

    facts: TrackFacts
    assay: Assay
    scale: float = 1.0
    clip_soft: float = np.inf
    squashed: bool = False


def read_targets(path: Path) -> tuple[Target, ...]:
    """Every track in the model's order.

    Raises:
        BackendError: the file is not such a table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_target(row) for row in csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError, KeyError, ValueError, AttributeError) as error:
        raise BackendError(
            f"{path} cannot be read as a table of targets ({error}); columns identifier and "
            "description were expected, with tabs between."
        ) from error


def _target(row: dict[str, str]) -> Target:
    kind, _, rest = row["description"].partition(":")
    name, factor = row["identifier"], ""
    assay = ASSAYS.get(kind)
    if assay is None:
        factor, _, rest = rest.partition(":")
        assay = Assay.CHIP_HISTONE if _HISTONE.match(factor) else Assay.CHIP_TF
    strand = name[-1] if name[-1] in "+-" else "."
    facts = TrackFacts(
        name.rstrip("+-"), strand, biosample=rest.strip(), assay=assay.label, factor=factor
    )
    squashed = row.get("sum_stat") == SQUASHED
    return Target(
        facts, assay, float(row.get("scale") or 1), float(row.get("clip_soft") or np.inf), squashed
    )


def described_targets(targets: Sequence[Target]) -> tuple[TrackMetadata, ...]:
    """Names as people read them, with the identifier, since many share their words."""
    return tuple(
        TrackMetadata(
            f"{target.facts.words} ({target.facts.name})",
            target.assay,
            target.facts.strand,
            UNITS[target.assay],
            group=target.facts.name,
        )
        for target in targets
    )


def unsquashed(values: FloatArray, targets: Sequence[Target]) -> FloatArray:
    """float32[bins, tracks] on the scale of the experiments, as they were before training.

    The steps of Borzoi's preparation undone: the scale, the root above `clip_soft`, the power.
    """
    scaled = values.astype(np.float64) / [target.scale for target in targets]
    clip = np.array([target.clip_soft for target in targets])
    above = scaled > clip
    over = np.where(above, scaled - np.where(np.isfinite(clip), clip, 0), 0)
    scaled = np.where(above, over**2 + clip, scaled)
    power = np.where([target.squashed for target in targets], POWER, 1.0)
    return np.asarray(np.power(np.maximum(scaled, 0), power), dtype=np.float32)
