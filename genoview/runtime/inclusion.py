"""A variant -> inclusion of the exons near it, by every embedded model of exons and of tissues."""

from dataclasses import replace

from genoview.data.genome import Variant
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.exons.contract import ExonModel, TissueExonModel
from genoview.models.registry import (
    create_tissue_model,
    exon_models,
    tissue_models,
)
from genoview.runtime.measured_inclusion import measured_table
from genoview.runtime.workbench import Workbench
from genoview.scoring.splicing.inclusion.changes import (
    ExonInclusion,
    inclusion_by,
    with_shares,
)
from genoview.scoring.splicing.inclusion.tissues import tissue_inclusion


def inclusion_of(
    bench: Workbench, request: Request, assembly: Assembly
) -> tuple[ExonInclusion, ...]:
    """One of each model; none of a locus.

    Raises:
        GenoviewError: weights, genes, sequence or measured inclusion cannot be read.
    """
    if request.variant is None:
        return ()
    variant = request.variant
    return tuple(variant_inclusion(bench, name, variant, assembly) for name in exon_models())


def variant_inclusion(
    bench: Workbench, name: str, variant: Variant, assembly: Assembly
) -> ExonInclusion:
    """By one model; errors as in `inclusion_of`."""
    answer = inclusion_by(exon_model(bench, name), variant, assembly)
    return _by_tissue(bench, answer, variant, assembly)


def _by_tissue(
    bench: Workbench, answer: ExonInclusion, variant: Variant, assembly: Assembly
) -> ExonInclusion:
    """With what was measured of the exons, and of the first of them the change by tissue."""
    if not answer.effects:
        return answer
    table = measured_table(bench.settings, assembly.family)
    effects = answer.effects if table is None else with_shares(answer.effects, table)
    measured = ("" if table is None else table.source, effects[0].shares)
    tissues = tuple(
        tissue_inclusion(
            tissue_model(bench, name), effects[0], variant, assembly.reference.fetch, measured
        )
        for name in tissue_models()
    )
    return replace(answer, effects=effects, tissues=tissues)


def exon_model(bench: Workbench, name: str) -> ExonModel:
    """The model, loaded at its first use."""
    model = bench.scan_model(name)
    assert isinstance(model, ExonModel)  # as it was made
    return model


def tissue_model(bench: Workbench, name: str) -> TissueExonModel:
    """The model, loaded at its first use."""
    model = bench.models.get(name, lambda: create_tissue_model(name, bench.device))
    assert isinstance(model, TissueExonModel)  # as it was made
    return model
