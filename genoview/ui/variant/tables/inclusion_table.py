"""Inclusion of the exons near a variant, a row an exon."""

from dataclasses import replace

import streamlit as st

from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.report.variant_report import VariantReport
from genoview.runtime.inclusion import inclusion_of
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.effect import ExonEffect
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant.tables import tissue_table
from genoview.ui.variant.tables.tissue_table import percent

SOURCE = (
    "Log odds of inclusion: natural logarithm of the odds that RNA has the exon, ALT − REF; below "
    "0 the exon is skipped more. Pathogenicity: the model's own probability, no classification."
)
COLUMNS = {
    "Δ log odds": ("%+.2f", "ALT − REF, natural logarithm. Below 0: less RNA has the exon."),
    "GTEx": ("%.1f%%", "Measured inclusion of REF: median of the tissues that have RNA with it."),
    "Δ from GTEx": ("%+.1f%%", "Of the inclusion that GTEx measured, 99.9% at most."),
    "Δ from 50%": ("%+.1f%%", "Of an exon that half of the RNA has."),
    "pathogenicity": ("%.2f", "0 to 1, as its authors trained it on ClinVar."),
    "Δ efficiency": ("%+.2f", "ALT − REF of the log of splicing efficiency: sites and exon."),
}


def show(report: VariantReport) -> None:
    """A table for each model, or why there is none."""
    if report.request.variant is not None and not report.inclusion:
        _say_why(report.request)
    for model in report.inclusion:
        title = plain(model.card.title)
        st.markdown(f"##### Inclusion of exons, {title}", help=plain(model.card.predicts))
        if model.effects:
            _table(model)
            _link_to_gene(model.effects[0].gene)
        st.caption(plain(" ".join((*model.notes, SOURCE if model.effects else "")).strip()))
        for tissues in model.tissues:
            tissue_table.show(tissues)


def _say_why(request: Request) -> None:
    bench = shell.bench()
    try:
        inclusion_of(bench, request, bench.assembly(request.assembly))
    except GenoviewError as error:
        st.error(plain(f"Inclusion of exons is not known: {error}"), icon=":material/error:")


def _link_to_gene(gene: str) -> None:
    path, _, icon = shell.PAGES["gene"]
    view = replace(shell.current(), transcript="")
    label = f"Every exon of {gene} in every tissue, measured"
    st.page_link(path, label=plain(label), icon=icon, query_params=shell.pairs(view))


def _table(model: ExonInclusion) -> None:
    sheet.dataframe(
        [_cells(effect) for effect in model.effects],
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format=form, help=words)
            for name, (form, words) in COLUMNS.items()
        },
        key=f"inclusion_{model.card.name}",
    )


def _cells(effect: ExonEffect) -> dict[str, object]:
    change, more = effect.change, len(effect.transcripts) - 1
    also = f" and {more} more" if more else ""
    return {
        "gene": effect.gene,
        "exon": f"{effect.number} of {effect.n_exons}",
        "Δ log odds": change.delta_logit_psi,
        "GTEx": percent(effect.psi),
        "Δ from GTEx": percent(effect.measured_delta_psi),
        "Δ from 50%": percent(effect.delta_psi),
        "pathogenicity": change.pathogenicity,
        "Δ efficiency": change.efficiency,
        "place": effect.exon.to_ucsc(),
        "transcript": effect.transcripts[0] + also,
    }
