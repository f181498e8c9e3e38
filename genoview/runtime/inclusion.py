"""A variant -> inclusion of the exons near it, by every embedded model of exons."""

from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.exons.contract import ExonModel
from genoview.models.registry import create_exon_model, exon_models
from genoview.runtime.workbench import Workbench
from genoview.scoring.splicing.inclusion.changes import ExonInclusion, inclusion_answer


def inclusion_of(
    bench: Workbench, request: Request, assembly: Assembly
) -> tuple[ExonInclusion, ...]:
    """One of each model; none of a locus.

    Raises:
        GenoviewError: weights, genes or sequence cannot be read.
    """
    if request.variant is None:
        return ()
    models = (exon_model(bench, name) for name in exon_models())
    return tuple(inclusion_answer(request, model, assembly) for model in models)


def exon_model(bench: Workbench, name: str) -> ExonModel:
    """The model, loaded at its first use."""
    model = bench.models.get(name, lambda: create_exon_model(name, bench.device))
    assert isinstance(model, ExonModel)  # as it was made
    return model
