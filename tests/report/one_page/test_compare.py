"""What differs between a report and the same question now."""

from dataclasses import replace

import pytest

from genoview.report.one_page.compare import SLACK, Difference, compared
from genoview.report.one_page.record import (
    FORMAT,
    Column,
    Genome,
    ModelShown,
    Named,
    Question,
    Record,
    Table,
)

MARKS = Table("Marks", (Column("family", is_key=True), Column("number", 2)), (("splicing", 0.9),))
DELTAS = Table(
    "Splice delta scores",
    (Column("gene", is_key=True), Column("change", is_key=True), Column("masked", 2)),
    (("ADA (-)", "acceptor gain", 0.9), ("ADA (-)", "donor gain", None)),
)
RECORD = Record(
    FORMAT,
    "0.1.0",
    "2026-11-30",
    "",
    Question("chr20:43249076:C>T", "GRCh37-demo", ("cispliceai",), 50),
    Genome("GRCh37-demo", "GRCh37", "chr20:1-9", "ab12", "RefSeq"),
    (ModelShown("cispliceai", "CI-SpliceAI", "1.0-aaaa", "CC BY-NC 4.0"),),
    (Named("c.", "NM_000022.4:c.976-34G>A"),),
    "ADA c.976-34G>A, intronic.",
    MARKS,
    (DELTAS,),
    (Named("gnomAD", "20-43249076-C-T", "https://gnomad.broadinstitute.org/variant/x"),),
)


def with_gain(value: float | None) -> Record:
    rows = (("ADA (-)", "acceptor gain", value), *DELTAS.rows[1:])
    return replace(RECORD, tables=(replace(DELTAS, rows=rows),))


def test_equal_records_are_said_to_be_equal_with_what_was_compared() -> None:
    assert compared(RECORD, RECORD).words == (
        "Everything equal: 2 numbers, 1 model, same versions."
    )


@pytest.mark.parametrize("field", ["date", "reopen", "layout", "picture", "genoview"])
def test_day_dashboard_and_layout_are_no_content(field: str) -> None:
    assert compared(RECORD, replace(RECORD, **{field: "other"})).differences == ()


@pytest.mark.parametrize("change", [0.0, SLACK * 0.9, -SLACK * 0.9])
def test_numbers_that_devices_round_otherwise_are_equal(change: float) -> None:
    assert compared(RECORD, with_gain(0.9 + change)).differences == ()


WHERE = "Splice delta scores, ADA (-) acceptor gain: masked"


@pytest.mark.parametrize(
    ("now", "difference"),
    [
        (with_gain(0.5), Difference(WHERE, "0.9", "0.5")),
        (with_gain(None), Difference(WHERE, "0.9", "nothing")),
        (
            replace(RECORD, models=(replace(RECORD.models[0], version="1.0-bbbb"),)),
            Difference("version of CI-SpliceAI", "1.0-aaaa", "1.0-bbbb"),
        ),
        (
            replace(RECORD, genome=replace(RECORD.genome, sequence="cd34")),
            Difference("sequence of chr20:1-9", "ab12", "cd34"),
        ),
        (replace(RECORD, prediction="x"), Difference("prediction", RECORD.prediction, "x")),
        (replace(RECORD, names=()), Difference("name c.", RECORD.names[0].value, "not there")),
        (
            replace(RECORD, links=(replace(RECORD.links[0], url="https://example.org"),)),
            Difference(
                "link to gnomAD, 20-43249076-C-T", RECORD.links[0].url, "https://example.org"
            ),
        ),
    ],
)
def test_what_differs_is_named_with_both_values(now: Record, difference: Difference) -> None:
    result = compared(RECORD, now)
    assert result.differences == (difference,)
    assert result.words == "1 difference in 2 numbers and 1 model:"


def test_a_row_more_and_rows_of_equal_names_are_seen() -> None:
    doubled = replace(RECORD, tables=(replace(DELTAS, rows=(*DELTAS.rows, DELTAS.rows[0])),))
    [difference] = compared(RECORD, doubled).differences
    assert difference.what == f"{WHERE} (2)"
