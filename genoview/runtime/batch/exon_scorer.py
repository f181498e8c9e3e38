"""Variants -> the exon of each gene whose inclusion changes most, as a file has it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import ClassVar

from genoview.data.genome import Gene, Interval, Variant
from genoview.data.progress import Progress
from genoview.io.assembly import Assembly
from genoview.models.exons.contract import ExonModel
from genoview.models.registry import tissue_models
from genoview.runtime.inclusion import exon_model, tissue_model, variant_inclusion
from genoview.runtime.measured_inclusion import measured_table
from genoview.runtime.workbench import Workbench
from genoview.scoring.model_result import ExonResult, ModelFacts, ModelResult, ResultQuestion
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.effect import ExonEffect
from genoview.scoring.splicing.inclusion.tissues import LEAST, TissueInclusion


@dataclass(frozen=True)
class InclusionQuestion(ResultQuestion):
    """Change of inclusion of the exons near a variant.

    Attributes:
        beside: by what else it is scored: models of tissues, and the table of what is measured.
        reach: bp of intron that any of the models reads.
    """

    KIND: ClassVar[tuple[object, ...]] = ("inclusion", 1)

    beside: tuple[str, ...] = ()
    reach: int = 0

    @property
    def facts(self) -> Sequence[object]:
        """The genes there, and the bases of their exons and introns as far as they are read."""
        near = self.variant.interval.expanded(self.model.context_length)
        genes = self.assembly.annotation.genes(near)
        exons = (
            exon for gene in genes for transcript in gene.transcripts for exon in transcript.exons
        )
        read = [near, *(exon.interval for exon in exons if exon.interval.overlaps(near))]
        reach = self.reach + sum(len(change.ref) for change in self.variant.changes)
        start, end = min(part.start for part in read), max(part.end for part in read)
        bases = self.assembly.reference.fetch(Interval(near.chrom, start - reach, end + reach))
        return *self.beside, [list(_plain(gene)) for gene in genes], bases


class InclusionScorer:
    """One model of exons in one genome, with the tissues of its first exon."""

    def __init__(self, bench: Workbench, name: str, assembly: Assembly) -> None:
        """Raises: GenoviewError: weights or what is measured cannot be read."""
        self._bench, self._name, self._assembly = bench, name, assembly
        self.backend: ExonModel = exon_model(bench, name)
        tissues = [tissue_model(bench, other) for other in tissue_models()]
        table = measured_table(bench.settings, assembly.family)
        measured = "" if table is None else table.path.name
        self._beside = (*(model.version for model in tissues), measured)
        model = self.backend
        self._reach = max(model.intron_length, *(each.intron_length for each in tissues))
        self._facts = ModelFacts(model.card, model.version, model.intron_length)

    def question(self, variant: Variant) -> InclusionQuestion:
        """What its answer depends on."""
        return InclusionQuestion(variant, self._facts, self._assembly, self._beside, self._reach)

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        """One result a variant, in order; `progress` may raise `Cancelled`."""
        results = []
        for i, variant in enumerate(variants):
            progress(i / len(variants))
            answer = variant_inclusion(self._bench, self._name, variant, self._assembly)
            results.append(result_of_inclusion(answer))
        return results


def result_of_inclusion(answer: ExonInclusion) -> ModelResult:
    """As a file has it; without exons the reason why."""
    name = answer.card.name
    if not answer.effects:
        return ModelResult(name, reason=" ".join(answer.notes))
    firsts: dict[str, ExonEffect] = {}
    for effect in answer.effects:
        firsts.setdefault(effect.gene, effect)
    tissues = answer.tissues[0] if answer.tissues else None
    exons = (
        _exon(effect, tissues if effect is answer.effects[0] else None)
        for effect in firsts.values()
    )
    return ModelResult(name, exons=tuple(exons))


def _exon(effect: ExonEffect, tissues: TissueInclusion | None) -> ExonResult:
    measured = effect.measured_delta_psi
    tissue, most = _most(tissues)
    return ExonResult(
        effect.gene,
        f"{effect.number} of {effect.n_exons}",
        effect.transcripts[0],
        effect.exon.strand,
        effect.exon.start + 1,
        effect.exon.end,
        effect.change.delta_logit_psi,
        effect.psi,
        effect.delta_psi if measured is None else measured,
        effect.change.pathogenicity,
        tissue,
        most,
    )


def _most(tissues: TissueInclusion | None) -> tuple[str, float | None]:
    """Where inclusion changes most; no single tissue where all change alike or hardly."""
    counted = tissues.counted if tissues is not None and tissues.source else ()
    if tissues is None or not counted or abs(counted[0].delta_psi or 0.0) < LEAST:
        return "", None
    tissue = f"alike in {len(counted)}" if tissues.is_alike else counted[0].tissue
    return tissue, counted[0].delta_psi


def _plain(gene: Gene) -> Sequence[object]:
    transcripts = [
        [
            transcript.transcript_id,
            [(exon.interval.start, exon.interval.end) for exon in transcript.exons],
        ]
        for transcript in gene.transcripts
    ]
    return gene.gene_id, gene.symbol, astuple(gene.interval), transcripts
