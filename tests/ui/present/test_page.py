"""A presentation as its audience sees it: title, prediction, note and place, slide after slide."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from genoview.store import Label, SavedLocus
from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import answered, healthy, in_the_link, opened
from tests.support.paths import ROOT

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
SNV = "chr20:42984264:G>A"
LOCUS = "chr20:42,984,001-42,986,000"
PAGE = """
from genoview.ui.present import page
page.show()
"""
NOTE = "**Seen** in <b>two</b> families\nof one valley"


def keep(text: str, name: str, note: str = "", prediction: str = "") -> str:
    """Saves a locus; its short id."""
    page = "variant" if ">" in text else ""
    locus = SavedLocus.new(text, "GRCh37-demo", f"{page}?q={text}&h=1.5", Label(name, note))
    locus = replace(locus, gene="HNF4A", prediction=prediction)
    return shell.bench().store.loci.save(locus).short_id


def present(*ids: str, **params: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=LONG_S)
    app.query_params["present"] = ".".join(ids)
    return opened(app, **params)


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_a_slide_has_title_gene_note_and_place_and_no_controls() -> None:
    app = answered(present(keep(SNV, "The valley"), keep(LOCUS, "Promoter")))
    assert "The valley <small>HNF4A · chr20:42984264:G&gt;A · GRCh37-demo</small>" in html(app)
    assert "1 of 2" in html(app)
    assert "gv-prediction" in html(app)
    assert app.session_state["figure"]["layout"]["meta"]["rows"]
    assert not app.text_input and not app.selectbox


def test_a_note_is_words_and_never_a_page() -> None:
    app = present(keep(LOCUS, "<i>Promoter</i>", NOTE))
    assert "**Seen** in &lt;b&gt;two&lt;/b&gt; families\nof one valley" in html(app)
    assert "&lt;i&gt;Promoter&lt;/i&gt;" in html(app)


def test_a_prediction_stands_there_as_it_was_saved_until_there_is_another() -> None:
    assert "as of Monday" in html(present(keep(LOCUS, "P2", prediction="P2, as of Monday")))


def test_the_buttons_step_through_the_loci_and_the_link_follows() -> None:
    ids = (keep(SNV, "First"), keep(LOCUS, "Second"))
    app = present(*ids)
    assert in_the_link(app, "q") == SNV
    assert in_the_link(app, "h") == "1.5"
    assert app.button(key="present_previous").disabled
    healthy(app.button(key="present_next").click().run())
    assert "Second" in html(app) and "2 of 2" in html(app)
    assert (in_the_link(app, "q"), in_the_link(app, "slide")) == (LOCUS, "2")
    assert app.button(key="present_next").disabled
    healthy(app.button(key="present_previous").click().run())
    assert "First" in html(app)


def test_a_link_opens_at_its_slide_with_the_view_that_it_names() -> None:
    app = present(keep(SNV, "First"), keep(LOCUS, "Second"), slide="2", q="HNF4A")
    assert "2 of 2" in html(app)
    assert in_the_link(app, "q") == "HNF4A"


def test_a_locus_that_is_gone_is_said_and_the_others_open() -> None:
    app = present("zzzz9999", keep(LOCUS, "Second"))
    assert "The saved locus zzzz9999 is gone" in str(app.warning[0].value)
    healthy(app.button(key="present_next").click().run())
    assert "Second" in html(app)
    assert not app.warning


def test_the_link_presents_on_the_first_page_of_the_dashboard() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["present"] = keep(LOCUS, "Promoter")
    assert "1 of 1" in html(healthy(app.run()))
    assert not app.text_input


def test_a_link_without_loci_says_where_to_choose_some() -> None:
    app = present("..")
    assert "choose some on the page Saved" in str(app.warning[0].value)


def test_the_tracks_are_drawn_larger_than_on_other_pages() -> None:
    id_ = keep(LOCUS, "Promoter")
    large = answered(present(id_)).session_state["figure"]["layout"]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["q"] = LOCUS
    usual = answered(healthy(app.run())).session_state["figure"]["layout"]
    assert large["font"]["size"] == pytest.approx(1.4 * usual["font"]["size"])
    assert large["margin"]["l"] == pytest.approx(1.4 * usual["margin"]["l"])
    assert large["meta"]["width_px"] == pytest.approx(usual["meta"]["width_px"], abs=2)
