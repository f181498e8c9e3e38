"""What a variant does to its genes, first of all on the page; the chosen transcript in the link."""

import pytest
from streamlit.testing.v1 import AppTest

from genoview.ui.page.url import ViewState
from tests.ui.variant.test_names import captions, codes, named

pytestmark = pytest.mark.usefixtures("own_server")
MISSENSE = "chr20:43042364:C>T"
OTHER = "NM_000457.6"


def sentences(app: AppTest) -> list[str]:
    return [markdown.value for markdown in app.markdown]


def titles(app: AppTest) -> list[str]:
    return [block.proto.popover.label for block in app.get("popover")]


def test_the_answer_comes_first() -> None:
    app = named(MISSENSE)
    assert (
        "**HNF4A p.(Thr117Ile)**: missense, exon 4 of 10 of NM_175914.5 (MANE Select)."
        in sentences(app)
    )
    assert "10 transcripts: missense in all" in titles(app)
    table = app.dataframe[0].value
    assert list(table.columns)[:4] == ["gene", "transcript", "label", "consequence"]
    first = table.iloc[0]
    assert first["transcript"] == "NM_175914.5"
    assert first["SO term"] == "missense_variant"
    assert (first["codons"], first["amino acids"], first["exon"]) == ("aCt/aTt", "T/I", "4/10")


def test_a_link_chooses_the_transcript_of_sentence_and_names() -> None:
    app = named(MISSENSE, transcript=OTHER)
    assert any(words.startswith("**HNF4A p.(Thr139Ile)**") for words in sentences(app))
    assert codes(app)[:2] == [f"{OTHER}:c.416C>T", "p.(Thr139Ile)"]
    assert f"names on {OTHER} of HNF4A" in captions(app)
    assert app.query_params["transcript"] == OTHER


def test_a_transcript_that_is_not_there_gives_way_to_the_first() -> None:
    app = named(MISSENSE, transcript="NM_000022.4")
    assert any(words.startswith("**HNF4A p.(Thr117Ile)**") for words in sentences(app))


def test_an_intronic_change_and_one_far_from_genes() -> None:
    app = named("chr20:43249076:C>T")
    assert "**ADA c.976-34G>A**: intron 10 of 11 of NM_000022.4 (MANE Select)." in sentences(app)
    app = named("chr20:42490000:A>T")
    assert "**Intergenic**: no transcript lies within 5,000 bp." in sentences(app)


def test_a_link_keeps_the_transcript_and_refuses_what_is_none() -> None:
    state, problems = ViewState.from_params({"transcript": [OTHER]})
    assert (state.transcript, problems) == (OTHER, ())
    assert state.to_params() == {"transcript": [OTHER]}
    state, [problem] = ViewState.from_params({"transcript": ["<b>"]})
    assert state.transcript == ""
    assert "expected the id of a transcript" in problem
