"""A transcript as it is annotated, and as the changed splice sites would make it."""

from dataclasses import replace

from genoview.data.genome import Gene, Transcript
from genoview.figure.panels.frame.row import Legend, Row, View
from genoview.figure.panels.frame.theme import Theme
from genoview.figure.panels.genome.gene_models import GeneModel, transcript_models
from genoview.figure.panels.genome.genes import LANE_HEIGHT, model_traces

TITLE = "Transcript"
UNIT = "REF, and ALT by fixed rules from its splice sites"


def outcome_row(
    gene: Gene, before: Transcript, after: Transcript, words: str, view: View, theme: Theme
) -> Row:
    """Two lanes: the transcript of REF, and below it that of ALT with what became of it.

    Args:
        words: beside ALT's, such as `exon 4 very likely skipped`.
    """
    models = [
        _model(gene, before, f"{gene.symbol or gene.gene_id} {before.transcript_id}"),
        _model(gene, after, words),
    ]
    seen = any(model.interval.overlaps(view.interval) for model in models)
    return Row(
        title=TITLE,
        unit=UNIT,
        traces=model_traces(models, (theme.ref, theme.alt), view, theme),
        height_px=2 * LANE_HEIGHT,
        y_range=(2.0, 0.0),
        colour=theme.muted,
        legend=(Legend("REF", theme.ref), Legend("ALT", theme.alt)),
        message="" if seen else "outside of the view",
    )


def _model(gene: Gene, transcript: Transcript, label: str) -> GeneModel:
    [model] = transcript_models([replace(gene, transcripts=(transcript,))])
    return replace(model, label=label, key="")
