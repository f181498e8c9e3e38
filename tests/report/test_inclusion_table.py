"""Inclusion of exons as values for JSON and as rows for files."""

import json

import pytest

from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.models.exons.mmsplice import MMSplice
from genoview.query.resolve import resolve
from genoview.report.contents import ReportOptions, VariantReport
from genoview.report.document import document
from genoview.report.inclusion_table import SCORE
from genoview.report.score_table import score_rows
from genoview.report.variant_report import variant_report
from genoview.scoring.splicing.inclusion.changes import ExonInclusion, inclusion_answer

DONOR = "chr20:43249658:C>G"  # c.975+1G>C of ADA, the donor of exon 10


@pytest.fixture(scope="module")
def inclusion(demo: Assembly) -> ExonInclusion:
    return inclusion_answer(resolve(DONOR, demo), MMSplice(), demo)


@pytest.fixture(scope="module")
def report(demo: Assembly, inclusion: ExonInclusion) -> VariantReport:
    request: Request = resolve(DONOR, demo)
    return variant_report(request, [], demo, options=ReportOptions(inclusion=(inclusion,)))


def test_a_document_has_each_exon_with_unit_start_and_modules(
    report: VariantReport, inclusion: ExonInclusion
) -> None:
    [model] = json.loads(json.dumps(document(report), allow_nan=False))["exon_inclusion"]
    assert (model["name"], model["genes_of"]) == (inclusion.card.name, inclusion.gene_table)
    assert "natural logarithm" in model["unit"]
    exon = model["exons"][0]
    assert (exon["gene"], exon["number"], exon["of"]) == ("ADA", 10, 12)
    assert exon["last"] - exon["first"] + 1 == inclusion.effects[0].exon.width
    assert exon["delta_psi"]["from"] == 0.5
    assert exon["delta_psi"]["from_words"] == "50%, not measured"
    assert list(exon["modules"]) == list(inclusion.modules)
    assert exon["modules"]["donor"]["alt"] < exon["modules"]["donor"]["ref"]


def test_a_file_has_a_row_for_each_exon(report: VariantReport, inclusion: ExonInclusion) -> None:
    rows = [row for row in score_rows(report) if row.score == SCORE]
    assert [row.value for row in rows] == [
        effect.change.delta_logit_psi for effect in inclusion.effects
    ]
    assert "ENST00000372874.9 exon 10 of 12" in rows[0].track
