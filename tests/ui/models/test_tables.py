"""The tables of Models and data: rows from the catalogue alone, filtered, sorted and folded."""

import re
from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.model_card import BRIEF
from genoview.models.entry import Output
from genoview.models.registry import default_models, entries, entry_of, exon_models, tissue_models
from genoview.ui.models import model_lines
from genoview.ui.page import shell
from tests.support.pages.visits import visit, words
from tests.support.paths import ROOT

pytestmark = pytest.mark.usefixtures("own_server")


def rows(app: AppTest) -> list[list[str]]:
    """Cells of each row of models and genomes."""
    bodies = [str(element.proto.body) for element in app.get("html")]
    return [
        [
            unescape(re.sub(r"<i>.*?</i>|<[^>]*>", "", cell))
            for cell in re.findall(r"<(?:b|span).*?</(?:b|span)>", body)
        ]
        for body in bodies
        if "gv-row" in body and "gv-head" not in body
    ]


def models(app: AppTest) -> list[str]:
    titles = {entry.card.title for entry in model_lines.entries()}
    return [row[0] for row in rows(app) if row[0] in titles]


def test_each_model_of_the_catalogue_has_a_row_in_at_most_eight_words() -> None:
    app = visit("models")
    embedded = (*default_models(), *exon_models(), *tissue_models())
    assert models(app) == [entry.card.title for entry in entries()]
    for entry in entries():
        assert len(entry.card.brief.replace(" …", "").split()) <= BRIEF
        [row, *_] = [row for row in rows(app) if row[0] == entry.card.title]
        is_of_proteins = entry.output is Output.RESIDUES
        family = "protein language" if is_of_proteins else entry.card.family.value
        assert row[1:3] == [entry.card.brief, family]
        assert row[4] == entry.card.licence
        assert row[3] == ("installed" if entry.name in embedded else "available to add")


def test_a_model_that_a_package_brings_appears_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    card = replace(
        entry_of("promid").card, title="Theirs", predicts=" ".join("abcdefghij"), summary=""
    )
    theirs = replace(entry_of("promid"), name="theirs", own_card=card, runs_by_default=False)
    monkeypatch.setattr(model_lines, "entries", lambda: (*entries(), theirs))
    app = visit("models")
    assert rows(app)[len(entries())][:2] == ["Theirs", "a b c d e f g h …"]
    assert app.button(key="use-theirs").label == "Use"


def test_models_are_filtered_and_sorted() -> None:
    app = visit("models")
    app.selectbox(key="model_family").set_value("splicing").run()
    assert models(app) == [
        *("CI-SpliceAI", "MMSplice", "MTSplice", "SpliceAI", "Pangolin", "GTEx inclusion of exons")
    ]
    app.selectbox(key="model_state").set_value("available to add").run()
    app.selectbox(key="model_order").set_value("by name").run()
    assert models(app) == ["GTEx inclusion of exons", "Pangolin", "SpliceAI"]
    app.text_input(key="model_words").set_value("gpl").run()
    assert models(app) == ["Pangolin"]
    app.text_input(key="model_words").set_value("nonsense").run()
    assert models(app) == []
    assert "No model fits these filters." in words(app)


def test_genomes_say_build_size_and_what_is_on_this_machine() -> None:
    by_name = {row[0]: row for row in rows(visit("models"))}
    _name, build, source, size, here, licence = by_name["GRCh37-demo"]
    assert (build, here, licence) == ("GRCh37", "yes", "without restriction on use")
    assert "chromosome 20" in source and size.endswith(" MB")
    assert by_name["GRCh38"][3:5] == ["835 MB", "read as needed"]


def test_a_genome_is_agreed_to_and_then_kept_with_a_button() -> None:
    app = visit("models")
    assert not [button for button in app.button if button.key == "keep-GRCh38"]
    app.button(key="agree-GRCh38").click().run()
    assert shell.bench().remote_genomes.is_agreed("GRCh38")
    assert app.button(key="keep-GRCh38").label == "Keep"


def test_measured_tracks_are_a_table_with_version_and_licence() -> None:
    [table] = [frame.value for frame in visit("models").dataframe if "Track" in frame.value]
    assert list(table["Track"]) == [entry.title for entry in shell.bench().measured.entries]
    assert all(table["Licence"]) and all(table["Version"]) and set(table["Build"]) >= {"GRCh38"}


def test_no_code_of_the_page_names_a_model() -> None:
    code = "".join(path.read_text() for path in (ROOT / "genoview/ui/models").glob("*.py"))
    code += (ROOT / "pages/models.py").read_text()
    general = {"DNA language model", "Model server"}
    titles = {entry.card.title for entry in entries()} - general
    assert {title for title in titles if title in code} == set()
