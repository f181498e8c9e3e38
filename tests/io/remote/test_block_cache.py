"""Blocks on disk: one request each, other processes, other content, limits, full disks."""

import logging
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genoview.errors import Cancelled, NetworkError, StoreError
from genoview.io.remote import block_file
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.block_file import BLOCK, BlockFile
from genoview.io.remote.file_object import RemoteFileObject
from tests.io.remote.remote_files import SHORT, cached, client_of
from tests.support.paths import ROOT
from tests.support.servers.range_server import serving

CONTENT = random.Random(1).randbytes(20 * BLOCK + 123)


@pytest.fixture
def server():
    with serving(CONTENT) as server:
        yield server


def test_blocks_come_once_and_adjacent_ones_in_one_request(server, tmp_path):
    file = cached(tmp_path, server)
    assert file.read(BLOCK + 5, 3 * BLOCK + 5) == CONTENT[BLOCK + 5 : 3 * BLOCK + 5]
    first, *rest = server.requests
    assert first == "bytes=0-65535"  # whose length nobody knew
    assert rest == [f"bytes={BLOCK}-{4 * BLOCK - 1}"]
    assert file.read(0, 4 * BLOCK) == CONTENT[: 4 * BLOCK]
    assert len(server.requests) == 2
    assert file.read(0, 6 * BLOCK) == CONTENT[: 6 * BLOCK]
    assert server.requests[2:] == [f"bytes={4 * BLOCK}-{6 * BLOCK - 1}"]


def test_the_end_of_the_file(server, tmp_path):
    file = cached(tmp_path, server, size=len(CONTENT))
    assert file.read(len(CONTENT) - 10, len(CONTENT) + 99) == CONTENT[-10:]
    assert file.read(len(CONTENT), len(CONTENT) + 5) == b""
    assert file.size() == len(CONTENT)


def test_another_process_and_another_mirror_read_what_is_here(server, tmp_path):
    cached(tmp_path, server).read(0, 2 * BLOCK)
    with serving(CONTENT, '"two"') as other:
        assert cached(tmp_path, other).read(0, 2 * BLOCK) == CONTENT[: 2 * BLOCK]
        assert other.requests == []
        assert cached(tmp_path, other).read(0, 3 * BLOCK) == CONTENT[: 3 * BLOCK]
        assert len(other.requests) == 1


def test_only_the_owner_reads_the_cache(server, tmp_path):
    cached(tmp_path / "cache", server).read(0, 10)
    for path in (tmp_path / "cache").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("change", ["etag", "length"])
def test_other_content_empties_the_cache(server, tmp_path, change):
    file = cached(tmp_path, server)
    file.read(0, 2 * BLOCK)
    server.content = CONTENT[::-1] if change == "etag" else CONTENT[::-1] + b"more"
    server.etag = '"two"' if change == "etag" else server.etag
    assert file.read(BLOCK, 3 * BLOCK) == server.content[BLOCK : 3 * BLOCK]
    assert file.generation == 1
    assert file.read(0, BLOCK) == server.content[:BLOCK]
    assert file.size() == len(server.content)


def test_content_that_changes_at_each_reading_is_not_mixed(server, tmp_path):
    file = cached(tmp_path, server)
    file.read(0, 10)
    tags = iter(range(100))

    kind = type("Changing", (type(server),), {"etag": property(lambda _: f'"{next(tags)}"')})
    del server.etag
    server.__class__ = kind
    with pytest.raises(NetworkError, match="another file at each reading"):
        file.read(0, 5 * BLOCK)


def test_a_damaged_block_comes_anew(server, tmp_path):
    cached(tmp_path, server).read(0, 3 * BLOCK)
    (path,) = tmp_path.rglob("blocks")
    with path.open("r+b") as blocks:
        blocks.seek(BLOCK + 7)
        blocks.write(b"damage")
    server.counted()
    assert cached(tmp_path, server).read(0, 3 * BLOCK) == CONTENT[: 3 * BLOCK]
    assert server.requests == [f"bytes={BLOCK}-{2 * BLOCK - 1}"]


def test_nothing_of_a_broken_answer_is_cached(server, tmp_path):
    file = cached(tmp_path, server, size=len(CONTENT))
    server.always = "truncated"
    with pytest.raises(NetworkError):
        file.read(0, 4 * BLOCK)
    assert file.bytes_here() == 0
    server.always = ""
    assert file.read(0, 4 * BLOCK) == CONTENT[: 4 * BLOCK]


