"""An address that a person typed, or that a link has -> a track."""

import hashlib
import ipaddress
import re
import socket
from urllib.parse import unquote, urlsplit

from genoview.errors import NetworkError, TrackError
from genoview.io.measured.catalogue import TrackEntry
from genoview.io.remote.remote_file import RemoteFile

MOST_LETTERS = 1_000
_UNFIT = re.compile(r"[^\w.+ -]+")
_HOST = re.compile(r"[a-z0-9._-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?", re.IGNORECASE)
_LONGEST_NAME = 80


def track_at(url: str) -> TrackEntry:
    """A track by its address.

    Raises:
        TrackError: it is no address of a file on the web.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        _ = parts.port  # refuses what is no number
    except ValueError as error:
        raise TrackError("This is not an address of a file on the web.") from error
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise TrackError(
            "This is not an address of a file on the web: https://host/file.bw was expected, or "
            "one of a bigBed, or of a VCF, BED, bedGraph or GFF with a tabix index beside it."
        )
    if len(url) > MOST_LETTERS:
        raise TrackError(f"The address has {len(url):,} letters; at most {MOST_LETTERS:,} fit.")
    if parts.username is not None or parts.password is not None:
        raise TrackError("The address has a user or password in it, which links would show.")
    if not _HOST.fullmatch(parts.netloc):
        raise TrackError("The address has no host that can be read from.")
    url = parts._replace(fragment="").geturl()
    name = _UNFIT.sub("-", unquote(parts.path).rpartition("/")[2])[-_LONGEST_NAME:] or "file"
    identity = hashlib.sha256(url.encode()).hexdigest()
    return TrackEntry(url, name, RemoteFile(name.lstrip("."), (url,), identity=identity))


def refuse_private(url: str) -> None:
    """Pass only what lies on the open internet: a server must not read its own network for others.

    Raises:
        NetworkError: the host is of a private network, or is not known.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        resolved = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = {ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in resolved}
    except (OSError, ValueError) as error:
        raise NetworkError(f"{parts.hostname} is not known; check the address.") from error
    if not all(address.is_global for address in addresses):
        raise NetworkError(
            f"{parts.hostname} is of a private network, from which this server does not read."
        )
