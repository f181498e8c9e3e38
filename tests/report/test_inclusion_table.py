"""Inclusion of exons as values for JSON and as rows for files."""

import json
from dataclasses import replace

import pytest

from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.io.inclusion.table import ExonShares
from genoview.models.exons.mmsplice import MMSplice
from genoview.models.exons.mtsplice import MTSplice
from genoview.query.resolve import resolve
from genoview.report.contents import ReportOptions, VariantReport
from genoview.report.document import document
from genoview.report.inclusion_table import SCORE, TISSUE_SCORE
from genoview.report.score_table import score_rows
from genoview.report.variant_report import variant_report
from genoview.scoring.splicing.inclusion.changes import ExonInclusion, inclusion_answer
from genoview.scoring.splicing.inclusion.tissues import tissue_inclusion

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


def test_single_tissues_are_in_both(demo: Assembly, inclusion: ExonInclusion) -> None:
    request = resolve(DONOR, demo)
    assert request.variant is not None
    shares = ExonShares({"Liver": 0.9, "Spleen": 0.0})
    tissues = tissue_inclusion(
        MTSplice(), inclusion.effects[0], request.variant, demo.reference.fetch, ("GTEx", shares)
    )
    options = ReportOptions(inclusion=(replace(inclusion, tissues=(tissues,)),))
    report = variant_report(request, [], demo, options=options)
    [model] = json.loads(json.dumps(document(report), allow_nan=False))["exon_inclusion"]
    [by_tissue] = model["tissues"]
    assert (by_tissue["exon"]["gene"], by_tissue["measured"]) == ("ADA", "GTEx")
    rows = {row["tissue"]: row for row in by_tissue["by_tissue"]}
    assert len(rows) == 56
    assert rows["Liver"]["measured_psi"] == 0.9 and rows["Liver"]["delta_psi"] < -0.5
    assert rows["Spleen"]["delta_psi"] is None and rows["Eye - Retina"]["from"] is None
    [row] = [row for row in score_rows(report) if row.score == TISSUE_SCORE]
    assert row.track.startswith("MTSplice, Liver") and row.ref == "0.9"
    assert row.value == pytest.approx(rows["Liver"]["delta_psi"], abs=1e-6)
