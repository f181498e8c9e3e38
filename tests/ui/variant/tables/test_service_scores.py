"""A service's own scores on the page: asked when the reader says so, in the table of scores."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.models.test_configured_models import SNV

pytest.importorskip("alphagenome")
pytest.importorskip("genoview.server.app")

from genoview.models.alphagenome import client
from genoview.models.alphagenome.cards import SERVER
from genoview.models.configured_file import LargeModel
from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import press, visit, words
from tests.support.servers.scoring_service import RefusingService, ScoringService, serve_named

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
ASK = "Ask Model server for its own scores"


@pytest.fixture
def service(
    own_server: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ScoringService]:
    monkeypatch.setattr(client, "ATTEMPTS", 1)
    made, genome = getattr(request, "param", (ScoringService, "GRCh37"))
    made = made()
    server, address = serve_named(made, genome)
    model = LargeModel(SERVER, address, secure=False, outputs=("rna_seq", "chip_tf"))
    shell.bench().change_large(lambda large: large.put(model))
    yield made
    made.gone.set()
    server.stop(None).wait()


def settled(app: AppTest) -> AppTest:
    """Once nothing runs."""
    for _ in range(50):
        state = app.session_state
        jobs = [*state["jobs"].values()]
        jobs += state["score_jobs"].values() if "score_jobs" in state else ()
        for job in jobs:
            assert job.wait(LONG_S)
        app.run()
        assert not app.exception
        if all(job.is_finished for job in app.session_state["jobs"].values()):
            return app
    raise AssertionError("jobs come and come")


def pressed(app: AppTest, label: str) -> AppTest:
    return settled(press(app, label))


def test_the_scores_stand_in_the_table_of_ours(service: ScoringService) -> None:
    view = settled(visit("variant", q=SNV, tab="scores"))
    assert service.scored == []
    view = pressed(view, ASK)
    assert len(service.scored) == 1
    table = next(one.value for one in view.dataframe if "scored by" in one.value)
    assert set(table["scored by"]) == {"genoview", "Model server"}
    theirs = table[table["scored by"] == "Model server"]
    assert list(theirs["score"].unique()) == [
        "Centre mask DIFF_LOG2_SUM",
        "Gene mask LFC",
        "Gene mask ACTIVE",
        "Polyadenylation",
        "Centre mask ACTIVE_SUM",
    ]
    top = theirs[theirs["score"] == "Gene mask LFC"].iloc[0]
    assert (top["gene"], top["value"], top["rank"]) == ("ADA", 13.0, "quantile +0.130")
    assert top["term"] == "UBERON:0000955"
    assert "Quantiles are among common variants" in words(view)
    again = settled(visit("variant", q=SNV, tab="scores"))  # remembered: in another session too
    assert any("scored by" in one.value for one in again.dataframe)
    assert len(service.scored) == 1


@pytest.mark.parametrize("service", [(RefusingService, "GRCh37")], indirect=True)
def test_what_is_refused_is_told_and_asked_again_only_when_the_reader_says_so(
    service: RefusingService,
) -> None:
    view = pressed(settled(visit("variant", q=SNV, tab="scores")), ASK)
    for n_asked in (1, 2):
        view = settled(view)
        assert "has no quota left" in words(view)
        assert len(service.scored) == n_asked
        if n_asked == 1:
            view = pressed(view, "Try again")


@pytest.mark.parametrize("service", [(ScoringService, "GRCh38")], indirect=True)
def test_of_another_genome_one_sentence_stands_in_place_of_the_button(
    service: ScoringService,
) -> None:
    view = settled(visit("variant", q=SNV, tab="scores"))
    assert "The scorers of Model server need its own genome, GRCh38" in words(view)
    assert ASK not in [one.label for one in view.button]
    assert any("formula" in one.value for one in view.dataframe)
