"""A changed residue in a structure of its protein: offered, fetched on consent, and in words."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.io.structure.reader import read_path
from genoview.ui.page import shell
from genoview.ui.structureview.component import StructureView, encode
from genoview.ui.variant.structure import fetching
from tests.io.structure.test_reader import FOLDER
from tests.support.files.made_structure import model_cif, protein_at
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.structure_app import MISSENSE
from tests.support.pages.visits import healthy, labels, opened, press
from tests.support.paths import ROOT
from tests.support.servers.range_server import RangeServer, serving

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
APP = str(ROOT / "tests" / "support" / "pages" / "structure_app.py")
ACCESSION = "P41235"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, own_server: None) -> Iterator[RangeServer]:
    with serving(b"") as server:
        monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
        shell.made_bench.cache_clear()
        answer = [{"latestVersion": 6, "cifUrl": "https://x.org/a.cif"}]
        server.by_name = {ACCESSION: json.dumps(answer).encode(), "a.cif": model_cif(protein())}
        yield server


def protein() -> str:
    """Of HNF4A's transcript that is shown first."""
    return protein_at(MISSENSE, shell.bench().assembly())


def keep(content: bytes) -> None:
    folder = shell.bench().settings.cache_dir / "structures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"AF-{ACCESSION}.cif").write_bytes(content)


def visit(**params: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=LONG_S)
    return opened(app, **params)


def words(app: AppTest) -> str:
    said = [*app.markdown, *app.caption, *app.warning]
    return "\n".join(str(one.value) for one in said).replace("\\", "")


def test_nothing_is_read_before_a_person_agrees(server: RangeServer) -> None:
    app = visit()
    assert f"The predicted structure of **HNF4A** is {ACCESSION} in AlphaFold DB" in words(app)
    assert "who learns which protein's structure is read" in words(app)
    assert server.names == []
    app = press(app, "Agree and fetch")
    assert server.names == [ACCESSION, "a.cif"]
    said = words(app)
    assert "**HNF4A Thr117Ile**" in said
    assert "pLDDT at Thr117 is 80.0, high" in said
    assert "each the same" in said
    assert "AlphaFold DB, P41235, release 6" in said
    assert "CC BY 4.0" in said and "doi:10.1093/nar/gkad1011" in said
    server.always = "503"
    assert "**HNF4A Thr117Ile**" in words(visit())  # another session, offline


def test_a_host_that_does_not_answer_is_one_sentence(server: RangeServer) -> None:
    server.always = "503"
    app = press(visit(), "Agree and fetch")
    assert [one.value for one in app.warning] != []
    assert "answers 503" in words(app)
    assert "Fetch" in labels(app)


def test_a_fetch_is_stopped_by_a_click_and_offered_again(server: RangeServer) -> None:
    server.gate.clear()
    app = press(visit(), "Agree and fetch")
    [job] = app.session_state[fetching.JOBS].values()
    app = press(app, "Stop")
    server.gate.set()
    assert job.wait(LONG_S)
    app = healthy(app.run())
    assert "The structure was not read: it was stopped." in words(app)
    assert "Stop" not in labels(app)
    app = press(app, "Fetch")
    assert "**HNF4A Thr117Ile**" in words(app)


def test_network_false_offers_a_file_alone(server: RangeServer) -> None:
    shell.bench().settings.config_path.write_text("network = false\n")
    app = visit()
    assert "`network = false`: give a file of your own" in words(app)
    assert not {"Fetch", "Agree and fetch"} & set(labels(app))


def test_an_accession_is_checked_and_remembered() -> None:
    app = visit()
    field = next(one for one in app.text_input if "accession" in one.label)
    app = healthy(field.set_value("<b>HNF4A</b>").run())
    assert "is no UniProt accession" in words(app)
    field = next(one for one in app.text_input if "accession" in one.label)
    app = healthy(field.set_value("q9btx7").run())
    assert "is Q9BTX7 in AlphaFold DB" in words(app)
    assert "is Q9BTX7 in AlphaFold DB" in words(visit())


def test_a_structure_of_another_protein_is_refused(tmp_path: Path) -> None:
    app = visit()
    field = next(one for one in app.text_input if "path" in one.label)
    app = healthy(field.set_value(str(FOLDER / "1A8O.pdb.gz")).run())
    assert "1A8O.pdb.gz is of another protein" in words(app)
    app = press(app, "Remove")
    assert "AlphaFold DB" in words(app)


def test_a_file_of_ones_own_has_no_plddt_unless_it_says_so(tmp_path: Path) -> None:
    text = model_cif(protein()).decode().replace("_ma_qa_metric", "_other")
    (tmp_path / "mine.cif").write_text(text)
    app = visit()
    field = next(one for one in app.text_input if "path" in one.label)
    app = healthy(field.set_value(str(tmp_path / "mine.cif")).run())
    assert "does not say that its B-factors are pLDDT" in words(app)
    assert "pLDDT at" not in words(app)
    assert "CC BY 4.0" not in words(app)


def test_a_damaged_file_is_one_sentence_and_the_offer_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.cif").write_text("SECRET\n")
    app = visit()
    field = next(one for one in app.text_input if "path" in one.label)
    app = healthy(field.set_value(str(tmp_path / "mine.cif")).run())
    assert "mine.cif is neither PDB nor mmCIF" in words(app)
    assert "SECRET" not in words(app)
    keep(b"damaged")
    assert "AF-P41235 is neither PDB nor mmCIF" in words(visit())


def test_another_residue_is_looked_at_by_its_number() -> None:
    keep(model_cif(protein()))
    app = visit()
    [field] = [one for one in app.number_input if one.label == "Residue"]
    assert field.value == 117
    app = healthy(field.set_value(1).run())
    assert "**HNF4A Met1**" in words(app)
    assert "lies outside of the tracks' window" in words(app)
    app = press(app, "Back to Thr117Ile")
    assert "**HNF4A Thr117Ile**" in words(app)
    table = app.dataframe[0].value
    assert {"Ser116", "Arg118"} <= set(table["residue"])


def test_without_a_changed_residue_there_is_nothing_to_look_at() -> None:
    assert "No residue of NM_000022.4 changes" in words(visit(q="chr20:43249076:C>T"))
    assert words(visit(q="chr20:43,042,001-43,043,000")) == ""


def test_the_browser_is_sent_atoms_and_not_the_file() -> None:
    structure = read_path(FOLDER / "1A8O.pdb.gz")
    place = structure.chains["A"][1]
    view = StructureView(structure, "A", place, [place + 1], "Asp152Ala", "", (10, 13), {place: 2})
    plain = json.loads(gzip.decompress(encode(view)))
    assert encode(view) == encode(view)
    assert plain["pdb"].startswith("ATOM      1  N   MSE A 151      19.594  32.367  28.012")
    assert "HIV" not in plain["pdb"]
    assert plain["keys"][1] == "A:152:"
    assert plain["numbers"][:2] == [None, 2]
    assert plain["bands"] == []
