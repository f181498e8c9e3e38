"""The pages as a reader without a browser sees them: first visit, errors, empty states, lists."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from genoview.errors import Cancelled
from genoview.models.registry import card_of, default_models
from genoview.store import Label, SavedLocus
from genoview.ui.page import shell, top_bar
from genoview.ui.page.examples import EXAMPLES
from genoview.ui.page.url import MAX_TEXT, ViewState
from tests.support.models.toy_backend import LONG_S, Gated
from tests.support.pages.visits import answered, healthy, in_the_link, labels, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
SNV = "chr20:42984264:G>A"
LOCUS = "chr20:42,984,001-42,986,000"
NONSENSE = "what is this"


def texts(*elements: list[object]) -> str:
    return "\n".join(str(each.value) for group in elements for each in group)  # type: ignore[attr-defined]


def tables(app: AppTest) -> str:
    """Rows of the tables of models and genomes."""
    return "".join(element.proto.body for element in app.get("html"))


def errors(app: AppTest) -> list[str]:
    return [str(error.value) for error in app.error]


def box(app: AppTest) -> object:
    return app.text_input(key="search_text").value


@pytest.mark.parametrize("page", shell.PAGES)
def test_a_first_visit_to_any_page_is_without_error(page: str) -> None:
    app = visit(page)
    assert errors(app) == []
    assert list(app.warning) == []


@pytest.mark.parametrize("page", ["explore", "variant"])
def test_a_newcomer_finds_the_three_examples(page: str) -> None:
    app = visit(page)
    for example in EXAMPLES:
        assert example.query in labels(app)
        assert example.title in texts(app.markdown)
    assert box(app) == ""


def layout(app: AppTest) -> dict[str, Any]:
    """Of the figure that the page holds."""
    drawn: dict[str, dict[str, Any]] = app.session_state["figure"]
    return drawn["layout"]


def drawn_rows(app: AppTest) -> list[str]:
    """Titles of the rows below the chromosome, which leads every figure."""
    first, *rows = layout(app)["meta"]["rows"]
    assert first["id"] == "chromosome"
    return [row["title"] for row in rows]


def test_the_first_page_shows_a_promoter_at_once() -> None:
    app = answered(visit())
    assert "chr20:42,974,001-42,994,000" in texts(app.caption)
    assert drawn_rows(app) == ["Genes", "Motif sites", "Motif occupancy"]
    [genes] = [row for row in layout(app)["meta"]["rows"] if row["id"] == "genes"]
    assert any("HNF4A" in label for _, _, label, *_ in genes["things"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_opens_its_variant(example) -> None:  # type: ignore[no-untyped-def]
    app = visit()
    healthy(app.button(key=f"example-{example.query}").click().run())
    assert in_the_link(app, "q") == example.query
    assert box(app) == example.query
    assert "**Substitution** at chr20" in texts(app.caption)
    assert example.title not in texts(app.markdown)


def test_a_variant_is_told_in_tables_once_its_models_answered() -> None:
    app = answered(visit("variant", q=SNV, tab="binding"))
    assert "Largest effects" in texts(app.markdown)
    [table] = [frame.value for frame in app.dataframe if "factor" in frame.value]
    assert {"HNF1A", "HNF1B"} <= set(table["factor"])
    app = answered(visit("variant", q=SNV, tab="method"))
    assert "not a clinical interpretation" in texts(app.caption)


def test_a_locus_typed_on_the_variant_page_goes_to_explore_and_back() -> None:
    app = visit("variant", q=LOCUS)
    assert "Largest effects" not in texts(answered(app).markdown)
    assert in_the_link(app, "q") == LOCUS
    healthy(app.text_input(key="search_text").set_value(SNV).run())
    assert "**Substitution** at chr20" in texts(app.caption)


def test_a_link_to_another_page_has_its_own_choices_at_the_place_shown() -> None:
    place = ViewState(q=SNV, assembly="mine", at="42984201-42984300", flank=500, tab="binding")
    compared = ViewState(q=LOCUS, family="expression", models=("promid",))
    views = {"place": place, "others": place, "compare": compared}
    assert top_bar.view_for("explore", views) == place
    wanted = replace(place, tab="", family="expression", models=("promid",))
    assert top_bar.view_for("compare", views) == wanted
    assert top_bar.view_for("variant", {}) == ViewState()


def test_a_variant_that_was_seen_stays_on_explore_and_a_new_one_goes_to_its_page() -> None:
    app = visit("variant", q=SNV)
    app.switch_page(shell.PAGES["explore"][0])
    app.query_params["q"] = SNV
    healthy(app.run())
    assert "Explore" in heading(app)
    healthy(app.text_input(key="search_text").set_value("chr20:42984253:C>G").run())
    assert "Variant" in heading(app)


def heading(app: AppTest) -> str:
    return next(str(one.proto.body) for one in app.get("html") if "<h1>" in str(one.proto.body))


INSERTED = "chr20:43249076:C>C" + "ACGTAGCT" * 80
INFO = "AC=2;AF=0.25;" + ";".join(f"KEY{i}=VALUE{i}" for i in range(42))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (INSERTED, "**Insertion, 640 bp** at chr20"),
        (f"20 42984264 rs1 G A 30 PASS {INFO} GT 0/1", "**Substitution** at chr20"),
    ],
)
def test_long_variants_open_and_are_in_the_link(typed: str, shown: str) -> None:
    assert len(typed) >= 600
    app = visit()
    healthy(app.text_input(key="search_text").set_value(typed).run())
    assert shown in texts(app.caption)
    assert errors(app) == []
    assert list(app.warning) == []
    assert in_the_link(app, "q") == typed
    assert not [one.value for one in app.caption if len(str(one.value)) > 400]


def test_what_is_too_long_to_be_opened_stays_in_the_box() -> None:
    app = visit("explore", q=LOCUS)
    typed = "chr20:43249076:C>C" + "A" * MAX_TEXT
    healthy(app.text_input(key="search_text").set_value(typed).run())
    [error] = errors(app)
    assert "at most 16,000 can be opened here" in error
    assert box(app) == typed
    assert in_the_link(app, "q") == LOCUS
    healthy(app.text_input(key="search_text").set_value("HNF4A").run())
    assert errors(app) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (NONSENSE, "neither a locus, a variant nor a gene"),
        ("TP53", "lies at chr17:7,571,739-"),
        ("chr1:1-100", "chr1 is not in GRCh37-demo"),
        ("chr20:42,984,264:A>C", "unexpected reference allele"),
    ],
)
@pytest.mark.parametrize("page", ["explore", "variant"])
def test_a_bad_query_shows_one_error_and_keeps_the_text(page: str, typed: str, words: str) -> None:
    app = visit(page)
    healthy(app.text_input(key="search_text").set_value(typed).run())
    [error] = errors(app)
    assert words in error
    assert box(app) == typed
    assert in_the_link(app, "q") == typed


def test_after_a_bad_query_the_last_good_view_stays() -> None:
    app = visit("explore", q=LOCUS)
    healthy(app.text_input(key="search_text").set_value(NONSENSE).run())
    assert len(errors(app)) == 1
    assert f"Still showing {LOCUS}." in texts(app.caption)
    healthy(app.text_input(key="search_text").set_value("HNF4A").run())
    assert errors(app) == []


def test_a_wrong_reference_allele_can_be_mended_with_a_click() -> None:
    app = visit("variant", q="chr20:42984264:A>G")
    assert len(errors(app)) == 1
    [mend] = [button for button in app.button if button.label.startswith("Swap the alleles")]
    healthy(mend.click().run())
    assert errors(app) == []
    assert in_the_link(app, "q") == SNV
    assert box(app) == SNV


def test_another_genome_that_fits_can_be_chosen_with_a_click(tmp_path: Path) -> None:
    (tmp_path / "mine.fa").write_text(">chr20:42984251-42984300\n" + "T" * 50 + "\n")
    (tmp_path / "mine.sizes").write_text("chr20\t63025520\n")
    (tmp_path / "genoview.toml").write_text(
        '[[assembly]]\nname = "mine"\nfasta = "mine.fa"\nchrom_sizes = "mine.sizes"\n'
    )
    shell.bench().assembly("mine")
    app = visit("variant", q="chr20:42984264:T>C")
    [choose] = [b for b in app.button if b.label.startswith("Use the genome mine")]
    healthy(choose.click().run())
    assert errors(app) == []
    assert in_the_link(app, "g") == "mine"
    assert "in mine" in texts(app.caption)


def test_bad_parts_of_a_link_are_told_and_the_rest_is_shown() -> None:
    app = visit("explore", q=LOCUS, y="log", h="tall")
    assert len(app.warning) == 2
    assert "expected one of natural, auto, group, fixed" in texts(app.warning)
    assert LOCUS in texts(app.caption)
    assert errors(app) == []


def test_a_link_of_an_unknown_genome_is_told(tmp_path: Path) -> None:
    app = visit("explore", q=LOCUS, g="hg18")
    [error] = errors(app)
    assert "no genome 'hg18' here" in error


def test_hidden_rows_of_a_link_are_hidden() -> None:
    app = answered(visit("explore", q=LOCUS, hide=["genes", "jaspar:sites"]))
    assert drawn_rows(app) == ["Sequence", "Motif occupancy"]


def test_rows_of_a_link_are_reset_with_a_button() -> None:
    choices = ["jaspar:sites~h99", "genes~h80"]
    app = answered(
        visit(q=LOCUS, hide="sequence", order="jaspar:sites", h="2.0", y="auto", r=choices)
    )
    assert drawn_rows(app)[0] == "Motif sites"
    assert layout(app)["meta"]["rows"][1]["height"] == 99
    reset = next(button for button in app.button if button.label == "Reset rows")
    healthy(reset.click().run())
    assert not {"r", "order", "hide", "h"} & set(app.query_params)
    assert in_the_link(app, "y") == "auto"
    assert next(button for button in app.button if button.label == "Reset rows").disabled


def test_highlights_of_a_link_are_listed_and_removed() -> None:
    marks = ["42984101-42984200~0072b2~<b>P2</b>", "42985001-42985100"]
    app = answered(visit(q=LOCUS, mark=marks))
    assert "chr20:42,984,101-42,984,200, <b>P2</b>" in texts(app.text)
    notes = layout(app)["annotations"]
    assert any("&lt;b&gt;P2&lt;/b&gt;" in str(note["text"]) for note in notes)
    healthy(app.button(key="unmark-42984100-42984200").click().run())
    assert in_the_link(app, "mark") == "42985001-42985100"
    healthy(app.button(key="unmark-all").click().run())
    assert in_the_link(app, "mark") == ""
    assert "Remove all" not in labels(app)


def test_a_link_that_hides_every_row_is_told_and_the_menus_stay() -> None:
    app = answered(visit("explore", q=LOCUS, hide=["genes", "sequence"]))  # nothing until then
    assert drawn_rows(app) == ["Motif sites", "Motif occupancy"]
    hidden = ["chromosome", "genes", "sequence", "jaspar:sites", "jaspar:occupancy"]
    app = answered(visit("explore", q=LOCUS, hide=hidden))
    assert "switch on at least one track" in texts(app.info)
    assert app.multiselect(key="rows").value == []


def test_a_link_made_with_other_weights_says_so() -> None:
    app = answered(visit("explore", q=LOCUS, v="jaspar:0000-float32-s1r1"))
    assert "made with version 0000-float32-s1r1" in texts(app.info)
    same = shell.bench().backend("jaspar").version
    app = answered(visit("explore", q=LOCUS, v=f"jaspar:{same}"))
    assert list(app.info) == []


def test_a_running_model_shows_the_genes_and_can_be_stopped_and_run_again(
    gated: type[Gated],
) -> None:
    app = visit("explore", q=LOCUS)
    assert gated.begun.wait(LONG_S)
    assert drawn_rows(app) == ["Genes", "Sequence"]
    [stop] = [button for button in app.button if button.label == "Stop"]
    healthy(stop.click().run())
    gated.go.set()
    app = answered(app)
    assert "Toy gated: stopped" in texts(app.caption)
    assert errors(app) == []
    assert drawn_rows(app) == ["Genes", "Sequence"]
    [again] = [button for button in app.button if button.label == "Run it"]
    app = answered(healthy(again.click().run()))
    assert drawn_rows(app) == ["Genes", "Sequence", "GC (+)"]
    assert "Stop" not in labels(app)


def test_a_reader_who_asks_something_else_gives_the_old_run_up(gated: type[Gated]) -> None:
    app = visit("explore", q=LOCUS)
    assert gated.begun.wait(LONG_S)
    [old] = app.session_state["jobs"].values()
    healthy(app.text_input(key="search_text").set_value("chr20:43,000,001-43,001,000").run())
    gated.go.set()
    assert old.wait(LONG_S)
    assert isinstance(old.error, Cancelled)
    assert errors(answered(app)) == []


def test_what_was_asked_is_in_the_history_also_if_it_was_known_already() -> None:
    for times in (1, 2):
        answered(visit("explore", q=LOCUS))
        [entry] = shell.bench().store.history.entries()
        assert (entry.query, entry.times) == (LOCUS, times)
        assert "q=chr20" in entry.url
    app = visit("saved")
    assert LOCUS in labels(app)


def test_the_saved_page_says_that_it_is_empty() -> None:
    app = visit("saved")
    assert texts(app.info).splitlines() == [
        "Nothing saved yet: open a locus and press Save above the tracks.",
        "No queries yet.",
    ]
    healthy(app.text_input(key="saved_search").set_value("diabetes").run())
    assert "No saved locus matches this search." in texts(app.info)


def test_a_saved_locus_can_be_found_deleted_and_taken_back() -> None:
    loci = shell.bench().store.loci
    kept = loci.save(
        SavedLocus.new(SNV, "GRCh37-demo", f"variant?q={SNV}", Label("P2 *promoter*", tags=["t"]))
    )
    app = visit("saved")
    assert r"**P2 \*promoter\***" in texts(app.markdown)
    healthy(app.button(key=f"delete-{kept.id}").click().run())
    assert loci.entries() == []
    [undo] = [button for button in app.button if button.label == "Undo"]
    healthy(undo.click().run())
    assert [locus.id for locus in loci.entries()] == [kept.id]
    healthy(app.button(key=f"open-{kept.id}").click().run())
    assert box(app) == SNV


def test_a_locus_is_saved_with_its_tracks_in_small() -> None:
    app = answered(visit("explore", q=LOCUS))
    [save] = [button for button in app.button if button.label == "Save"]
    save.click()
    healthy(app.run())
    [kept] = shell.bench().store.loci.entries()
    assert (kept.text, kept.assembly, kept.name) == (LOCUS, "GRCh37-demo", LOCUS)
    assert kept.summary
    assert f"s={kept.short_id}" in texts(app.code)


def test_a_short_link_opens_the_saved_view() -> None:
    kept = shell.bench().store.loci.save(
        SavedLocus.new(SNV, "GRCh37-demo", "variant?q=chr20%3A42984264%3AG%3EA&hide=genes")
    )
    app = visit("explore", s=kept.short_id)
    assert box(app) == SNV
    assert in_the_link(app, "hide") == "genes"


def test_an_unknown_short_link_is_told_and_the_page_is_there() -> None:
    app = visit("explore", s="zzzz9999")
    assert "The short link zzzz9999 is not of a locus saved on this server" in texts(app.warning)
    assert box(app) == ""


@pytest.mark.parametrize("name", default_models())
def test_every_model_is_listed_with_licence_limits_and_source(name: str) -> None:
    app = visit("models")
    card = card_of(name)
    assert f"<b>{card.title}</b>" in tables(app)
    words = texts(app.markdown)
    for fact in (card.licence, card.source, card.citation, card.predicts, card.limits):
        assert fact in words
    assert f"**Parameters** {card.parameters:,}" in words


def test_the_embedded_genome_is_listed_and_cannot_be_removed() -> None:
    app = visit("models")
    assert ">GRCh37-demo</b>" in tables(app)
    assert not [label for label in labels(app) if label.startswith("Remove")]
    assert "Covers chr20:42,484,001-43,484,000; 31 genes." in texts(app.markdown)


def fill(app: AppTest, **values: str) -> AppTest:
    for label, value in values.items():
        [field] = [each for each in app.text_input if each.label == label.replace("_", " ")]
        field.set_value(value)
    [add] = [button for button in app.button if button.label == "Add"]
    return healthy(add.click().run())


def test_a_genome_is_added_opened_and_removed(tmp_path: Path) -> None:
    fasta = tmp_path / "mine.fa"
    fasta.write_text(">1\n" + "ACGT" * 500 + "\n")
    app = fill(visit("models"), Name="mine", Assembly="GRCh38", FASTA_file=str(fasta))
    assert errors(app) == []
    assert "mine" in shell.bench().assembly_names
    healthy(app.button(key="open-mine").click().run())
    assert "Covers chr1:1-2,000; 0 genes." in texts(app.markdown)
    healthy(app.button(key="remove-mine").click().run())
    assert shell.bench().assembly_names == ("GRCh37-demo",)
    assert fasta.exists()


@pytest.mark.parametrize(
    ("name", "fasta", "words"),
    [
        ("mine", "/nonexistent/mine.fa", "there is no file"),
        ("", "/nonexistent/mine.fa", "give it one of letters"),
        ("GRCh37-demo", "/nonexistent/mine.fa", "There is a genome GRCh37-demo already"),
    ],
)
def test_a_genome_that_cannot_be_added_is_told(name: str, fasta: str, words: str) -> None:
    app = fill(visit("models"), Name=name, FASTA_file=fasta)
    [error] = errors(app)
    assert words in error
    assert shell.bench().assembly_names == ("GRCh37-demo",)


def test_predictions_are_counted_and_forgotten_on_request() -> None:
    answered(visit("explore", q=LOCUS))
    app = visit("models")
    assert "1 predictions take" in texts(app.markdown)
    [forget] = [button for button in app.button if button.label == "Forget all predictions"]
    healthy(forget.click().run())
    assert "0 predictions take" in texts(app.markdown)


def test_a_cache_that_cannot_be_used_is_told_and_the_tracks_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "file" / "cache"))
    app = answered(visit("explore", q=LOCUS))
    assert "cannot be stored" in texts(app.warning)
    assert "Motif sites" in drawn_rows(app)
    assert len(errors(visit("saved"))) == 2  # the loci and the history, a sentence each
    assert "cannot be opened or written" in texts(visit("models").error)
