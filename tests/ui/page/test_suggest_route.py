"""What the search box asks of the server while somebody types, and who may ask."""

import gc
import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from genoview.runtime.suggestions import Suggested
from genoview.ui.page import suggest_route

LISTED = [Suggested("HNF4A", "a gene", "gene")]


@pytest.fixture
def client():
    return TestClient(Starlette(routes=suggest_route.suggest_routes()))


@pytest.fixture
def source():
    suggestions = SimpleNamespace(
        suggest=lambda genome, typed: LISTED if typed == "hn" else [],
        is_ready=lambda genome: genome != "slow",
    )
    source = suggest_route.Source(suggestions, "GRCh38")
    suggest_route._sources["secret"] = source
    return source


def test_a_list_for_who_knows_the_secret(client, source):
    answer = client.get("/genoview-suggest/secret?q=hn")
    assert json.loads(answer.content) == [{"text": "HNF4A", "words": "a gene", "kind": "gene"}]
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/genoview-suggest/secret").json() == []
    assert answer.status_code == 200
    suggest_route._sources["slow"] = slow = suggest_route.Source(source.suggestions, "slow")
    assert client.get(f"/genoview-suggest/{slow.genome}?q=hn").status_code == 202  # ask again


def test_others_are_refused(client, source):
    assert client.get("/genoview-suggest/other?q=hn").status_code == 410
    headers = {"sec-fetch-site": "cross-site"}
    assert client.get("/genoview-suggest/secret?q=hn", headers=headers).status_code == 410
    assert client.post("/genoview-suggest/secret?q=hn").status_code == 405


def test_the_address_ends_with_the_session(client):
    suggest_route._sources["brief"] = suggest_route.Source(SimpleNamespace(), "")
    gc.collect()
    assert client.get("/genoview-suggest/brief?q=hn").status_code == 410
