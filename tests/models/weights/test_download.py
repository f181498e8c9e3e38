"""Files come over HTTP whole and right, whatever the server does; or it is said why not."""

import hashlib
from pathlib import Path

import pytest

from genoview.errors import BackendError, Cancelled
from genoview.models.weights.download import Patience, download, sha256_of
from tests.models.weights.server import CONTENT, Shop, serving

DIGEST = hashlib.sha256(CONTENT).hexdigest()
PATIENCE = Patience(attempts=3, timeout_s=0.3, pause_s=0.0)


def fetch(shop: Shop, fault: str, target: Path, seen: list[int] | None = None) -> None:
    watch = (lambda n: None) if seen is None else seen.append
    download(f"{shop.address}/{fault}/file", target, len(CONTENT), DIGEST, watch, PATIENCE)


def test_a_file_comes_whole_with_progress_and_leaves_no_part(tmp_path: Path) -> None:
    seen: list[int] = []
    with serving() as shop:
        fetch(shop, "well", tmp_path / "deep" / "file", seen)
    assert (tmp_path / "deep" / "file").read_bytes() == CONTENT
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]
    assert seen == sorted(seen) and seen[-1] == len(CONTENT)


@pytest.mark.parametrize(
    ("fault", "n_faults", "ranges"),
    [
        ("truncated", 2, ["", "bytes=100000-", "bytes=200000-"]),
        ("slow", 1, ["", "bytes=50000-"]),
        ("overloaded", 2, ["", "", ""]),
        ("corrupt", 1, ["", ""]),
        ("longer", 1, ["", ""]),
    ],
)
def test_what_breaks_off_goes_on_and_what_is_wrong_begins_anew(
    tmp_path: Path, fault: str, n_faults: int, ranges: list[str]
) -> None:
    with serving(n_faults) as shop:
        fetch(shop, fault, tmp_path / "file")
        assert shop.ranges == ranges
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("fault", ["rangeless", "other_part", "unsatisfiable"])
def test_a_server_without_ranges_sends_all_of_it_again(tmp_path: Path, fault: str) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT[:1_000])
    with serving() as shop:
        fetch(shop, fault, tmp_path / "file")
        assert shop.ranges[0] == "bytes=1000-"
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_part_of_another_file_is_found_out_and_fetched_anew(tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(b"x" * 1_000)
    with serving() as shop:
        fetch(shop, "well", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_stop_keeps_what_came_and_the_next_try_goes_on_from_there(tmp_path: Path) -> None:
    def stop(n_bytes: int) -> None:
        if n_bytes > 0:
            raise Cancelled("stopped")

    with serving() as shop:
        url = f"{shop.address}/well/file"
        with pytest.raises(Cancelled):
            download(url, tmp_path / "file", len(CONTENT), DIGEST, stop, PATIENCE)
        n_kept = (tmp_path / "file.part").stat().st_size
        assert not (tmp_path / "file").exists()
        fetch(shop, "well", tmp_path / "file")
        # All may have come at once; then nothing is left to ask for.
        assert shop.ranges[1:] == ([f"bytes={n_kept}-"] if n_kept < len(CONTENT) else [])
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("fault", "words", "n_requests"),
    [
        ("absent", "answers 404", 1),
        ("overloaded", "answers 503", 3),
        ("corrupt", "another file", 3),
    ],
)
def test_a_failed_download_is_an_error_and_leaves_nothing_wrong(
    tmp_path: Path, fault: str, words: str, n_requests: int
) -> None:
    with serving(n_faults=99) as shop:
        with pytest.raises(BackendError, match=words):
            fetch(shop, fault, tmp_path / "file")
        assert len(shop.ranges) == n_requests
    assert list(tmp_path.iterdir()) == []


def test_no_server_at_all_is_an_error(tmp_path: Path) -> None:
    with serving() as shop:
        gone = shop.address
    with pytest.raises(BackendError, match=r"refused.*copy the file"):
        download(f"{gone}/file", tmp_path / "file", 1, DIGEST, lambda n: None, PATIENCE)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://a/b", "a/b"])
def test_only_addresses_of_the_web_are_opened(tmp_path: Path, url: str) -> None:
    with pytest.raises(BackendError, match="http"):
        download(url, tmp_path / "file", 1, DIGEST, lambda n: None, PATIENCE)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, no folder")
    with serving() as shop, pytest.raises(BackendError, match="cannot be written"):
        fetch(shop, "well", tmp_path / "models" / "file")


def test_the_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc") == hashlib.sha256(b"abc").hexdigest()
