"""Inclusion of exons -> the small table of a report's page."""

from genoview.report.one_page.record import Cell, Column, Table
from genoview.report.variant_report import VariantReport
from genoview.scoring.splicing.inclusion.effect import SMALL

MOST_EXONS = 2
TITLE = "Inclusion of exons"


def exon_table(report: VariantReport) -> Table:
    """The exons that change most, and the tissue where the first of them does."""
    columns = (
        Column("exon", is_key=True),
        Column("transcript", is_key=True),
        Column("log odds", 2, is_signed=True),
        Column("in tissues"),
    )
    rows: list[tuple[Cell, ...]] = []
    for model in report.inclusion:
        for effect in model.effects[:MOST_EXONS]:
            by_tissue = (tissue.brief for tissue in model.tissues if tissue.effect == effect)
            change = round(effect.change.delta_logit_psi, 6)
            name = f"{effect.gene} {effect.place}"
            rows.append((name, effect.transcripts[0], change, next(by_tissue, "")))
    titles = ", ".join(model.card.title for model in report.inclusion)
    note = f"{titles}: below 0 the exon is included less; within ±{SMALL} it hardly changes."
    return Table(TITLE, columns, tuple(rows), note)
