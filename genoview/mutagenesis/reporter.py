"""Every substitution of a few bases -> what it does to a reporter, on MPRA-DragoNN's own scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genoview.backends.base import Backend, Progress
from genoview.backends.mpra_dragonn import RESOLUTION
from genoview.genome import Interval
from genoview.mutagenesis.activity import activity_contents, activity_effects
from genoview.mutagenesis.facts import ScoreFacts
from genoview.request import Assembly
from genoview.splice_scores import VariantLine
from genoview.tracks import Family, FloatArray

OUTPUTS = tuple(
    f"{cell}-{promoter}" for cell in ("K562", "HepG2") for promoter in ("minP", "SV40P")
)
"""With all replicates pooled."""
FORMULA = (
    "Mean of ALT − REF of predicted activity over the windows of 145 bp that hold the base and "
    "over both strands, with all replicates pooled; the scale is the model's own, so that this is "
    "no fold change."
)


@dataclass(frozen=True, slots=True)
class ReporterChange:
    """Change of one output of MPRA-DragoNN; the others are computed with it."""

    output: str
    chunk: int = 8 * RESOLUTION
    grid: int = RESOLUTION

    @property
    def facts(self) -> ScoreFacts:
        words = self.output.replace("-", " ")
        return ScoreFacts(
            score_id=f"mpra-dragonn.{self.output}",
            title=f"MPRA-DragoNN, {words}",
            label=f"MPRA-DragoNN {words}",
            unit="change of predicted activity",
            formula=FORMULA,
            model="mpra-dragonn",
            family=Family.EXPRESSION,
            most_bases=2_000,
        )

    def contents(self, backend: Backend, assembly: Assembly, interval: Interval) -> list[str]:
        """What the effects of each base depend on: the windows that hold it, and its place."""
        return activity_contents(backend, assembly, interval)

    def effects(
        self,
        backend: Backend,
        assembly: Assembly,
        interval: Interval,
        lines: Sequence[VariantLine],
        progress: Progress,
    ) -> dict[str, FloatArray]:
        """float32[lines] of every output, by the id of its score."""
        found = activity_effects(backend, assembly, interval, lines, progress)
        return {
            replace(self, output=output).facts.score_id: found[f"{output}-pooled"]
            for output in OUTPUTS
        }
