"""A provider of OpenID Connect on the loopback, which signs in whoever comes."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "genoview-test"


class Provider:
    """Of one client.

    Attributes:
        claims: of the reader who signs in next, over the usual ones.
        signing: the key of the next token; `key` is the one that is published.
        last_callback: the address to which the last reader was sent back.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k"})
        self.signing = self.key
        self.claims: dict[str, object] = {}
        self.url = self.last_callback = ""
        self._nonces: dict[str, str] = {}

    def answer(self, path: str, query: Mapping[str, str]) -> dict[str, object] | str:
        """JSON, or an address to go to."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/authorize":
            code = f"code{len(self._nonces)}"
            self._nonces[code] = query.get("nonce", "")
            back = urlencode({"code": code, "state": query["state"]})
            self.last_callback = f"{query['redirect_uri']}?{back}"
            return self.last_callback
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._token(query)}

    def _token(self, query: Mapping[str, str]) -> str:
        now = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 600}
        claims = {**usual, "nonce": self._nonces[query["code"]], **self.claims}
        return jwt.encode({"alg": "RS256", "kid": "k"}, claims, self.signing)


@contextmanager
def provider() -> Iterator[Provider]:
    """Until the block ends."""
    known = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._send(known.answer(parts.path, _words(parts.query)))

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(known.answer(self.path, _words(content)))

        def _send(self, answer: dict[str, object] | str) -> None:
            content = b"" if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(302 if isinstance(answer, str) else 200)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


def _words(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
