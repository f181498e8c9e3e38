"""A reader chooses models, which the link keeps; one that is not here is said with what adds it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.genome import Interval
from genoview.models import registry
from genoview.models.entry import Entry
from genoview.query.resolve import resolve
from genoview.ui.explore import model_choice, run_models
from genoview.ui.page import shell
from tests.support.models.toy_strength import Strength
from tests.support.models.weights_here import dragonn_file, xpresso_file
from tests.support.pages.visits import answered, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
LOCUS = "chr20:43,029,001-43,031,000"

MANIFEST = """
name = "Mine"
file = "model.py"
context_length = 0
resolution = RESOLUTION
both_strands = false
licence = "CC0-1.0"
citation = "Nobody"
[[outputs]]
name = "GC"
assay = "ATAC"
unit = "share"
[[outputs]]
name = "A"
assay = "ATAC"
unit = "share"
"""
CLASS = """
import torch
class Model:
    def __init__(self, folder, device):
        pass
    def predict(self, bases):
        inner = bases.unfold(2, 10, 10).mean(-1)
        return torch.stack([inner[:, 1] + inner[:, 2], inner[:, 0]], dim=-1)
"""


@pytest.fixture
def added(tmp_path: Path) -> None:
    """MPRA-DragoNN and Xpresso lie in the folder, with random values."""
    pytest.importorskip("h5py", reason="h5py reads the files, and is not installed")
    for name, make in (("mpra-dragonn", dragonn_file), ("xpresso", xpresso_file)):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        make(folder)


def of_models(query: str, *models: str, **params: str) -> AppTest:
    """The page of a query, once the chosen models have answered; of all of them without names."""
    return answered(visit(q=query, **({"m": list(models)} if models else {}), **params))


def ran(app: AppTest) -> list[str]:
    return sorted(job.title for job in app.session_state["jobs"].values())


def test_the_usual_models_run_where_nothing_is_chosen() -> None:
    app = of_models(LOCUS)
    assert ran(app) == ["JASPAR2024 human motifs"]
    assert "m" not in app.query_params


@pytest.mark.usefixtures("added")
def test_a_model_that_was_added_is_run_and_drawn_by_its_link() -> None:
    app = of_models(LOCUS, "jaspar", "mpra-dragonn")
    assert ran(app) == ["JASPAR2024 human motifs", "MPRA-DragoNN"]
    rows = app.session_state["figure"]["layout"]["meta"]["rows"]
    drawn = [row["id"] for row in rows if row["id"].startswith("mpra-dragonn")]
    assert drawn == ["mpra-dragonn:K562-minP-pooled", "mpra-dragonn:HepG2-minP-pooled"]
    chosen = app.multiselect(key="models")
    assert chosen.value == ["jaspar", "mpra-dragonn"]
    chosen.set_value(["jaspar"])
    answered(app.run())
    assert app.query_params["m"] in ("jaspar", ["jaspar"])
    assert ran(app) == ["JASPAR2024 human motifs"]


@pytest.mark.usefixtures("added")
def test_levels_of_genes_stand_in_a_table_of_a_locus_and_of_a_variant() -> None:
    app = of_models(LOCUS, "jaspar", "xpresso")
    [table] = [frame.value for frame in app.dataframe if "level" in frame.value]
    assert "HNF4A" in list(table["gene"])
    assert "ALT" not in table
    rows = [row["id"] for row in app.session_state["figure"]["layout"]["meta"]["rows"]]
    assert rows.index("xpresso") == rows.index("genes") + 1
    assert app.multiselect(key="rows").value[:3] == ["chromosome", "genes", "xpresso"]
    pos = int(str(table["start"][list(table["gene"]).index("HNF4A")]).replace(",", "")) - 60
    base = shell.bench().assembly().reference.fetch(Interval("chr20", pos - 1, pos))
    app = of_models(
        f"chr20:{pos}:{base}>{'ACGT'.replace(base, '')[0]}", "xpresso", tab="expression"
    )
    [table] = [frame.value for frame in app.dataframe if "level" in frame.value]
    assert (abs(table["ALT"] - table["level"] - table["ALT − REF"]) < 1e-9).all()
    said = "\n".join(str(caption.value) for caption in app.caption)
    assert "0 is the mean gene" in said


def test_a_model_that_is_not_here_is_said_with_what_adds_it_and_the_rest_is_drawn() -> None:
    app = of_models(LOCUS, "jaspar", "pangolin", "xpresso", "enigma")
    told = [str(info.value) for info in app.info]
    assert any("genoview models add pangolin" in text for text in told)
    assert any("genoview models add xpresso" in text for text in told)
    assert any("the model enigma" in str(one.value) for one in app.warning)
    assert ran(app) == ["JASPAR2024 human motifs"]
    rows = app.session_state["figure"]["layout"]["meta"]["rows"]
    assert any(row["id"].startswith("jaspar") for row in rows)


@pytest.mark.parametrize(("change", "said"), [("C>A", False), ("C>GT", False), ("CT>GAA", True)])
def test_gain_and_loss_of_each_gene_stand_below_a_variant(
    monkeypatch: pytest.MonkeyPatch, change: str, said: bool
) -> None:
    entry = Entry("strength", Strength.__module__, "Strength")
    monkeypatch.setattr(registry, "MODELS", (*registry.MODELS, entry))
    monkeypatch.setattr(run_models, "default_models", lambda: ("strength",))
    app = of_models(f"chr20:43251572:{change}", tab="splicing")
    [table] = [frame.value for frame in app.dataframe if "masked score" in frame.value]
    ada = table[table["gene"] == "ADA"]
    assert list(ada["change"]) == ["gain", "loss"]
    assert set(table["strand"]) == {"+", "-"}
    captions = "\n".join(str(one.value) for one in app.caption)
    assert "Within 50 bp of the variant" in captions
    assert ("skips such a change" in captions) is said
    if change == "C>A":
        plus = table[table["strand"] == "+"]
        assert list(plus["unmasked score"]) == [1.0, 1.0]
        assert list(plus["tissue"]) == ["heart", "liver"]
        assert list(plus["position"]) == ["43,251,572"] * 2


def test_the_distance_is_chosen_once_whether_or_not_a_model_has_delta_scores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = Entry("strength", Strength.__module__, "Strength")
    monkeypatch.setattr(registry, "MODELS", (*registry.MODELS, entry))
    monkeypatch.setattr(run_models, "default_models", lambda: ("strength",))
    app = of_models("chr20:43251572:C>A", tab="splicing")
    app.selectbox(key="distance").set_value(500)
    app = answered(app.run())
    assert app.query_params["dist"] in ("500", ["500"])
    assert "Within 500 bp of the variant" in "\n".join(str(one.value) for one in app.caption)
    locus = of_models("chr20:43,251,000-43,252,000")
    assert "distance" not in [one.key for one in locus.selectbox]


def test_ones_own_model_is_drawn_and_exported_and_a_broken_one_is_no_choice(tmp_path: Path) -> None:
    for name, resolution in (("own-mine", "10"), ("own-broken", "no number")):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        (folder / "model.toml").write_text(MANIFEST.replace("RESOLUTION", resolution))
        (folder / "model.py").write_text(CLASS)
    app = of_models(LOCUS, "own-mine", "own-broken")
    assert ran(app) == ["Mine"]
    rows = app.session_state["figure"]["layout"]["meta"]["rows"]
    ids = [row["id"] for row in rows if row["id"].startswith("own-")]
    assert ids == ["own-mine:ATAC:GC", "own-mine:ATAC:A"]
    assert "Mine" in app.multiselect(key="models").options
    assert "own-broken" not in app.multiselect(key="models").options
    assert app.selectbox(key="export_of").options == ["Mine"]
    assert any("own-broken" in str(one.value) for one in app.warning)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("chr20:43249076:C>T", "cispliceai", "jaspar"),  # in ADA
        ("chr20:42490000:A>C", "promid", "cispliceai"),  # between genes
        (LOCUS, "promid", "jaspar"),
    ],
)
def test_splicing_runs_first_of_a_variant_in_a_gene_and_last_elsewhere(
    query: str, first: str, last: str
) -> None:
    request = resolve(query, shell.bench().assembly())
    turns = model_choice.in_turn(("promid", "cispliceai", "jaspar"), request)
    assert (turns[0], turns[-1]) == (first, last)
    assert sorted(turns) == ["cispliceai", "jaspar", "promid"]
