"""The address of a presentation: which loci, and which of them is shown."""

from hypothesis import given
from hypothesis import strategies as st

from genoview.ui.present.slides import MOST_SLIDES, SEPARATOR, Slides

ids = st.lists(st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=8, max_size=8), min_size=1)


@given(ids, st.integers(0, 200))
def test_what_the_address_says_is_read_back(names: list[str], index: int) -> None:
    params = {"present": SEPARATOR.join(names), "slide": str(index)}
    slides = Slides.from_params(params)
    assert slides is not None
    assert slides.ids == tuple(names)[:MOST_SLIDES]
    assert Slides.from_params(slides.params) == slides


@given(st.text(max_size=60), st.text(max_size=10))
def test_any_address_is_read_or_is_none(present: str, slide: str) -> None:
    slides = Slides.from_params({"present": present, "slide": slide})
    assert slides is None or 0 <= slides.index < len(slides.ids)


def test_no_step_leads_beyond_the_ends() -> None:
    deck = Slides(("a", "b", "c"), 1)
    assert [deck.moved(by).index for by in (-5, -1, 0, 1, 5)] == [0, 0, 1, 2, 2]


def test_a_page_without_loci_presents_nothing() -> None:
    assert Slides.from_params({}) is None
    assert Slides.from_params({"present": "..", "slide": "1"}) is None
