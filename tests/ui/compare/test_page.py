"""The page Compare: one model and two of a family, a scored file, and what was measured."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.runtime.batch import Entry, GeneScores, ModelResult, Plan, Row, RunFolder
from genoview.scoring import Change, DeltaScores
from genoview.scoring.comparison import Row as Agreement
from genoview.scoring.comparison import Word
from genoview.scoring.variant_line import VariantLine
from genoview.ui.compare.page import compared, sentence
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from tests.support.pages.visits import answered, visit, words
from tests.support.parts import answered as answered_with_parts
from tests.support.parts import junctions

pytestmark = pytest.mark.usefixtures("own_server")
LOCUS = "chr20:42,984,001-42,986,000"
SNV = "chr20:42984253:C>G"  # the promoter probability rises
OWN = """
name = "Halved"
file = "model.py"
context_length = 4
resolution = 2
licence = "CC0-1.0"
citation = "Nobody 2026"
[[outputs]]
name = "Halved strength"
assay = "SPLICE_SITE_STRENGTH"
unit = "share"
"""
CODE = """
import torch
class Model:
    def __init__(self, folder, device):
        pass
    def predict(self, bases):
        return bases[:, :1, 4:-4].unfold(2, 2, 2).mean(-1).movedim(1, 2)
"""


@pytest.fixture
def second(tmp_path: Path) -> None:
    """A second splicing model: one's own, that says how many A there are."""
    folder = tmp_path / "models" / "own-halved"
    folder.mkdir(parents=True)
    (folder / "model.toml").write_text(OWN)
    (folder / "model.py").write_text(CODE)


def table(app: AppTest, column: str):  # type: ignore[no-untyped-def]
    [found] = [frame.value for frame in app.dataframe if column in frame.value]
    return found


def ran(app: AppTest) -> list[str]:
    return sorted(job.title for job in app.session_state["jobs"].values())


def test_two_models_of_expression_are_held_together_over_a_locus_by_ranks() -> None:
    app = answered(visit("compare", q=LOCUS, fam="expression"))
    assert ran(app) == ["PromID", "Promoter activity"]
    pairs = table(app, "tracks")
    assert list(pairs["strand"]) == ["+", "-"]
    assert "Pearson" not in pairs  # of other units
    assert all("ranks only" in unit for unit in pairs["unit"])
    assert "only ranks are compared" in words(app)
    assert "genoview models add mpra-dragonn" in words(app)
    measured = table(app, "AUROC")
    assert set(measured["model"]) == {"Promoter activity"}
    assert "Not measured: PromID" in words(app)


def test_of_a_variant_each_says_what_it_sees_and_the_rows_name_their_model() -> None:
    app = answered(visit("compare", q=SNV, fam="expression", flank="500"))
    found = table(app, "called by")
    assert found["what"][0] == "track that changes most"
    assert abs(found["PromID ALT"] - found["PromID REF"] - found["PromID ALT − REF"]).max() < 1e-6
    assert "compare which models call a change and its sign, not the numbers" in words(app)
    drawn = str(app.session_state["figure"]["layout"])
    assert "PromID, probability" in drawn and "Promoter activity, log2" in drawn


def test_without_a_family_in_the_link_one_with_two_models_is_compared() -> None:
    app = answered(visit("compare", q=LOCUS))
    assert app.button_group(key="compared_family").value == "expression"
    assert ran(app) == ["PromID", "Promoter activity"]


def test_one_model_of_a_family_has_nobody_to_agree_with() -> None:
    app = answered(visit("compare", q=LOCUS, fam="binding"))
    assert ran(app) == ["JASPAR2024 human motifs"]
    assert "only JASPAR2024 human motifs is here" in words(app)
    assert "Two models of binding cannot be compared over a file yet" in words(app)


@pytest.mark.usefixtures("second")
def test_a_second_splicing_model_joins_the_first() -> None:
    app = answered(visit("compare", q=SNV, flank="500"))  # splicing comes first where it has two
    assert ran(app) == ["CI-SpliceAI", "Halved"]
    assert "**Agreement.**" in words(app)
    assert "positions, acceptors and donors not distinguished" in words(app)
    assert "genoview models add pangolin" in words(app)
    assert set(table(app, "AUROC")["model"]) == {"CI-SpliceAI"}
    assert "Not measured: Halved" in words(app)


