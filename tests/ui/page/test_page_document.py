"""Addresses of pages: a document that finds its server, and the first page by its name."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from genoview.ui.page.page_document import page_routes
from genoview.ui.page.shell import PAGES


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=page_routes()), follow_redirects=False)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "explore"])
def test_a_page_is_a_document_with_the_address_of_its_server(client: TestClient, name: str) -> None:
    answer = client.get(f"/{name}?q=HNF4A")
    assert answer.status_code == 200
    assert answer.text.index("BACKEND_BASE_URL") < answer.text.index("</head>")


@pytest.mark.parametrize(
    ("typed", "opened"),
    [("/explore", "./"), ("/explore?q=HNF4A&m=jaspar", "./?q=HNF4A&m=jaspar")],
)
def test_the_first_page_opens_by_its_name_too(client: TestClient, typed: str, opened: str) -> None:
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["location"]) == (307, opened)
