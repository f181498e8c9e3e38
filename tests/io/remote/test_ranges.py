"""Byte ranges: retries, mirrors, faults in words, and nothing without consent."""

import socket
import threading

import pytest

from genoview.errors import Cancelled, NetworkError
from genoview.io.remote.consent import (
    ConsentNeeded,
    NetworkPolicy,
    agree,
    network_allowed,
    read_policy,
    withdraw,
)
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile
from tests.io.remote.remote_files import QUICK, SHORT, agreed, client_of
from tests.support.servers.range_server import serving

CONTENT = bytes(range(256)) * 1_000


@pytest.fixture
def server():
    with serving(CONTENT) as server:
        yield server


def test_a_range_comes_with_the_length_of_the_file_and_its_tag(server):
    answer = client_of(server, size=len(CONTENT)).get(1_000, 2_000)
    assert answer.body == CONTENT[1_000:2_000]
    assert (answer.total, answer.etag) == (len(CONTENT), '"one"')
    assert server.requests == ["bytes=1000-1999"]


def test_a_range_past_the_end_comes_as_far_as_the_file_goes(server):
    assert client_of(server).get(255_000, 300_000).body == CONTENT[255_000:]


@pytest.mark.parametrize(
    ("fault", "n_requests", "words"),
    [
        ("404", 1, "answers 404 Not Found"),
        ("503", 2, "answers 503 Service Unavailable"),
        ("truncated", 2, "broke off before the end"),
        ("whole", 1, "sends the whole file in place of a part"),
        ("stall", 2, "did not answer within 1 s"),
        ("stall in body", 2, "stopped sending"),
        ("unsaid", 1, "sends a part without saying which"),
    ],
)
def test_a_lasting_fault_is_said_in_words(server, fault, n_requests, words):
    server.always = fault
    with pytest.raises(NetworkError, match=words) as caught:
        client_of(server, patience=SHORT if "stall" in fault else QUICK).get(0, 100)
    assert len(server.requests) == n_requests
    assert server.host in str(caught.value)
    assert "Check the connection" in str(caught.value)


@pytest.mark.parametrize("fault", ["503", "truncated", "stall", "stall in body"])
def test_a_passing_fault_is_tried_again(server, fault):
    server.faults.append(fault)
    client = client_of(server, patience=SHORT if "stall" in fault else QUICK)
    assert client.get(0, 100_000).body == CONTENT[:100_000]
    assert len(server.requests) == 2


def test_a_whole_file_is_not_read_to_its_end():
    with serving(bytes(64_000_000)) as server:
        server.always = "whole"
        with pytest.raises(NetworkError):
            client_of(server).get(0, 100)
        server.ended.set()
    assert server.n_bytes < 16_000_000  # what went into buffers of sockets


def test_another_length_is_another_release(server):
    with pytest.raises(NetworkError, match="file of 256,000 bytes where 256,001 were expected"):
        client_of(server, size=256_001).get(0, 100)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", ["404", "503", "truncated", "whole", "stall"])
def test_the_next_mirror_is_read_and_stayed_with(server, fault):
    with serving(CONTENT) as second:
        server.always = fault
        client = client_of(server, second, patience=SHORT if fault == "stall" else QUICK)
        assert client.get(0, 100).body == CONTENT[:100]
        n_requests = len(server.requests)
        assert client.get(100, 200).body == CONTENT[100:200]
        assert len(server.requests) == n_requests
        second.always, server.always = "404", ""
        assert client.get(200, 300).body == CONTENT[200:300]  # back to the first


def test_a_dead_mirror_is_passed_over(server):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}/file"
        file = RemoteFile("file", (dead, server.url()))
        client = RangeClient(file, lambda: agreed(*file.mirrors), QUICK)
        assert client.get(0, 100).body == CONTENT[:100]
        file = RemoteFile("file", (dead,))
        with pytest.raises(NetworkError, match="cannot be reached"):
            RangeClient(file, lambda: agreed(dead), QUICK).get(0, 100)


def test_redirections_lead_only_where_the_person_agreed(server):
    with serving(CONTENT) as other:
        server.always, server.target = "elsewhere", other.url()
        with pytest.raises(NetworkError, match=f"sends on to {other.host}, which nobody agreed"):
            client_of(server).get(0, 100)
        assert other.requests == []
        file = RemoteFile("file", (server.url(),))
        client = RangeClient(file, lambda: agreed(server.url(), other.url()), QUICK)
        assert client.get(0, 100).body == CONTENT[:100]


def test_a_person_can_stop(server):
    def stop() -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        client_of(server).get(0, 100, stop)
    assert server.requests == []


def test_nothing_is_requested_before_consent(server):
    file = RemoteFile("file", (server.url(),))
    with pytest.raises(ConsentNeeded, match="agree to it first") as caught:
        RangeClient(file, NetworkPolicy, QUICK).get(0, 100)
    assert caught.value.hosts == (server.host,)
    with pytest.raises(NetworkError, match="network = false"):
        off = NetworkPolicy(False, frozenset({server.host}))
        RangeClient(file, lambda: off, QUICK).get(0, 100)
    assert server.requests == []


def test_only_mirrors_that_were_agreed_to_are_read(server):
    with serving(CONTENT) as second:
        file = RemoteFile("file", (server.url(), second.url()))
        client = RangeClient(file, lambda: agreed(second.url()), QUICK)
        assert client.get(0, 100).body == CONTENT[:100]
        assert server.requests == []


def test_no_cookie_and_no_name_but_the_programs_is_sent(server):
    client_of(server).get(0, 100)
    sent = server.headers[0]
    assert sent["User-Agent"].startswith("genoview/")
    assert set(sent) == {
        "Host", "User-Agent", "Accept-Encoding", "Accept", "Connection", "Range"
    }  # fmt: skip


def test_threads_share_a_client(server):
    client, wrong = client_of(server), []

    def read(start: int) -> None:
        if client.get(start, start + 100).body != CONTENT[start : start + 100]:
            wrong.append(start)

    threads = [threading.Thread(target=read, args=(start,)) for start in range(0, 800, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_consent_is_written_down_and_taken_back(tmp_path):
    path = tmp_path / "config" / "network.json"
    assert read_policy(path, True) == NetworkPolicy()
    agree(path, ["igv.org"])
    agree(path, ["other.org"])
    assert read_policy(path, True).hosts == {"igv.org", "other.org"}
    assert path.stat().st_mode & 0o777 == 0o600
    withdraw(path, ["other.org"])
    assert read_policy(path, False) == NetworkPolicy(False, frozenset({"igv.org"}))
    path.write_text("[]")
    assert read_policy(path, True) == NetworkPolicy()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [("", True), ("network = true", True), ("network = false", False), ("network = 0", False)],
)
def test_the_settings_file_can_forbid_the_network(tmp_path, text, allowed):
    path = tmp_path / "genoview.toml"
    assert network_allowed(path)
    path.write_text(text)
    assert network_allowed(path) is allowed
    path.write_text("network = = false")
    assert not network_allowed(path)
