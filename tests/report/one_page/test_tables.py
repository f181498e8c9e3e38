"""What the tables of a page show, and what they say of the rows that they leave out."""

from dataclasses import replace

import pytest

from genoview.data.genome import Interval
from genoview.data.track_data import Assay, TrackMetadata
from genoview.io.alphamissense import PublishedScore
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.missense import Missense, change_on
from genoview.report.one_page.tables import (
    MOST_EFFECTS,
    consequence_table,
    effect_table,
    missense_table,
    rule_table,
    tables_of,
)
from genoview.report.variant_report import ReportOptions, VariantReport, variant_report
from genoview.scoring import Effect
from genoview.scoring.missense.score import missense_score
from genoview.scoring.prediction.clingen import Applies
from tests.support.models.toy_residues import ToyResidues

QUERY = "chr20:43042364:C>T"
ROW = PublishedScore("T139I", 0.9, "likely pathogenic", "P41235", "am.tsv", "CC BY 4.0")


@pytest.fixture(scope="module")
def report(demo: Assembly) -> VariantReport:
    request = resolve(QUERY, demo)
    assert request.variant is not None
    change = change_on(request.variant, chosen_of(consequences_of(request.variant, demo), ""), demo)
    missense = Missense(change, "HNF4A", (missense_score(change, ToyResidues()),), (ROW,))
    return variant_report(request, [], demo, None, ReportOptions(missense=missense))


def test_the_chosen_transcript_stands_first_and_the_rest_is_counted(report: VariantReport) -> None:
    table = consequence_table(report)
    assert table.rows[0][1] == "NM_175914.5"
    assert table.note == "And 6 more transcripts (missense)."
    chosen = consequence_table(report, "NM_000457.6")
    assert chosen.rows[0][1:] == (
        "NM_000457.6",
        "",
        "missense",
        "exon 4 of 10",
        "c.416C>T",
        "p.(Thr139Ile)",
    )


def test_only_the_largest_changes_of_tracks_are_listed(report: VariantReport) -> None:
    track = TrackMetadata("GC", Assay.TSS, "+", "probability")
    effects = [
        Effect(track, Interval("chr20", i, i + 1), 0.0, 1.0, i) for i in range(MOST_EFFECTS + 3)
    ]
    table = effect_table(replace(report, effects=effects))
    assert len(table.rows) == MOST_EFFECTS
    assert table.note == "And 3 more changes."
    assert effect_table(replace(report, effects=effects[:2])).note == ""


def test_both_conventions_and_alphamissense_stand_in_one_table(report: VariantReport) -> None:
    table = missense_table(report)
    assert table.title == "Missense, NM_175914.5"
    assert table.rows == (
        (ToyResidues().card.title, "p.(Thr117Ile)", -0.9, -0.45, None, ""),
        ("AlphaMissense", "T139I", None, None, 0.9, "likely pathogenic"),
    )


def test_rules_that_sequence_cannot_say_are_a_sentence(report: VariantReport) -> None:
    one = report.rules[0]
    unsaid = replace(one, applies=Applies.UNKNOWN, rule="loss of function is known")
    applies = replace(one, applies=Applies.YES)
    table = rule_table(replace(report, rules=(unsaid, applies)))
    assert table.rows[0][:2] == (one.code, "applies")
    assert "Cannot be said from sequence: loss of function is known." in table.note
    assert "not a classification" in table.note


def test_tables_without_rows_are_left_out(report: VariantReport) -> None:
    titles = {table.title for table in tables_of(report)}
    assert "Motifs" not in titles
    assert "Splice delta scores" not in titles
    assert {"Missense, NM_175914.5", "ClinGen rules on splicing"} <= titles
