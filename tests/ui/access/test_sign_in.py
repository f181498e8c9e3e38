"""`st.login` against a provider on the loopback: who comes in, and who does not."""

from collections.abc import Iterator

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests.browser.harness import Server, free_port, start_server
from tests.support.pages.streamlit_session import Session, Shown
from tests.support.paths import ROOT
from tests.support.servers.oidc import CLIENT, Provider, provider

ANNA = {"email": "anna@lab.example", "email_verified": True, "name": "Anna"}
USER = "_streamlit_user"  # cookie
MODELS_FORM = "Add a genome"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    """A dashboard whose readers have their own libraries, and the provider of its settings."""
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    with provider() as known:
        secrets = folder / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir()
        secrets.write_text(_secrets(port, known.url))
        (folder / "genoview.toml").write_text(
            'own_library = true\nallow_paths = true\nadmins = ["anna@lab.example"]\n'
        )
        server = start_server(ROOT / "app.py", folder, {"HOME": str(folder)}, port)
        yield server, known
        server.stop()


def _secrets(port: int, issuer: str) -> str:
    return f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{"long and random" * 3}"
client_id = "{CLIENT}"
client_secret = "secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


def sign_in(server: Server) -> dict[str, str]:
    """The cookies of a browser after a click on Sign in and the way to the provider and back."""
    with httpx.Client(
        base_url=server.url, follow_redirects=True, trust_env=False, timeout=60
    ) as browser:
        browser.get("/_stcore/health")
        with Session(server.url, "saved", browser.cookies) as reader:
            door = reader.run("")
            assert door.kinds["page_link"] == 0
            redirect = reader.run("", door.buttons["Sign in"]).redirect
        browser.get(redirect)
        return dict(browser.cookies)


def page(server: Server, cookies: dict[str, str]) -> Shown:
    with Session(server.url, "models", cookies) as reader:
        return reader.run("")


def test_a_reader_comes_in_by_the_provider_and_is_who_it_says(opened) -> None:
    server, known = opened
    known.claims, known.signing = ANNA, known.key
    shown = page(server, sign_in(server))
    assert "Signed in as anna@lab.example." in shown.text
    assert MODELS_FORM in shown.labels
    assert not shown.exceptions


def test_an_address_that_the_provider_does_not_vouch_for_is_no_admin(opened) -> None:
    server, known = opened
    known.claims, known.signing = {**ANNA, "email_verified": False}, known.key
    shown = page(server, sign_in(server))
    assert "Signed in as" not in shown.text
    assert MODELS_FORM not in shown.labels
    assert "Sign in" in shown.buttons


def test_a_token_that_is_not_for_this_visit_lets_nobody_in(opened) -> None:
    server, known = opened
    stranger = RSAKey.generate_key(2048, {"kid": "k"})
    known.signing = known.key
    for claims in ({"nonce": "another"}, {"aud": "another"}, {"exp": 1}):
        known.claims = {**ANNA, **claims}
        assert USER not in sign_in(server)
    known.claims, known.signing = ANNA, stranger
    assert USER not in sign_in(server)


def test_the_way_back_of_another_browser_and_a_changed_cookie_let_nobody_in(opened) -> None:
    server, known = opened
    known.claims, known.signing = ANNA, known.key
    cookies = sign_in(server)
    with httpx.Client(follow_redirects=True, trust_env=False, timeout=60) as stranger:
        stranger.get(known.last_callback)
        assert USER not in stranger.cookies
    forged = cookies[USER][:-2] + ("ab" if cookies[USER][-2:] != "ab" else "cd")
    with Session(server.url, "saved", {**cookies, USER: forged}) as reader:
        assert "Sign in" in reader.run("").buttons
