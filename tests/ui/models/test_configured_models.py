"""Models beyond the embedded ones on the pages: set up, asked, drawn, and their key never told."""

from pathlib import Path

import pytest

from genoview.models.alphagenome.cards import HOSTED, SERVER
from genoview.models.configured_file import LargeModel
from genoview.ui.models import model_lines
from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import visit, words

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
SNV = "chr20:42984264:G>A"
KEY = "a-key-that-nobody-may-see"


def test_a_missing_package_is_told_with_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_lines, "find_spec", lambda name: None)
    told = words(visit("models"))
    assert "pip install 'genoview[alphagenome]'" in told
    assert "pip install 'genoview[alphagenome-pt]'" in told
    assert "non-commercial" in told


def test_a_server_is_set_up_asked_and_drawn(tmp_path: Path) -> None:
    pytest.importorskip("alphagenome")
    from tests.support.servers.loopback_service import Service, serve

    service = Service(KEY)
    server, address = serve(service)
    app = visit("models")
    place = next(one for one in app.text_input if one.label == "Address")
    place.set_value(address)
    keys = [one for one in app.text_input if one.label == "Key"]
    keys[1].set_value(KEY)
    buttons = [one for one in app.button if one.label == "Use it"]
    buttons[1].click()
    app.run()
    assert not app.exception
    assert shell.bench().large.models[SERVER].place == address

    view = visit("variant", q=SNV, tab="scores")
    for _ in range(50):
        jobs = view.session_state["jobs"].values()
        for job in jobs:
            job.wait(LONG_S)
        view.run()
        if all(job.is_finished for job in view.session_state["jobs"].values()):
            break
    told = words(view)
    assert "Model server, RNA-seq in" in told
    assert "16,384 bp at once" in told
    found = [job.result for job in view.session_state["jobs"].values()]
    assert {one.card.name for one in found} >= {"server.rna_seq", "server.splice_sites"}
    scores = next(one.value for one in view.dataframe if "formula" in one.value)
    assert "right liver lobe, total RNA_SEQ (+)" in set(scores["track"])
    assert KEY not in told and KEY not in str(view.query_params)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != "server.key":
            assert KEY.encode() not in path.read_bytes(), path
    server.stop(None).wait()


def test_a_service_that_refuses_is_asked_again_only_when_the_reader_says_so() -> None:
    pytest.importorskip("alphagenome")
    from tests.support.servers.loopback_service import Service, serve

    service = Service("another key")
    server, address = serve(service)
    model = LargeModel(SERVER, address, secure=False, outputs=("atac",))
    shell.bench().change_large(lambda large: large.put(model))
    view = visit("variant", q=SNV)
    for again, n_asked in ((False, 1), (False, 1), (True, 2)):
        if again:
            next(one for one in view.button if one.label == "Try again").click()
            view.run()
        for job in view.session_state["jobs"].values():
            job.wait(LONG_S)
        view.run()
        assert "does not accept the key" in words(view)
        assert service.n_asked == n_asked
    server.stop(None).wait()


def test_a_service_that_cannot_be_asked_leaves_the_others_on_the_page(tmp_path: Path) -> None:
    shell.bench().change_large(lambda large: large.put(LargeModel(HOSTED, outputs=("atac",))))
    view = visit("variant", q=SNV)
    for job in view.session_state["jobs"].values():
        job.wait(LONG_S)
    view.run()
    assert "ALPHA_GENOME_API_KEY" in words(view)
    assert any(job.result is not None for job in view.session_state["jobs"].values())
