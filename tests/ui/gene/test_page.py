"""The page Gene: measured inclusion of every exon, from a typed gene, a link or a variant."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.page.url import ViewState
from tests.support.models.weights_here import xpresso_file
from tests.support.pages.visits import healthy, in_the_link, visit, words

pytestmark = pytest.mark.usefixtures("own_server")
MODELS: tuple[str, ...] = ()
INTRONIC = "chr20:43249076:C>T"
OTHER = "NM_001322051.2"


def transcript(app: AppTest) -> str:
    return str(app.selectbox(key="gene_transcript").value)


def test_a_gene_of_the_demo_is_there_before_one_is_typed() -> None:
    app = visit("gene")
    assert "**ADA**, adenosine deaminase" in words(app)
    assert "All 12 exons measured, with RNA in 53 of 54 tissues." in words(app)
    assert {"ADA", "HNF4A"} <= {button.label for button in app.button}


def test_the_table_has_every_exon_and_says_what_is_not_measured() -> None:
    app = visit("gene", q="HNF4A")
    table = app.dataframe[0].value
    assert table["exon"].tolist() == list(range(1, 11))
    assert table["between tissues"].tolist()[::9] == ["not measured", "not measured"]
    assert table["Liver"].isna().tolist() == [True, *[False] * 8, True]
    assert table["Liver"][3] == pytest.approx(100, abs=0.1)
    assert "Not in the table, so empty: exons 1, 10." in words(app)
    assert "licence MIT" in words(app)
    assert "doi:10.1038/s41467-019-14020-5" in words(app)


def test_an_exon_opens_on_explore_with_a_mark() -> None:
    link = visit("gene", q="HNF4A").dataframe[0].value["Explore"][3]
    assert "q=chr20%3A43%2C042%2C134-43%2C042%2C640" in link
    assert "mark=43042334-43042440~~HNF4A+exon+4" in link


def test_a_link_restores_the_transcript_and_a_choice_is_in_the_link() -> None:
    app = visit("gene", q="ADA", transcript=OTHER)
    assert transcript(app) == OTHER
    assert len(app.dataframe[0].value) == 11
    healthy(app.selectbox(key="gene_transcript").set_value("NM_000022.4").run())
    assert in_the_link(app, "transcript") == "NM_000022.4"
    assert len(app.dataframe[0].value) == 12


def test_a_transcript_that_was_typed_is_chosen() -> None:
    assert transcript(visit("gene", q=OTHER)) == OTHER


def test_a_variant_shows_its_gene_and_what_is_predicted_of_the_exon() -> None:
    app = visit("gene", q=INTRONIC)
    assert "**ADA**" in words(app)
    assert f"**{INTRONIC}**, MMSplice: ADA exon 11 of 12" in words(app)
    assert f"{INTRONIC} on Variant" in [each.proto.label for each in app.get("page_link")]


def test_a_place_with_several_genes_offers_them() -> None:
    app = visit("gene", q="chr20:42,980,000-43,290,000")
    symbols = app.selectbox(key="gene_chosen").options
    assert {"ADA", "HNF4A", "PKIG"} <= set(symbols)
    healthy(app.selectbox(key="gene_chosen").set_value("ADA").run())
    assert in_the_link(app, "transcript") == "NM_000022.4"
    assert "**ADA**" in words(app)


def test_a_place_without_a_gene_says_what_to_type() -> None:
    assert "type a gene, such as ADA" in words(visit("gene", q="chr20:42,490,000-42,490,100"))


def test_a_gene_that_is_not_measured_here_offers_the_whole_table() -> None:
    app = visit("gene", q="AL132772.1")
    assert "Nothing is measured of AL132772.1 in what comes with genoview" in words(app)
    assert "`genoview models add gtex-inclusion`" in words(app)
    assert any("62.4 MB" in button.label for button in app.button)
    assert not app.dataframe


def test_the_level_says_what_adds_it() -> None:
    assert "`genoview models add xpresso`" in words(visit("gene", q="ADA"))


def test_the_link_of_the_page_is_a_view() -> None:
    state, problems = ViewState.from_params({"q": ["ADA"], "transcript": [OTHER]})
    assert (state.q, state.transcript, problems) == ("ADA", OTHER, ())


def test_a_click_on_an_exon_goes_on_to_explore() -> None:
    app = visit("gene", q="HNF4A")
    app.session_state["exon_opened"] = 4  # as the plot's callback leaves it
    healthy(app.run())
    assert in_the_link(app, "q") == "chr20:43,042,134-43,042,640"
    assert in_the_link(app, "mark") == "43042334-43042440~~HNF4A exon 4"


def test_where_xpresso_is_installed_the_level_is_there(tmp_path: Path) -> None:
    pytest.importorskip("h5py", reason="h5py reads the files, and is not installed")
    folder = tmp_path / "models" / "xpresso"
    folder.mkdir(parents=True)
    xpresso_file(folder)
    text = words(visit("gene", q="ADA"))
    assert "**Level of expression by Xpresso: " in text
    assert "one number over cell types, not by tissue" in text
    assert "genoview models add xpresso" not in text
