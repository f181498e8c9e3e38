"""The tabs under the tracks of a variant: the open one alone is computed, and is in the link."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.variant import tab_contents
from genoview.ui.variant.tabs import KEY, TABS
from tests.support.pages.visits import answered, healthy, in_the_link, visit
from tests.ui.page.test_pages import LOCUS, SNV, texts

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)


def opened(app: AppTest) -> str:
    return str(app.session_state[KEY])


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.tab_id)
def test_each_tab_opens_from_its_link_without_error(tab) -> None:  # type: ignore[no-untyped-def]
    app = answered(visit("variant", q=SNV, tab=tab.tab_id))
    assert opened(app) == tab.title
    assert not app.error
    assert [each.label for each in app.tabs if each.label in {one.title for one in TABS}] == [
        one.title for one in TABS
    ]


def test_what_is_not_open_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(report: object) -> None:
        raise AssertionError("a tab that is not open was computed")

    for table in (tab_contents.score_tables, tab_contents.effects_table):
        for name in ("show", "motifs", "activities"):
            if hasattr(table, name):
                monkeypatch.setattr(table, name, refuse)
    app = answered(visit("variant", q=SNV))
    assert opened(app) == TABS[0].title
    assert "substitution" in texts(app.caption).lower()


def test_an_open_tab_stays_for_the_next_variant() -> None:
    app = answered(visit("variant", q=SNV, tab="binding"))
    healthy(app.text_input(key="search_text").set_value("chr20:42984253:C>G").run())
    assert in_the_link(app, "tab") == "binding"
    assert opened(app) == "Binding"


def test_an_unknown_tab_of_a_link_opens_the_first() -> None:
    assert opened(answered(visit("variant", q=SNV, tab="nothere"))) == TABS[0].title


def test_a_locus_has_no_tabs() -> None:
    app = answered(visit("explore", q=LOCUS))
    assert "Evidence" not in [each.label for each in app.tabs]


def test_ids_and_titles_are_unique() -> None:
    assert len({tab.tab_id for tab in TABS}) == len({tab.title for tab in TABS}) == len(TABS)


def test_the_splicing_tab_has_the_inclusion_of_each_exon_nearby() -> None:
    app = answered(visit("variant", q="chr20:43249658:C>G", tab="splicing"))
    [table] = [each.value for each in app.dataframe if "Δ from 50%" in each.value.columns]
    first = table.iloc[0]
    assert (first["gene"], first["exon"]) == ("ADA", "10 of 12")
    assert first["Δ log odds"] < -2
    assert first["Δ from 50%"] < -30
    assert first["GTEx"] == pytest.approx(100, abs=0.1) and first["Δ from GTEx"] < -5
    [tissues] = [each.value for each in app.dataframe if "tissue" in each.value.columns]
    assert len(tissues) == 56
    assert "no change of inclusion is given" in texts(app.caption)
