"""Request -> what a model of genes says of the genes of its window: Request -> ModelLevels."""

from genoview.data.genome import Interval
from genoview.models.gene_model import GeneModel
from genoview.query.resolve import Assembly, Request
from genoview.scoring.gene_levels import ModelLevels, gene_levels


def gene_answer(request: Request, model: GeneModel, assembly: Assembly) -> ModelLevels:
    """Of the genes of what is predicted, and of those whose promoter the variant can lie in."""
    around = request.predicted
    if request.variant is not None:
        near = request.variant.interval.expanded(model.upstream + model.downstream)
        start, end = min(around.start, near.start), max(around.end, near.end)
        around = Interval(around.chrom, start, end)
    genes = assembly.annotation.genes(around)
    return gene_levels(model, genes, assembly.reference, request.variant)
