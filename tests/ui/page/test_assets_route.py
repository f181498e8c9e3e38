"""The page's own files: which are served, compressed or not, and to be kept."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from genoview.ui.page.assets_route import PREFIX, asset_routes, assets_url
from tests.support.paths import ROOT

TRACKVIEW = ROOT / "genoview" / "ui" / "trackview"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=asset_routes()))


@pytest.mark.parametrize("name", ["plotly-cartesian.min.js", "view/main.js", "trackview.css"])
def test_a_file_is_the_same_with_and_without_compression(client: TestClient, name: str) -> None:
    def raw(encoding: str) -> tuple[bytes, str | None]:
        url, headers = assets_url() + name, {"Accept-Encoding": encoding}
        with client.stream("GET", url, headers=headers) as answer:
            assert answer.status_code == 200
            return b"".join(answer.iter_raw()), answer.headers.get("Content-Encoding")

    plain, zipped = raw("identity"), raw("gzip")
    assert (plain[1], zipped[1]) == (None, "gzip")
    assert gzip.decompress(zipped[0]) == plain[0]


def test_every_script_of_every_room_is_served(client: TestClient) -> None:
    for path in TRACKVIEW.rglob("*.js"):
        answer = client.get(assets_url() + path.relative_to(TRACKVIEW).as_posix())
        assert answer.content == path.read_bytes()
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "component.py",
        "..%2Fassets_route.py",
        "view%2F..%2F..%2Fpage%2Fassets_route.py",
        "view/../component.py",
        "nothing.js",
        "main.js",
        "wire/types.d.ts",
        "package.json",
        "wire/",
        "",
    ],
)
def test_only_the_page_s_own_files_are_served(client: TestClient, path: str) -> None:
    assert client.get(assets_url() + path).status_code in (400, 404)


def test_a_file_of_another_version_is_not_kept(client: TestClient) -> None:
    answer = client.get(f"/{PREFIX}/0123456789abcdef/view/main.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
