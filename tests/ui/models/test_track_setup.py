"""Tracks of a model that is set up: chosen by tissue, assay and factor, before any request."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from genoview.models.alphagenome.cards import HOSTED
from genoview.models.alphagenome.track_filter import Choice, TrackFacts
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.ui.models.track_setup import Listed
from genoview.ui.page import shell
from tests.support.pages.visits import healthy, press, visit, words

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)


def fact(number: int, **told: str) -> TrackFacts:
    vocabulary = ("UBERON", "CL", "EFO", "CLO")[number % 4]
    curie = f"{vocabulary}:{number % 700:07d}"
    given = {"curie": curie, "biosample": f"tissue {number % 700}"} | told
    return TrackFacts(f"track {number}", "+-."[number % 3], **given)  # type: ignore[arg-type]


RNA = tuple(fact(i, assay=("polyA plus RNA-seq", "total RNA-seq")[i % 2]) for i in range(3_000))
TF = tuple(fact(i, assay="TF ChIP-seq", factor=f"F{i % 100}") for i in range(2_996))
SITES = (TrackFacts("donor", "+"), TrackFacts("acceptor", "+"))
NAMED = (TrackFacts("a", biosample="aorta", assay="CAGE"), TrackFacts("b", biosample="lung"))


@pytest.fixture
def setup(own_server: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page with a model of 6,000 tracks, which are listed."""
    told = {"rna_seq": RNA, "chip_tf": TF, "splice_sites": SITES, "atac": SITES}
    monkeypatch.setattr(LargeModels, "facts", lambda self, model: told)
    outputs = ("rna_seq", "chip_tf", "splice_sites")
    shell.bench().change_large(lambda large: large.put(LargeModel(HOSTED, outputs=outputs)))
    app = visit("models")
    [listing] = [one for one in app.button if one.label == "List its tracks"]
    yield healthy(listing.click().run())


def kept() -> Choice:
    return shell.bench().large.models[HOSTED].choice


def test_six_thousand_tracks_are_listed_and_all_are_asked_for_at_first(setup: AppTest) -> None:
    told = words(setup)
    assert "6,000 of 6,000 tracks found, none chosen: all are requested." in told
    assert "RNA-seq 3,000 of 3,000 (at most 256 are requested)" in told
    [take] = [one for one in setup.button if one.label == "Use this choice"]
    assert take.disabled
    offered = [one for group in setup.button_group for one in group.options]
    assert 0 < len(offered) < 300


def test_a_tissue_an_assay_and_a_factor_are_found_chosen_and_written_down(setup: AppTest) -> None:
    app = healthy(setup.text_input(key="setup-alphagenome_find").set_value("cl:0000001").run())
    app = press(app, "Choose all matches")
    app.multiselect(key="setup-alphagenome_titles").set_value(["total RNA-seq", "TF ChIP-seq"])
    app = healthy(app.run())
    app = healthy(app.multiselect(key="setup-alphagenome_factors").set_value(["F1"]).run())
    assert kept() == Choice()
    told = words(app)
    expected = Choice(("CL:0000001",), ("total RNA-seq", "TF ChIP-seq"), ("F1",))
    n_rna, n_tf = (len(expected.columns(facts)) for facts in (RNA, TF))
    assert n_tf > 0 and f"RNA-seq {n_rna:,} of 3,000; " in told
    assert f"TF ChIP-seq {n_tf:,} of 2,996; " in told
    press(app, "Use this choice")
    assert kept() == expected


def test_what_was_written_down_is_chosen_when_the_page_is_opened_again(setup: AppTest) -> None:
    choice = Choice(("EFO:0000002",), (), ("F2",))
    shell.bench().change_large(lambda large: large.put(LargeModel(HOSTED, choice=choice)))
    app = visit("models")
    app = press(app, "List its tracks")
    assert app.multiselect(key="setup-alphagenome_factors").value == ["F2"]
    chosen = [one for group in app.button_group for one in group.value]
    assert "EFO:0000002" in chosen
    app = press(press(app, "Clear"), "Use this choice")
    assert kept() == Choice()


def test_biosamples_without_a_term_are_chosen_by_their_name() -> None:
    listed = Listed.of({"borzoi": NAMED})
    assert set(listed.terms.values()) == {"aorta", "lung"}
    assert all(one.startswith("NAMED:") for one in listed.terms)
    assert Choice(terms=("aorta",)).columns(NAMED) == (0,)
