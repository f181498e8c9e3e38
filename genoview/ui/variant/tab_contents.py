"""What each tab of the Variant page shows, from its tables."""

from dataclasses import replace

import streamlit as st

from genoview.data.track_data import Family
from genoview.figure.tracks.by_assay import drawer_of
from genoview.report.variant_report import VariantReport
from genoview.ui.explore import of_locus
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import consequences, missense, names, structure
from genoview.ui.variant import protein as protein_changes
from genoview.ui.variant.evidence import links_out, measured, rules
from genoview.ui.variant.tables import (
    delta_table,
    effects_table,
    gain_loss_table,
    inclusion_table,
    rank_table,
    score_tables,
    service_scores,
)

NO_MODEL = "No model of {family} has answered yet."
WHY = (
    "Which bases a prediction rests on: *Analyse* above the tracks computes each of the three "
    "substitutions of every base around the variant, and the strongest are listed here."
)


def protein(report: VariantReport) -> None:
    """Consequence on each transcript, and the RNA and protein that come of it."""
    protein_changes.show(report)
    consequences.plain_table(report.consequences)


def splicing(report: VariantReport) -> None:
    """Delta scores, gain and loss in tissues, inclusion of exons, and the tracks that change."""
    has_answered = _has_answered(report, Family.SPLICING)
    if has_answered:
        delta_table.show(report)
        gain_loss_table.gains(report)
    inclusion_table.show(report)
    if has_answered:
        effects_table.show(report, Family.SPLICING)


def expression(report: VariantReport) -> None:
    """Promoters, reporters and the levels of genes."""
    of_locus.gene_levels(report.request)
    if not _has_answered(report, Family.EXPRESSION):
        return
    score_tables.activities(report)
    gain_loss_table.reporters(report)
    effects_table.show(report, Family.EXPRESSION)


def binding(report: VariantReport) -> None:
    """Motifs gained and lost."""
    if not _has_answered(report, Family.BINDING):
        return
    if any(drawer_of(answer.shown).has_factors for answer in report.answers):
        st.markdown("##### Motifs gained and lost")
        score_tables.motifs(report)
    effects_table.show(report, Family.BINDING)


def missense_and_structure(report: VariantReport) -> None:
    """The changed residue: by language models of proteins, and in a structure."""
    missense.show(report)
    structure.show(report)


def why(report: VariantReport) -> None:
    """The strongest bases of each mutagenesis."""
    st.markdown(WHY)
    of_locus.top_positions(report.request, report.answers)


def evidence(report: VariantReport) -> None:
    """ClinVar and gnomAD, in words, links to other sites, and ClinGen's rules on predictions."""
    measured.offer(report.request, shell.current())
    measured.show(report.request, shell.current())
    links_out.show(replace(report, names=names.known(report.request)))
    rules.show(report)


def scores(report: VariantReport) -> None:
    """Every score with its formula, and its rank among random variants."""
    effects_table.show(report)
    service_scores.show(report)
    rank_table.show(report.request, report.answers)


def _has_answered(report: VariantReport, family: Family) -> bool:
    """Whether there is anything to show; says so where there is not."""
    if any(answer.card.family is family for answer in report.answers):
        return True
    st.caption(plain(NO_MODEL.format(family=family.value)))
    return False
