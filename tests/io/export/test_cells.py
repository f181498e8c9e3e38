"""Words of people in CSV and TSV: never a formula; numbers and strands stay as they are."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.io.export.cells import safe_cell, safe_comment
from genoview.io.export.named_table import NamedColumn, named_parquet, named_tsv
from genoview.io.export.provenance import Provenance
from genoview.io.export.scores import ScoreRow, scores_csv

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "＝1+1"]


def made_by(query: str) -> Provenance:
    return Provenance("GRCh37", query, (), "2026-01-01")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "value",
    [-1, 2.5, None, "-0.5", "+3", "1e-05", "-1e-5", "-", "+", "nan", "-inf", "C>T", "c.-34G>A", ""],
)
def test_numbers_strands_and_words_stay(value):
    assert safe_cell(value) == value


@given(st.floats())
def test_every_number_written_as_text_stays(number):
    assert safe_cell(str(number)) == str(number)
    assert safe_cell(f"{number:.6g}") == f"{number:.6g}"


@pytest.mark.parametrize("text", FORMULAS)
def test_tables_hold_no_formula_in_cells_headers_or_comments(text):
    row = ScoreRow(
        text, -0.5, text, text, text, "chr1", track=text, gene=text, strand="-", words=text
    )
    columns = [NamedColumn(text, str, text, [text]), NamedColumn("n", float, "", [-0.5])]
    for written, separator in (
        (scores_csv([row], made_by(f"a,{text}")), ","),
        (named_tsv(columns, made_by(f"a\t{text}")), "\t"),
    ):
        lines = list(csv.reader(io.StringIO(written.decode(), newline=""), delimiter=separator))
        cells = [cell for line in lines for cell in line if cell not in ("-", "-0.5")]
        assert not [cell for cell in cells if cell.lstrip(" ").startswith(tuple("=+-@\t\r＝"))]
        assert any("-0.5" in line for line in lines)
    assert b"'=" not in named_parquet(columns, made_by("x")) or text.startswith("'")


def test_a_comment_stays_one_line():
    assert safe_comment("a,\n=1") == "a, '=1"
    assert safe_comment("delta, -0.5 to +0.9; - ends") == "delta, -0.5 to +0.9; - ends"
