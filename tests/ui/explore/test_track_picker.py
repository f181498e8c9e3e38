"""Choosing among six thousand tracks on the page: the search, the tree, and the link it makes."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.ontology import Choice
from genoview.ui.explore.track_picker import MOST_CHOSEN, MOST_LISTED
from genoview.ui.page.url import ViewState
from tests.data.test_ontology import LIVER, TRACKS, many
from tests.support.pages.visits import healthy, press


def page(tracks: object, changed: object) -> None:
    """The widget with its state in the session."""
    import streamlit as st

    from genoview.data.ontology import Choice
    from genoview.ui.explore import track_picker

    st.session_state.setdefault("tokens", ())
    track_picker.picker(
        tracks,
        Choice.of(st.session_state.tokens),
        lambda choice: st.session_state.update(tokens=choice.tokens),
        changed,
    )


def opened(tracks: Any = TRACKS, changed: Choice | None = None, **state: Any) -> AppTest:
    app = AppTest.from_function(page, args=(tracks, changed), default_timeout=30)
    for key, value in state.items():
        app.session_state[key] = value
    return healthy(app.run())


def tokens(app: AppTest) -> tuple[str, ...]:
    return tuple(app.session_state["tokens"])


def offered(app: AppTest) -> list[str]:
    return [option for group in app.button_group for option in group.options]


def picked(app: AppTest, key: str, *values: str) -> AppTest:
    return healthy(app.button_group(key=key).set_value(list(values)).run())


def test_without_a_choice_all_are_drawn_and_the_page_says_so() -> None:
    app = opened()
    assert app.caption[0].value == "6 of 6 tracks found, none chosen: all are drawn."
    assert [one.label for one in app.expander] == [
        "Tissues and organs (UBERON): 1",
        "Cell types (CL): 1",
        "Cell lines (EFO): 1",
    ]


def test_a_tissue_an_assay_and_a_factor_are_chosen_together() -> None:
    app = picked(opened(), "track_branch_2", "EFO:0002067")
    app = picked(app, "track_assays", "CHIP_TF")
    app = healthy(app.multiselect(key="track_factors").set_value(["CTCF"]).run())
    assert tokens(app) == ("CHIP_TF", "EFO:0002067", "CTCF")
    assert app.caption[0].value == "6 of 6 tracks found, 1 chosen."


def test_a_search_narrows_what_is_offered_and_forgets_nothing_that_was_chosen() -> None:
    app = opened(tokens=("EFO:0002067",))
    app = healthy(app.text_input(key="track_find").set_value("liver").run())
    assert app.caption[0].value == "2 of 6 tracks found, 2 chosen."
    app = picked(app, "track_branch_0", LIVER.curie)
    assert set(tokens(app)) == {"EFO:0002067", LIVER.curie}
    app = picked(app, "track_branch_0")
    assert tokens(app) == ("EFO:0002067",)


def test_everything_found_is_chosen_at_once_and_cleared_at_once() -> None:
    app = opened()
    assert [one.disabled for one in app.button if one.label == "Choose all matches"] == [True]
    app = healthy(app.text_input(key="track_find").set_value("chip").run())
    app = press(app, "Choose all matches")
    assert set(tokens(app)) == {"EFO:0002067", "CL:0000084"}
    assert tokens(press(app, "Clear")) == ()


def test_the_most_changed_tissues_are_offered_of_a_variant_alone() -> None:
    assert "Top changed" not in [one.label for one in opened().button]
    app = opened(changed=Choice.of([LIVER.curie]), tokens=("CAGE",))
    assert tokens(press(app, "Top changed")) == ("CAGE", LIVER.curie)


def test_six_thousand_tracks_are_counted_but_few_are_offered_at_once() -> None:
    app = opened(many())
    assert app.caption[0].value.startswith("6,000 of 6,000 tracks found")
    branches = [group for group in app.button_group if group.key != "track_assays"]
    assert [len(group.options) for group in branches] == [MOST_LISTED] * 4
    assert f"and {175 - MOST_LISTED:,} more" in "".join(one.value for one in app.caption)
    app = healthy(app.text_input(key="track_find").set_value("xyz:0000123").run())
    assert offered(app)[-1].startswith("tissue 123 · ")


def test_more_tissues_than_a_link_holds_cannot_be_chosen_at_once() -> None:
    app = opened(many())
    app = healthy(app.text_input(key="track_find").set_value("tissue").run())
    (button,) = [one for one in app.button if one.label == "Choose all matches"]
    assert button.disabled
    assert str(MOST_CHOSEN) in button.help


@pytest.mark.parametrize("chosen", [("RNA_SEQ", "UBERON:0002107", "CTCF"), ("CL:0000084",)])
def test_a_choice_comes_back_from_the_link(chosen: tuple[str, ...]) -> None:
    params = ViewState(tracks=chosen).to_params()
    assert params == {"t": list(chosen)}
    assert ViewState.from_params(params) == (ViewState(tracks=chosen), ())
