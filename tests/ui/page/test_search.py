"""The search box beside a browser that is late: it may send once more what stood there before."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.page import search, shell
from genoview.ui.page.url import ViewState
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import answered, healthy, in_the_link, visit
from tests.ui.page.test_pages import box

pytestmark = pytest.mark.usefixtures("own_server")
HERE = "chr20:42,984,001-42,986,000"
NEXT = "chr20:42,985,001-42,987,000"
PART = "42985401-42986000"


@pytest.fixture
def stepped() -> AppTest:
    """A page whose reader went on by the tracks, before the browser knows."""
    app = answered(visit(q=HERE, at="42984401-42985000"))
    app.session_state[shell.PROPOSED] = ViewState(q=NEXT, at=PART)
    healthy(app.run())
    assert (box(app), in_the_link(app, "at")) == (NEXT, PART)
    return app


def late(app: AppTest, text: str) -> AppTest:
    """The browser's next rerun: its address and its box as they were."""
    app.query_params["q"] = HERE
    app.query_params["at"] = "42984401-42985000"
    app.text_input(key=search.BOX).set_value(text)
    return healthy(app.run())


def test_what_stood_in_the_box_before_is_not_a_query(stepped: AppTest) -> None:
    late(stepped, HERE)
    assert box(stepped) == NEXT
    assert stepped.session_state[search.LAST_GOOD].text == NEXT
    stepped.query_params["q"], stepped.query_params["at"] = NEXT, PART  # it has caught up
    healthy(stepped.run())
    assert (box(stepped), in_the_link(stepped, "q"), in_the_link(stepped, "at")) == (
        NEXT,
        NEXT,
        PART,
    )


def test_what_is_typed_then_is(stepped: AppTest) -> None:
    late(stepped, "HNF4A")
    assert (box(stepped), in_the_link(stepped, "q"), in_the_link(stepped, "at")) == (
        "HNF4A",
        "HNF4A",
        "",
    )


def test_so_is_the_query_before_once_the_browser_had_its_time(
    stepped: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = stepped.session_state[search.WRITTEN]
    monkeypatch.setattr(time, "monotonic", lambda: written.when + search.ECHO_S + LONG_S)
    late(stepped, HERE)
    assert (box(stepped), in_the_link(stepped, "q"), in_the_link(stepped, "at")) == (HERE, HERE, "")
