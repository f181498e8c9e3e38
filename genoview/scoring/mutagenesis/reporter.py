"""Every substitution of a few bases -> what it does to a reporter, on MPRA-DragoNN's own scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from genoview.data.track_data import Family, FloatArray
from genoview.models.expression.mpra_dragonn import RESOLUTION
from genoview.scoring.mutagenesis.activity import OfWindows
from genoview.scoring.mutagenesis.facts import ScoreFacts

OUTPUTS = tuple(
    f"{cell}-{promoter}" for cell in ("K562", "HepG2") for promoter in ("minP", "SV40P")
)
POOLED = "-pooled"  # of all replicates
FORMULA = (
    "Mean of ALT − REF of predicted activity over the windows of 145 bp that hold the base and "
    "over both strands, with all replicates pooled; the scale is the model's own, so that this is "
    "no fold change."
)


@dataclass(frozen=True)
class ReporterChange(OfWindows):
    """Change of one output of MPRA-DragoNN; the others are computed with it."""

    output: str
    chunk: int = 8 * RESOLUTION
    grid: int = RESOLUTION

    @property
    def facts(self) -> ScoreFacts:
        words = self.output.replace("-", " ")
        return ScoreFacts(
            score_id=self.id_of(self.output),
            title=f"MPRA-DragoNN, {words}",
            label=f"MPRA-DragoNN {words}",
            unit="change of predicted activity",
            formula=FORMULA,
            model="mpra-dragonn",
            family=Family.EXPRESSION,
            most_bases=2_000,
        )

    def groups(self, found: Mapping[str, FloatArray]) -> Iterable[str]:
        """Replicates apart are no scores."""
        return [f"{output}{POOLED}" for output in OUTPUTS]

    def id_of(self, group: str) -> str:
        return f"mpra-dragonn.{group.removesuffix(POOLED)}"
