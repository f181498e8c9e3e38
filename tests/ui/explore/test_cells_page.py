"""Cell types on the page: two are drawn, others are chosen under Tracks and kept in the link."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.pages.visits import answered, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("promoter-activity",)
LOCUS = "chr20:42,984,001-42,986,000"
SNV = "chr20:42984264:G>A"
CELL = "promoter-activity:{}".format
SHOWN = [CELL("HepG2"), CELL("K562")]


def cells(app: AppTest) -> list[str]:
    """Ids of the rows of cell types in the figure."""
    rows = app.session_state["figure"]["layout"]["meta"]["rows"]
    return [i for i in dict.fromkeys(row["id"] for row in rows) if i.startswith("promoter-")]


def test_a_further_cell_type_is_chosen_under_tracks_and_kept_in_the_link() -> None:
    app = answered(visit(q=LOCUS))
    assert cells(app) == SHOWN
    rows = app.multiselect(key="rows")
    assert CELL("HeLa") in rows.options or "HeLa reporter activity" in rows.options
    rows.set_value([*rows.value, CELL("HeLa")])
    answered(app.run())
    assert cells(app) == [*SHOWN, CELL("HeLa")]
    again = answered(visit(q=LOCUS, order=list(app.query_params["order"])))
    assert cells(again) == [*SHOWN, CELL("HeLa")]
    rows = again.multiselect(key="rows")
    rows.set_value([i for i in rows.value if i != CELL("HeLa")])
    answered(again.run())
    assert cells(again) == SHOWN
    assert "order" not in again.query_params
    assert "hide" not in again.query_params


def test_a_variant_has_a_table_of_reporter_activity_in_each_cell_type() -> None:
    app = answered(visit(q=SNV, unchanged=["shown"], tab=["expression"]))
    assert cells(app) == SHOWN
    [table] = [frame.value for frame in app.dataframe if "cell" in frame.value]
    assert list(table["cell"]) == ["HepG2", "K562", "HeLa", "HUES64", "mESC"]
    change = table["ALT"] - table["REF"]
    assert (abs(table["log2 fold change"] - change) < 1e-6).all()
    assert (table["networks"] > 0).all()
    said = "\n".join(str(caption.value) for caption in app.caption)
    assert "not the expression of the gene" in said
    assert "do not interpret such a difference" in said
    assert any("reporter activity" in str(words.value) for words in app.markdown)


def test_cells_that_a_variant_does_not_change_can_be_chosen_from_the_menu() -> None:
    app = answered(visit(q=SNV))
    assert cells(app) == []
    assert app.multiselect(key="rows").set_value([*SHOWN]).run().query_params["order"] == [*SHOWN]
