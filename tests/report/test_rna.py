"""RNA and protein in the report: changed splicing first, then changed proteins; JSON and TSV."""

from dataclasses import replace

import pytest

from genoview.data.genome import Interval
from genoview.errors import GenomeError
from genoview.io.assembly import Assembly
from genoview.io.export import Provenance, named_tsv
from genoview.models.registry import create
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.rna import plain_rna, rna_columns, rna_of
from genoview.report.rna_table import COLUMNS_SHOWN, Compared, compared, n_hidden, protein_lines
from genoview.report.variant_report import VariantReport, variant_report
from genoview.scoring.rna import words

SPLICING = "chr20:43249076:C>T"  # activates a cryptic acceptor of ADA
FRAMESHIFT = "chr20:43042361:GCA>G"  # HNF4A, exon 4 of 10


def report_of(demo: Assembly, query: str, *names: str) -> VariantReport:
    request = resolve(query, demo, flank=500)
    answers = [answer(request, create(name), demo) for name in names]
    return variant_report(request, answers, demo)


@pytest.fixture(scope="module")
def splicing(demo: Assembly) -> VariantReport:
    return report_of(demo, SPLICING, "cispliceai")


@pytest.fixture(scope="module")
def frameshift(demo: Assembly) -> VariantReport:
    return report_of(demo, FRAMESHIFT)


def test_a_predicted_splice_change_is_read_to_its_protein(splicing: VariantReport) -> None:
    [outcome] = splicing.rna
    assert words.sentence(outcome) == (
        "ADA NM_000022.4: exon 11 very likely extended by 32 bp at its 5' end; frameshift "
        "(+32 bp), p.(Asn326PhefsTer?); 38 of 363 residues lost (10%), 153 new; no stop codon "
        "before the transcript's end"
    )
    assert outcome.score == splicing.outcomes[0].score


def test_a_frameshift_is_read_on_every_transcript(frameshift: VariantReport) -> None:
    assert [one.transcript_id for one in frameshift.rna] == [
        one.transcript_id for one in frameshift.consequences
    ]
    assert [one.name for one in frameshift.rna] == [one.protein for one in frameshift.consequences]
    assert words.sentence(frameshift.rna[0]) == (
        "HNF4A NM_175914.5: spliced as annotated; frameshift (−2 bp), p.(Thr117SerfsTer6); 336 of "
        "452 residues lost (74%), 5 new; new stop codon at residue 122, in exon 4 of 10; "
        "nonsense-mediated decay expected: by the 50-55 nt rule, the new stop codon lies 848 nt "
        "before the last exon junction"
    )


def test_an_intronic_change_without_splicing_has_none(demo: Assembly) -> None:
    assert report_of(demo, SPLICING).rna == ()


def test_bases_that_cannot_be_had_leave_it_out(demo: Assembly, splicing: VariantReport) -> None:
    def fetch(interval: Interval) -> str:
        raise GenomeError(f"{interval.to_ucsc()} is not on this machine.")

    variant = splicing.request.variant
    assert variant is not None
    assert rna_of(variant, splicing.outcomes, splicing.consequences, fetch) == ()


def test_json_and_tsv_have_the_same_rows(
    splicing: VariantReport, frameshift: VariantReport
) -> None:
    for report in (splicing, frameshift):
        described = document(report)["rna"]
        assert described == [plain_rna(one) for one in report.rna]
        columns = rna_columns(report.rna)
        for column in columns:
            assert list(column.values) == [row[column.name] for row in described]
    made_by = Provenance("GRCh37-demo", SPLICING, (), "2026-01-01")
    lines = named_tsv(rna_columns(splicing.rna), made_by).decode().splitlines()
    header, row = (line.split("\t") for line in lines[-2:])
    values = dict(zip(header, row, strict=True))
    assert values["rna"] == "exon 11 very likely extended by 32 bp at its 5' end"
    assert (values["coding_change"], values["residues_after"]) == ("32", "478")
    assert (values["stop_codon"], values["decay"]) == ("", "does not apply")
    [event] = document(splicing)["rna"][0]["events"]
    assert (event["kind"], event["numbers"], event["end"]) == ("exon extension", (11,), "5'")


def test_the_table_compares_before_and_after(splicing: VariantReport) -> None:
    rows = compared(splicing.rna[0])
    assert Compared("transcript", "12 exons, 1,496 nt", "12 exons, 1,528 nt") in rows
    assert Compared("exon 11", "103 nt", "135 nt") in rows
    stop = Compared("stop codon", "codon 364, in exon 12 of 12", "none before the transcript's end")
    assert stop in rows


def test_lines_of_the_alignment_number_their_residues(
    splicing: VariantReport, frameshift: VariantReport
) -> None:
    first, second, *_ = lines = protein_lines(splicing.rna[0])
    assert (first.ref_from, first.alt_from) == (311, 311)
    assert first.ref.startswith("TKRDMGFTEEEFKRLNINAA")
    assert first.alt.startswith("TKRDMGFTEEEFKRLFHVVC")
    assert first.changed.index(True) == 15
    assert (second.ref_from, second.alt_from) == (0, 371)
    assert all(len(line.ref) == len(line.alt) <= COLUMNS_SHOWN for line in lines)
    assert n_hidden(splicing.rna[0]) == 0
    assert n_hidden(frameshift.rna[0]) > 0


def test_a_protein_that_stays_has_no_lines(frameshift: VariantReport) -> None:
    same = replace(frameshift.rna[0], after=frameshift.rna[0].before)
    assert protein_lines(same) == []
    assert words.sentence(same).endswith("spliced as annotated; the protein is unchanged")
