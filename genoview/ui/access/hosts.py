"""Which Host and Origin this server answers, so that no page of a stranger can drive it.

A browser sends the name that its reader's page was loaded from as Host. A page whose own name was
turned to this address (DNS rebinding) sends its own name, and is refused; so is a page of another
site, by its Origin. The names are those of Streamlit's option `server.allowedHosts`.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY = "*"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """A name or address in lower case, and a port; None where none is written."""

    host: str
    port: int | None

    def on(self, scheme: str) -> tuple[str, int | None]:
        """With the port that a browser leaves out."""
        return self.host, self.port or PORTS.get(scheme)


def read_host(text: str) -> Place | None:
    """Of a Host header; None of what is none, as one with a path, a user or two ports."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    extra = parts.path or parts.query or parts.fragment or "@" in text or text != text.strip()
    return None if extra or not host else Place(host.lower().rstrip("."), port)


def read_origin(text: str) -> tuple[str, Place] | None:
    """Scheme and place of an Origin header; None of `null` and of what is none."""
    scheme, mark, rest = text.partition("://")
    place = read_host(rest)
    return None if not mark or scheme not in PORTS or place is None else (scheme, place)


def is_loopback(host: str) -> bool:
    """Whether a name or address is of this computer alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def allowed_names() -> tuple[str, ...]:
    """The names that this server goes by: those that are set, and the loopback's."""
    given = tuple(str(name).strip().lower().rstrip(".") for name in _option("server.allowedHosts"))
    return (*filter(None, given), *LOOPBACK)


def answers_loopback_only() -> bool:
    """Whether nobody but who sits at this computer reaches the server: by its address, and since
    it goes by no other name, as behind a proxy."""
    address = str(st.get_option("server.address") or "")
    return is_loopback(address) and all(map(is_loopback, allowed_names()))


def is_known(host: str, names: Sequence[str]) -> bool:
    """Whether a host is among the names; `*.lab.example` is every name below it, `*` any."""
    below = (name[1:] for name in names if name.startswith("*."))
    return ANY in names or host in names or any(map(host.endswith, below))


def refusal(hosts: Sequence[str], origins: Sequence[str]) -> str:
    """Why a request is not answered; "" where it is.

    Args:
        hosts, origins: what stands in the headers of these names.
    """
    names = allowed_names()
    host = read_host(hosts[0]) if len(hosts) == 1 else None
    if host is None or not is_known(host.host, names):
        return (
            "This server does not go by the name in the request. Open it by its own address, or "
            "add the name to server.allowedHosts."
        )
    if not origins:  # of no page: browsers send it with each WebSocket and each change
        return ""
    origin = read_origin(origins[0]) if len(origins) == 1 else None
    if origin is not None and _is_own(host, *origin, names):
        return ""
    return "The request comes from a page of another site, which this server does not answer."


def _is_own(host: Place, scheme: str, origin: Place, names: Sequence[str]) -> bool:
    """Whether a page is this server's: from the Host itself, or by a proxy that writes another."""
    if origin.on(scheme) == host.on(scheme):
        return True
    by_proxy = is_loopback(host.host) and not is_loopback(origin.host)
    return by_proxy and is_known(origin.host, [name for name in names if name != ANY])


def _option(name: str) -> Sequence[object]:
    value = st.get_option(name)
    return value if isinstance(value, list | tuple) else ()
