"""The names of a variant under the search box, and names typed into it."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.variant import names
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import healthy, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)


def named(query: str, **link: str) -> AppTest:
    """The page of a query, once the names are there."""
    app = visit(q=query, flank="500", **link)
    if names.KEY in app.session_state:
        app.session_state[names.KEY].names.exception(LONG_S)
        healthy(app.run())
    return app


def codes(app: AppTest) -> list[str]:
    return [code.value for code in app.code]


def captions(app: AppTest) -> str:
    return "\n".join(str(caption.value) for caption in app.caption)


def test_a_typed_name_is_shown_with_its_other_names() -> None:
    app = named("ADA R211H")
    assert codes(app)[:4] == [
        "NM_000022.4:c.632G>A",
        "p.(Arg211His)",
        "NC_000020.10:g.43251694C>T",
        "NC_000020.10:43251693:C:T",
    ]
    assert "names on NM_000022.4 of ADA, MANE Select" in captions(app)
    assert "NM_000022.4:c.632G>A changes the fewest bases." in captions(app)


def test_several_changes_of_the_dna_are_offered_as_buttons() -> None:
    app = named("ADA:p.Gln3del")
    assert "is made by 2 changes of the DNA alike" in app.error[0].value
    label = "NM_000022.4:c.7_9del: chr20:43280239:TCTG>T"
    [button] = [button for button in app.button if button.label == label]
    button.click().run()
    assert app.query_params["q"] == "chr20:43280239:TCTG>T"
    assert not app.error


def test_a_locus_reads_no_names() -> None:
    app = named("ADA")
    assert names.KEY not in app.session_state
    assert "Names" not in captions(app)