@pytest.mark.usefixtures("second")
def test_a_link_keeps_its_family_and_models_and_another_family_takes_its_own() -> None:
    app = answered(visit("compare", q=LOCUS, fam="expression", m=["promid", "jaspar"]))
    assert ran(app) == ["JASPAR2024 human motifs", "PromID"]
    assert "only PromID is here" in words(app)
    app.button_group(key="compared_family").set_value("splicing")
    app = answered(app.run())
    assert app.query_params["fam"] in ("splicing", ["splicing"])
    assert "m" not in app.query_params
    assert ran(app) == ["CI-SpliceAI", "Halved"]


SOME = Agreement("x", "+", (Word(0, 0.5, True), Word(0, 0.1, False)))
ALL = Agreement("x", "+", (Word(0, 0.5, True), Word(0, 0.4, True)))
OPPOSITE = Agreement("x", "+", (Word(0, 0.5, True), Word(0.5, 0, True)))
NONE = Agreement("x", "+", (Word(0, 0.1, False), Word(0, 0.1, False)))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "A and B call no change."),
        ([NONE], "A and B call no change."),
        ([ALL, NONE], "A and B call the same change, with the same sign."),
        ([ALL, ALL], "A and B call the same 2 changes, with the same sign."),
        ([SOME], "A and B do not agree on the one change that is called."),
        (
            [OPPOSITE, SOME, ALL],
            "A and B agree on 1 of 3 changes that one of them calls, with opposite signs on 1.",
        ),
    ],
)
def test_agreement_is_said_in_one_sentence(rows: list[Agreement], said: str) -> None:
    assert sentence(rows, ["A", "B"]) == said


def scored(score: float, number: int, model: str) -> ModelResult:
    none = Change(0.0, 0)
    deltas = DeltaScores("HNF4A", "+", Change(score, number), none, none, none)
    return ModelResult(model, (GeneScores(deltas, deltas),))


def test_a_run_of_two_splicing_models_is_drawn_and_listed_disagreements_first(
    tmp_path: Path,
) -> None:
    folder = RunFolder(tmp_path / "cache" / "batches")
    run = folder.add(b"list", Plan("list", "GRCh37-demo", ("cispliceai", "spliceai")))
    rows = [
        Row(
            Entry(i, VariantLine("chr20", 42_984_000 + i, "A", "C")),
            f"chr20:{42_984_000 + i}:A>C",
            ("HNF4A",),
            (scored(first, i, "cispliceai"), scored(second, i, "spliceai")),
        )
        for i, (first, second) in enumerate([(0.1, 0.2), (0.9, 0.3), (0.5, 0.5)], 1)
    ]
    folder.finish(replace(run, words="3 scored"), rows)
    app = answered(
        visit("compare", q=LOCUS, fam="splicing", run=run.run_id, vs="cispliceai:spliceai")
    )
    listed = table(app, "apart")
    assert list(listed["CI-SpliceAI"]) == [0.9, 0.1, 0.5]
    assert listed["variant"][0].endswith("#chr20:42984002:A>C")
    assert "/variant?q=chr20%3A42984002%3AA%3EC" in listed["variant"][0]
    assert listed["both"][0].endswith("m=cispliceai&m=spliceai&fam=splicing")
    assert "n = 3" in words(app)


def test_without_such_a_run_the_page_says_how_to_make_one() -> None:
    app = answered(visit("compare", q=LOCUS, fam="splicing"))
    assert "choose CI-SpliceAI and MMSplice on the page Batch" in words(app)
    assert "only CI-SpliceAI is here" in words(app)


def test_a_model_of_junctions_alone_is_not_held_against_values_by_base(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shell, "current", lambda: ViewState(family="splicing"))
    alone = answered_with_parts(junctions((100, 200, 1, (1.0, 2.0, 3.0))))
    assert compared([alone]) == []
