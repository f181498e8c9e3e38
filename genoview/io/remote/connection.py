"""How this machine connects to others: its patience, its session, and whether it has a route."""

import socket
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy

import requests

from genoview import __version__

NOWHERE = "192.0.2.1"  # of no machine, RFC 5737


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a mirror.

    Attributes:
        connect_s: for a connection.
        read_s: without a byte.
        tries: of each mirror.
        pause_s: between two tries.
    """

    connect_s: float = 4.0
    read_s: float = 8.0
    tries: int = 2
    pause_s: float = 0.3


PATIENCE = Patience()


def has_route() -> bool:
    """Whether this machine could send beyond itself; the system is asked, and nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((NOWHERE, 9))  # of UDP: looks the way up, sends nothing
        except OSError:
            return False
    return True


def new_session() -> requests.Session:
    """Keeps no cookies, and says which program asks."""
    session = requests.Session()
    session.headers["User-Agent"] = f"genoview/{__version__}"
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session
