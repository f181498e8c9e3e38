"""No table of a page gives a spreadsheet a formula."""

from genoview.ui import sheet
from tests.ui.test_plain_words import FILES

HOSTILE = '=HYPERLINK("http://evil.example")'


def test_texts_that_would_be_formulas_are_marked_and_numbers_stay() -> None:
    assert sheet.safe(
        {"name": [HOSTILE, "ADA", None], "strand": ["+", "-", 1.5], "@x": [1, 2, 3]}
    ) == {
        "name": [f"'{HOSTILE}", "ADA", None],
        "strand": ["+", "-", 1.5],
        "'@x": [1, 2, 3],
    }
    assert sheet.safe([{"name": "@SUM(A1)", "n": -3}]) == [{"name": "'@SUM(A1)", "n": -3}]


def test_every_table_of_the_pages_is_one_of_these() -> None:
    direct = [path.name for path in FILES if "st.dataframe(" in path.read_text(encoding="utf-8")]
    assert direct == ["sheet.py"]
