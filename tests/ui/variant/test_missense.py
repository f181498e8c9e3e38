"""The Variant page on missense: scores, their banner, and a sentence where there are none."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.models.configured_file import LargeModel
from genoview.ui.page import shell
from genoview.ui.variant import missense
from tests.support.models.tiny_protein import save_tiny_protein
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import visit, words
from tests.ui.variant.tables.test_service_scores import settled

pytest.importorskip("transformers", reason="the extra 'language' is not installed")
pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
MISSENSE = "chr20:43042364:C>T"
TITLE = "ESM-2 (tiny)"


def texts(app: AppTest) -> str:
    return words(app).replace("\\", "")


def use(folder: Path, kind: str = "esm2") -> None:
    shell.bench().change_large(lambda large: large.put(LargeModel(kind, str(folder))))


def table(app: AppTest) -> object:
    found = [one.value for one in app.dataframe if "wild-type" in one.value]
    return found[0] if found else None


def test_without_a_model_the_page_says_how_to_add_one() -> None:
    view = settled(visit("variant", tab="missense", q=MISSENSE))
    said = texts(view)
    assert "**HNF4A p.(Thr117Ile)** of NM_175914.5, 452 residues" in said
    assert missense.NONE_SET_UP in said and missense.NO_TABLE in said
    assert table(view) is None


def test_a_change_without_a_replaced_residue_is_not_scored(tmp_path: Path) -> None:
    use(save_tiny_protein(tmp_path / "tiny"))
    view = settled(visit("variant", tab="missense", q="chr20:43249076:C>T"))
    assert "No residue of NM_000022.4 changes: there is nothing to score." in texts(view)
    assert "score_jobs" not in view.session_state or not view.session_state["score_jobs"]


def test_a_model_scores_the_residue_under_the_banner_of_random_weights(tmp_path: Path) -> None:
    use(save_tiny_protein(tmp_path / "tiny"))
    view = settled(visit("variant", tab="missense", q=MISSENSE))
    rows = table(view)
    assert list(rows["model"]) == [TITLE]
    assert "likely" in rows["the new residue is"][0]
    assert "RANDOM WEIGHTS" in texts(view)
    [chart] = [one for one in view.get("plotly_chart") if "heatmap" in str(one.proto)]
    figure = json.loads(chart.proto.spec)
    assert figure["layout"]["xaxis"]["range"] == [86.5, 147.5]
    again = settled(visit("variant", tab="missense", q=MISSENSE))  # recalled in another session
    assert table(again)["masked"][0] == rows["masked"][0]


def test_the_transcript_of_the_link_is_the_one_that_is_scored(tmp_path: Path) -> None:
    view = settled(visit("variant", tab="missense", q=MISSENSE, transcript="NM_000457.6"))
    assert "**HNF4A p.(Thr139Ile)** of NM_000457.6, 474 residues" in texts(view)


def test_a_folder_that_is_no_model_of_proteins_is_a_sentence(tmp_path: Path) -> None:
    use(tmp_path)
    view = settled(visit("variant", tab="missense", q=MISSENSE))
    assert "cannot be loaded as a masked language model" in texts(view)
    assert "Try again" in [one.label for one in view.button]


def test_alphamissense_stands_beside_it(tmp_path: Path) -> None:
    lines = (
        "CHROM POS REF ALT genome uniprot_id transcript_id protein_variant am_pathogenicity "
        "am_class\nchr20 43042364 C T hg19 P41235 ENST1.1 T139I 0.9 LPath\n"
    )
    (tmp_path / "am.tsv").write_text(lines.replace(" ", "\t"))
    (tmp_path / "genoview.toml").write_text('alphamissense = "am.tsv"\n')
    shell.made_bench.cache_clear()
    view = settled(visit("variant", tab="missense", q=MISSENSE))
    said = texts(view)
    assert "**AlphaMissense** 0.900, likely pathogenic" in said
    assert "T139I of ENST1.1, P41235, am.tsv; CC BY 4.0 by its authors' repository" in said


def test_it_is_set_up_with_a_form(tmp_path: Path) -> None:
    app = visit("models")
    places = [one for one in app.text_input if one.label.startswith("Folder, file of weights")]
    assert len(places) == 2
    places[1].set_value(str(tmp_path))
    [submit] = [one for one in app.button if one.form_id == "protein-vesm"]
    submit.click()
    app.run(timeout=LONG_S)
    assert not app.exception
    assert shell.bench().large.models["vesm"] == LargeModel("vesm", str(tmp_path))
