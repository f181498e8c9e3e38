"""Address -> file: by HTTP, resumed where it broke off, tried again, and checked by its sha256.

A partial download is `<name>.part` next to the file until it is complete and verified.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from genoview.errors import BackendError

CHUNK = 1 << 18  # bytes read at once; a reader can stop between two
FINAL = {400, 401, 403, 404, 405, 410}  # HTTP answers that trying again does not change

Progress = Callable[[int], None]
"""Called with the bytes that are here; what it raises ends the download, which can go on later."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Attributes:
        attempts: before giving up, those that brought more bytes not counted.
        timeout_s: without a byte.
        pause_s: before the second attempt; twice as long before each further one.
    """

    attempts: int = 4
    timeout_s: float = 30.0
    pause_s: float = 1.0


class _Interrupted(Exception):
    """An attempt that may go better the next time."""


def sha256_of(path: Path) -> str:
    """Of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(
    url: str, target: Path, size: int, sha256: str, progress: Progress, patience: Patience
) -> None:
    """Fetch a file of a known size and digest.

    Raises:
        BackendError: it cannot be had, is another file, or cannot be written.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise BackendError(f"{url} is no address of a file; http:// or https:// was expected.")
    partial = target.with_name(f"{target.name}.part")
    attempts = Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=wait_exponential(patience.pause_s),
        retry=retry_if_exception_type(_Interrupted),
        reraise=True,
    )
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        attempts(_fetch, url, partial, size, sha256, progress, patience.timeout_s)
        partial.replace(target)
    except OSError as error:
        raise BackendError(f"{target} cannot be written: {error.strerror or error}.") from error
    except _Interrupted as error:
        raise BackendError(
            f"{target.name} could not be had from {url}: {error}. Try once more (what is here is "
            "kept), or copy the file into its folder by hand."
        ) from error


def _fetch(
    url: str, partial: Path, size: int, sha256: str, progress: Progress, timeout_s: float
) -> None:
    """A transfer that makes progress may break off any number of times."""
    while True:
        before = _length(partial)
        try:
            _attempt(url, partial, size, progress, timeout_s)
            return _check(partial, sha256)
        except _Interrupted:
            if _length(partial) <= before:
                raise


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _attempt(url: str, partial: Path, size: int, progress: Progress, timeout_s: float) -> None:
    """Append what is missing to `partial`, or begin anew where the server knows no ranges."""
    if _length(partial) >= size:
        return
    start = _length(partial)
    headers = {"Range": f"bytes={start}-"} if start else {}
    response = _opened(Request(url, headers=headers), partial, timeout_s)
    with response:
        if response.status != 206 or not _begins_at(response, start):
            start = 0
        with partial.open("r+b" if start else "wb") as file:
            file.seek(start)
            _copy(response, file.write, start, size, progress)


def _opened(request: Request, partial: Path, timeout_s: float) -> HTTPResponse:
    try:
        response: HTTPResponse = urlopen(request, timeout=timeout_s)
        return response
    except HTTPError as error:
        error.close()
        if error.code == 416:  # what is here is no beginning of that file
            partial.unlink(missing_ok=True)
        if error.code in FINAL:
            raise BackendError(
                f"{request.full_url} answers {error.code} {error.reason}: the file is not there. "
                "Is the address of the mirror right?"
            ) from error
        raise _Interrupted(f"the server answers {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise _Interrupted(str(reason) or type(error).__name__) from error


def _begins_at(response: HTTPResponse, start: int) -> bool:
    """Whether a partial answer is the requested range: `bytes 100-199/200`."""
    return response.headers.get("Content-Range", "").startswith(f"bytes {start}-")


def _copy(
    response: HTTPResponse,
    write: Callable[[bytes], int],
    start: int,
    size: int,
    progress: Progress,
) -> None:
    done = start
    progress(done)
    while done <= size:
        try:
            chunk = response.read1(CHUNK)
        except (OSError, HTTPException) as error:
            raise _Interrupted(str(error) or type(error).__name__) from error
        if not chunk:
            break
        write(chunk)
        done += len(chunk)
        progress(min(done, size))
    if done < size:
        raise _Interrupted(f"{done:,} of {size:,} bytes came")


def _check(partial: Path, sha256: str) -> None:
    """Delete the file where its sha256 is wrong."""
    digest = sha256_of(partial)
    if digest != sha256:
        partial.unlink()
        raise _Interrupted(f"what came is another file (sha256 {digest[:16]}…, not {sha256[:16]}…)")