def test_eight_threads_ask_for_each_block_once(server, tmp_path):
    file = cached(tmp_path, server, size=len(CONTENT))
    windows = [(BLOCK * i // 2, BLOCK * i // 2 + BLOCK) for i in range(39)] * 4
    random.Random(0).shuffle(windows)
    wrong = []

    def read(mine: list[tuple[int, int]]) -> None:
        wrong.extend(window for window in mine if file.read(*window) != CONTENT[slice(*window)])

    threads = [threading.Thread(target=read, args=(windows[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert server.n_bytes == 20 * BLOCK  # none twice
    assert len(server.requests) <= 20


def test_threads_share_a_failure(server, tmp_path):
    client = client_of(server, size=len(CONTENT), patience=SHORT)
    file = BlockCache(tmp_path).open(client.file, client)
    server.always = "stall"
    errors: list[Exception] = []

    def read() -> None:
        try:
            file.read(0, BLOCK)
        except NetworkError as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 4
    assert len(server.requests) <= 8  # late ones may try themselves


def test_a_stop_of_one_thread_is_not_a_stop_of_others(server, tmp_path):
    file = cached(tmp_path, server, size=len(CONTENT))
    waiting, results = threading.Event(), []

    def stop_once_awaited() -> None:
        if server.requests:  # the body has begun
            waiting.wait(10)
            raise Cancelled("stopped")

    def owner() -> None:
        with pytest.raises(Cancelled):
            file.read(0, BLOCK, stop_once_awaited)

    def other() -> None:
        results.append(file.read(0, BLOCK, waiting.set))

    first = threading.Thread(target=owner)
    first.start()
    while not server.requests:
        time.sleep(0.001)
    second = threading.Thread(target=other)
    second.start()
    first.join()
    second.join()
    assert results == [CONTENT[:BLOCK]]


def _read_all(folder, urls, seed, wrong) -> None:
    from genoview.io.remote.ranges import RangeClient
    from genoview.io.remote.remote_file import RemoteFile
    from tests.io.remote.remote_files import QUICK, agreed

    client = RangeClient(RemoteFile("file", urls, len(CONTENT)), lambda: agreed(*urls), QUICK)
    file = BlockCache(folder, limit_bytes=6 * BLOCK).open(client.file, client)
    generator = random.Random(seed)
    for _ in range(60):
        start = generator.randrange(len(CONTENT))
        end = start + generator.randrange(3 * BLOCK)
        if file.read(start, end) != CONTENT[start:end]:
            wrong.value += 1


def test_two_processes_share_a_folder_while_both_evict(server, tmp_path):
    context = multiprocessing.get_context("spawn")
    wrong = context.Value("i", 0)
    processes = [
        context.Process(target=_read_all, args=(tmp_path, (server.url(),), seed, wrong))
        for seed in (1, 2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert wrong.value == 0


def test_the_blocks_used_longest_ago_go_first(server, tmp_path, monkeypatch):
    clock = [1_000_000]
    monkeypatch.setattr(block_file, "_minutes", lambda: clock[0])
    client = client_of(server, size=len(CONTENT))
    file = BlockCache(tmp_path, limit_bytes=10 * BLOCK).open(client.file, client)
    for index in range(8):
        file.read(index * BLOCK, index * BLOCK + 1)
        clock[0] += 100
    file.read(0, 1)  # again
    file.keep("kept", [(BLOCK, 2 * BLOCK)])
    clock[0] += 100
    file.read(8 * BLOCK, 12 * BLOCK)
    here = [index for index in range(20) if file.is_here([(index * BLOCK, index * BLOCK + 1)])]
    assert here == [0, 1, 4, 5, 6, 7, 8, 9, 10, 11]
    (blocks,) = tmp_path.rglob("blocks")
    if block_file._punch(os.open(blocks, os.O_RDWR), 2 * BLOCK, BLOCK):
        assert blocks.stat().st_blocks * 512 <= 10 * BLOCK


def test_files_are_emptied_whole_where_there_are_no_holes(server, tmp_path, monkeypatch):
    monkeypatch.setattr(block_file, "_punch", lambda *_: False)
    client = client_of(server, size=len(CONTENT))
    file = BlockCache(tmp_path, limit_bytes=4 * BLOCK).open(client.file, client)
    for index in range(6):
        assert (
            file.read(index * BLOCK, (index + 1) * BLOCK)
            == (CONTENT[index * BLOCK : (index + 1) * BLOCK])
        )
    assert file.bytes_here() <= 4 * BLOCK
    (blocks,) = tmp_path.rglob("blocks")
    assert blocks.stat().st_blocks * 512 <= 4 * BLOCK


def test_keeping_stops_goes_on_and_is_not_evicted(server, tmp_path):
    client = client_of(server, size=len(CONTENT))
    file = BlockCache(tmp_path, limit_bytes=2 * BLOCK).open(client.file, client)
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if share > 0.2:
            raise Cancelled("stopped")

    stretches = [(0, 100), (5 * BLOCK, 7 * BLOCK), (9 * BLOCK, 18 * BLOCK)]
    with pytest.raises(Cancelled):
        file.keep("chr1", stretches, stop)
    assert file.kept() == {"chr1": pytest.approx(3 / 12)}
    n_bytes = server.n_bytes
    file.keep("chr1", stretches, shares.append)
    assert server.n_bytes - n_bytes <= 10 * BLOCK
    assert file.kept() == {"chr1": 1.0}
    assert shares[-1] == 1.0
    assert file.is_here(stretches)
    file.keep("chr2", [(0, 100), (6 * BLOCK, 8 * BLOCK)])
    file.release("chr1")
    assert file.kept() == {"chr2": 1.0}
    assert not file.is_here([(9 * BLOCK, 10 * BLOCK)])
    file.remove()
    assert file.bytes_here() == 0 and file.kept() == {}
    assert file.read(0, 50) == CONTENT[:50]


FULL = """
import resource, sys
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from genoview.errors import StoreError
from tests.io.remote.test_block_cache import BLOCK, CONTENT, BlockCache
from tests.io.remote.remote_files import QUICK, agreed
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile
resource.setrlimit(resource.RLIMIT_FSIZE, (3 * BLOCK + 500, resource.RLIM_INFINITY))
client = RangeClient(RemoteFile("file", (sys.argv[2],)), lambda: agreed(sys.argv[2]), QUICK)
file = BlockCache(Path(sys.argv[1])).open(client.file, client)
assert file.read(2 * BLOCK, 6 * BLOCK) == CONTENT[2 * BLOCK : 6 * BLOCK]
assert file.is_here([(2 * BLOCK, 3 * BLOCK)]) and not file.is_here([(3 * BLOCK, 4 * BLOCK)])
try:
    file.keep("chr1", [(0, 6 * BLOCK)])
except StoreError as error:
    print(error)
"""


def test_a_full_disk_costs_the_cache_and_not_the_answer(server, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), server.url(), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot be kept in" in run.stdout, run.stderr
    assert "free some space, then go on" in run.stdout
    assert "file is not cached: [Errno 27] File too large" in run.stderr


def test_no_space_is_logged_once(server, tmp_path, monkeypatch, caplog):
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    file = cached(tmp_path, server, size=len(CONTENT))
    monkeypatch.setattr(os, "pwrite", full)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert file.read(0, 2 * BLOCK) == CONTENT[: 2 * BLOCK]
    assert len(caplog.records) == 1
    with pytest.raises(StoreError, match=r"No space left on device\. 0% is here"):
        file.keep("chr1", [(0, BLOCK)])


def test_a_folder_that_cannot_be_made_is_said(server, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Choose another folder"):
        cached(tmp_path / "file", server)


def test_a_block_that_is_dropped_is_absent(tmp_path):
    disk = BlockFile(tmp_path / "x")
    disk.describe(3 * BLOCK, {})
    disk.put(1, b"a" * BLOCK)
    assert disk.get(1) == b"a" * BLOCK
    disk.drop([1])
    assert disk.get(1) is None and disk.get(0) is None
    assert disk.last_used().tolist() == [0, 0, 0]


@pytest.fixture(scope="module")
def shared_file(tmp_path_factory):
    with serving(CONTENT) as server:
        yield cached(tmp_path_factory.mktemp("object"), server)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(-30, len(CONTENT) + 30), n=st.integers(0, 200_000), whence=st.integers(0, 2)
)
def test_the_file_object_reads_as_a_file_does(shared_file, place, n, whence):
    remote, offset = RemoteFileObject(shared_file), place - (len(CONTENT) if whence == 2 else 0)
    if place < 0:
        with pytest.raises(ValueError, match="before the start"):
            remote.seek(offset, whence)
        return
    assert remote.seek(offset, whence) == place
    assert remote.read(n) == CONTENT[place : place + n]
    assert remote.tell() == place + len(CONTENT[place : place + n])
    assert remote.readable() and remote.seekable() and not remote.writable()


def test_the_file_object_reads_to_the_end(shared_file):
    assert RemoteFileObject(shared_file).read() == CONTENT
