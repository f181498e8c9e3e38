"""Saved loci are chosen for a presentation on their cards, and put in order."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.store import Label, SavedLocus
from genoview.ui.page import shell
from genoview.ui.saved import slide_choice

pytestmark = pytest.mark.usefixtures("own_server")
PAGE = """
from genoview.ui.saved import page
page.show()
"""


def keep(name: str) -> SavedLocus:
    locus = SavedLocus.new(f"{name}:1-100", "GRCh37-demo", f"?q={name}", Label(name))
    return shell.bench().store.loci.save(locus)


def page() -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=60.0).run()
    assert not app.exception
    return app


def link(app: AppTest) -> str:
    return next(str(code.value) for code in app.code if "present=" in str(code.value))


def test_cards_are_ticked_in_the_order_of_the_slides_and_moved() -> None:
    one, two = keep("one"), keep("two")
    app = page()
    assert not [code for code in app.code if "present=" in str(code.value)]
    app.checkbox(key=f"slide-{two.short_id}").check().run()
    app.checkbox(key=f"slide-{one.short_id}").check().run()
    assert link(app).endswith(f"/?present={two.short_id}.{one.short_id}&slide=1")
    assert app.checkbox(key=f"slide-{one.short_id}").label == "Present (2)"
    assert app.button(key="slide-up-0").disabled
    app.button(key="slide-up-1").click().run()
    assert link(app).endswith(f"/?present={one.short_id}.{two.short_id}&slide=1")
    app.checkbox(key=f"slide-{one.short_id}").uncheck().run()
    assert app.session_state[slide_choice.CHOSEN] == [two.short_id]


def test_a_card_that_a_search_hides_and_shows_again_is_not_chosen() -> None:
    locus = keep("one")
    app = page()
    app.text_input(key="saved_search").set_value("other").run()
    app.text_input(key="saved_search").set_value("one").run()
    app.checkbox(key=f"slide-{locus.short_id}").uncheck().run()
    assert app.session_state[slide_choice.CHOSEN] == []


def test_a_deleted_locus_leaves_the_list() -> None:
    one, two = keep("one"), keep("two")
    app = page()
    for locus in (one, two):
        app.checkbox(key=f"slide-{locus.short_id}").check().run()
    app.button(key=f"delete-{one.id}").click().run()
    assert link(app).endswith(f"/?present={two.short_id}&slide=1")
    app.button(key="slides_none").click().run()
    assert not [button for button in app.button if button.key == "present"]
