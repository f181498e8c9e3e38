"""A stretch of bytes of a published file, by HTTP range, from the first mirror that answers."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

import requests

from genoview.errors import NetworkError
from genoview.io.remote.connection import PATIENCE, Patience, new_session
from genoview.io.remote.consent import NetworkPolicy, host_of
from genoview.io.remote.remote_file import RemoteFile

CHUNK = 1 << 16  # bytes read at once; a person can stop between two
REDIRECTS = 3
_PLACE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")  # of Content-Range, both ends within

Tick = Callable[[], None]
"""Called while waiting; what it raises ends the reading."""


def no_tick() -> None:
    """No observer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes, the length of the whole file, and what identifies this content of the file.

    Attributes:
        modified: when the file was last changed, in the server's words.
    """

    body: bytes
    total: int
    etag: str
    url: str
    modified: str = ""


class _Fault(Exception):
    """This mirror does not have it; `passing` where a second try may go better."""

    def __init__(self, words: str, passing: bool = False) -> None:
        super().__init__(words)
        self.passing = passing


class RangeClient:
    """Thread safe; stays with the mirror that answered last.

    Args:
        policy: checked before each request.
    """

    def __init__(
        self,
        file: RemoteFile,
        policy: Callable[[], NetworkPolicy],
        patience: Patience = PATIENCE,
    ) -> None:
        self.file = file
        self._policy = policy
        self._patience = patience
        self._preferred = ""
        self._local = threading.local()

    def get(self, start: int, end: int, tick: Tick = no_tick) -> Answer:
        """Bytes from `start` to before `end`, or to the end of a file that is shorter.

        Raises:
            NetworkError: nobody agreed, or no mirror has them, with what each answered.
        """
        policy, faults = self._policy(), list[str]()
        urls = policy.permitted(self.file.mirrors, self.file.learns)
        for url in sorted(urls, key=lambda url: url != self._preferred):  # stable
            try:
                answer = self._tried(url, (start, end), policy, tick)
            except _Fault as fault:
                faults.append(f"{host_of(url)} {fault}")
                continue
            self._preferred = url
            return answer
        raise NetworkError(
            f"{self.file.name} cannot be read: {'; '.join(faults)}. Check the connection, or try "
            "again later."
        )

    def _tried(self, url: str, place: tuple[int, int], policy: NetworkPolicy, tick: Tick) -> Answer:
        for left in reversed(range(self._patience.tries)):
            tick()
            try:
                return self._answer(url, place, policy, tick)
            except _Fault as fault:
                if not (fault.passing and left):
                    raise
            except requests.Timeout as error:
                if not left:
                    raise _Fault(f"did not answer within {self._patience.read_s:g} s") from error
            except requests.RequestException as error:
                if not left:
                    raise _Fault(_words_of(error)) from error
            time.sleep(self._patience.pause_s)
        raise AssertionError("at least one try")

    def _answer(
        self, url: str, place: tuple[int, int], policy: NetworkPolicy, tick: Tick
    ) -> Answer:
        response = self._opened(url, place, policy)
        try:  # a line is dropped, not read to its end, where the answer is not the requested one
            end, total = self._checked(response, place)
            body = bytearray()
            for chunk in response.iter_content(CHUNK):
                tick()
                body += chunk
                if len(body) > end - place[0]:
                    break
        finally:
            response.close()
        if len(body) != end - place[0]:
            words = f"sent {len(body):,} of {end - place[0]:,} bytes from {place[0]:,} on"
            raise _Fault(words, passing=True)
        modified = response.headers.get("Last-Modified", "")
        return Answer(bytes(body), total, response.headers.get("ETag") or modified, url, modified)

    def _opened(self, url: str, place: tuple[int, int], policy: NetworkPolicy) -> requests.Response:
        wanted = {"Range": f"bytes={place[0]}-{place[1] - 1}", "Accept-Encoding": "identity"}
        patience = (self._patience.connect_s, self._patience.read_s)
        for _ in range(REDIRECTS):
            response = self._session.get(
                url, headers=wanted, stream=True, timeout=patience, allow_redirects=False
            )
            if not response.is_redirect:
                return response
            response.close()
            target = urljoin(url, response.headers["Location"])
            weaker = url.startswith("https:") and not target.startswith("https:")
            if weaker or host_of(target) not in policy.hosts:
                raise _Fault(f"sends on to {host_of(target)}, which nobody agreed to")
            url = target
        raise _Fault(f"sent on {REDIRECTS} times")

    def _checked(self, response: requests.Response, place: tuple[int, int]) -> tuple[int, int]:
        """The end of what will come, and the length of the whole file."""
        status, size = response.status_code, self.file.size
        if status == 200:
            raise _Fault("sends the whole file in place of a part, so it is not read")
        if status != 206:
            words = f"answers {status} {response.reason}"
            raise _Fault(words, passing=status >= 500 or status in (408, 429))
        match = _PLACE.fullmatch(response.headers.get("Content-Range", ""))
        if not match or response.headers.get("Content-Encoding", "identity") != "identity":
            raise _Fault("sends a part without saying which, so it is not read")
        first, last, total = map(int, match.groups())
        if size is not None and total != size:
            raise _Fault(
                f"has a file of {total:,} bytes where {size:,} were expected: another release, "
                "so it is not read"
            )
        if first != place[0] or last + 1 != min(place[1], total):
            raise _Fault(f"sends bytes {first:,} to {last:,}, which were not requested")
        return last + 1, total

    @property
    def _session(self) -> requests.Session:
        """One a thread."""
        if not hasattr(self._local, "session"):
            self._local.session = new_session()
        session = self._local.session
        assert isinstance(session, requests.Session)
        return session


def _words_of(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "has a certificate that is not trusted here"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "broke off before the end"
    if "timed out" in str(error):
        return "stopped sending"
    if isinstance(error, requests.ConnectionError):
        return "cannot be reached"
    return f"cannot be read ({type(error).__name__})"
