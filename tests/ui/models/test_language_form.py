"""A language model on the pages: set up, chosen by the link, drawn, scored, told as untrained."""

from math import log
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.models.configured_file import LargeModel
from genoview.models.language.cards import LANGUAGE_SETUPS
from genoview.runtime.access import NO_SET_UP
from genoview.ui.models import language_form
from genoview.ui.page import shell
from tests.support.models.tiny_language import save_tiny
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import answered as waited
from tests.support.pages.visits import visit, words

pytest.importorskip("transformers", reason="the extra 'language' is not installed")
pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
SNV = "chr20:42984264:G>A"
BOTH = ("dnabert.bases", "dnabert.dependencies")


def answered(app: AppTest) -> AppTest:
    return waited(app, ("jobs",) * 5)


def test_a_model_is_set_up_with_a_form_and_its_code_stays_forbidden(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny", "side-by-side")
    app = visit("models")
    places = [one for one in app.text_input if one.label == "Folder or name on the hub"]
    assert len(places) == len(LANGUAGE_SETUPS)
    places[1].set_value(str(folder))
    buttons = [one for one in app.button if one.label == "Use it"]
    buttons[-2].click()
    app.run()
    assert not app.exception
    made = shell.bench().large.models["nucleotide-transformer"]
    assert made == LargeModel("nucleotide-transformer", str(folder), outputs=("bases",))
    assert not made.trusted
    assert "on the command line of this computer" in words(app)
    assert "with all the rights of genoview" in words(app)
    assert not [one for one in app.checkbox if "code" in one.label]
    assert "non-commercial work only" in words(app)


def test_no_form_lets_code_run_and_consent_is_of_one_place_and_revision(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny", "side-by-side")
    kind = "nucleotide-transformer"
    trusted = LargeModel(kind, str(folder), outputs=("bases",), revision="abc", trusted=True)
    shell.bench().change_large(lambda large: large.put(trusted))
    app = visit("models")
    assert language_form.TRUSTED in words(app)
    [one for one in app.button if one.label == "Use it"][-2].click()
    app.run()
    assert shell.bench().large.models[kind].trusted  # the same place and revision
    places = [one for one in app.text_input if one.label == "Folder or name on the hub"]
    next(one for one in places if one.value == str(folder)).set_value("somebody/else")
    [one for one in app.button if one.label == "Use it"][-2].click()
    app.run()
    assert not app.exception
    changed = shell.bench().large.models[kind]
    assert changed.place == "somebody/else" and not changed.trusted


def test_where_many_read_a_server_models_are_set_up_on_its_command_line(tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("allow_paths = false\n")
    app = visit("models")
    assert not [one for one in app.button if one.label == "Use it"]
    assert NO_SET_UP in words(app).replace("\\", "")


def test_a_variant_is_drawn_and_scored_with_the_banner_of_untrained_weights(
    tmp_path: Path,
) -> None:
    folder = save_tiny(tmp_path / "tiny", "overlapping")
    model = LargeModel("dnabert", str(folder), outputs=("bases", "dependencies"), span=100)
    shell.bench().change_large(lambda large: large.put(model))
    view = answered(visit("variant", m=[*BOTH], q=SNV, tab="scores"))
    found = {job.result.card.name: job.result for job in view.session_state["jobs"].values()}
    assert set(found) == set(BOTH)
    assert all(one.card.random_weights for one in found.values())
    bases = found["dnabert.bases"]
    assert bases.ref.data.interval.to_ucsc() == "chr20:42,984,214-42,984,313"
    contacts = found["dnabert.dependencies"].ref.contacts
    assert contacts is not None and contacts.interval.width <= 128
    scores = next(one.value for one in view.dataframe if "formula" in one.value)
    assert list(scores["score"]) == ["Log-likelihood ratio", "Pseudo-log-likelihood"]
    place = 42_984_263 - bases.ref.data.interval.start
    here = dict(zip("ACGT", bases.ref.data.values[place, 2:].tolist(), strict=True))
    assert scores["value"][0] == pytest.approx(log(here["A"] / here["G"]), rel=1e-3)
    told = words(view)
    assert "DNABERT cuts DNA into overlapping k-mers and read" in told


def test_a_locus_is_drawn_around_what_was_asked_for(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny", "single")
    model = LargeModel("dna-language-model", str(folder), outputs=("bases",), span=100)
    shell.bench().change_large(lambda large: large.put(model))
    view = answered(visit("explore", m=["dna-language-model.bases"], q="chr20:42984001-42984050"))
    [job] = view.session_state["jobs"].values()
    assert job.result.ref.data.interval.to_ucsc() == "chr20:42,984,001-42,984,100"
    assert job.result.card.title == "DNA language model tiny"


def test_a_model_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    model = LargeModel("dnabert", str(tmp_path), outputs=("bases",))
    shell.bench().change_large(lambda large: large.put(model))
    view = visit("variant", m=["dnabert.bases"], q=SNV)
    for job in view.session_state["jobs"].values():
        job.wait(LONG_S)
    view.run()
    assert "cannot be loaded as a masked language model" in words(view)
