"""Host and Origin: what is this server's own page, and what is a stranger's."""

import pytest
import streamlit as st

from genoview.ui.access.hosts import answers_loopback_only, is_loopback, read_host, refusal


def set_options(monkeypatch: pytest.MonkeyPatch, **options: object) -> None:
    values = {"server.address": "127.0.0.1", "server.allowedHosts": []}
    values |= {f"server.{name}": value for name, value in options.items()}
    monkeypatch.setattr(st, "get_option", values.__getitem__)


@pytest.mark.parametrize(
    ("host", "origin", "is_answered"),
    [
        ("127.0.0.1:8501", None, True),
        ("localhost:8501", "http://localhost:8501", True),
        ("LOCALHOST.:8501", "http://localhost:8501", True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("localhost", "http://localhost:80", True),
        ("evil.example:8501", "http://evil.example:8501", False),  # DNS rebinding
        ("evil.example", None, False),
        ("127.0.0.1.evil.example:8501", None, False),
        ("localhost.evil.example:8501", None, False),
        ("203.0.113.7:8501", "http://203.0.113.7:8501", False),
        ("127.0.0.1:8501", "http://evil.example", False),
        ("127.0.0.1:8501", "http://127.0.0.1:9000", False),  # another program of this computer
        ("127.0.0.1:8501", "http://localhost:8501", False),
        ("127.0.0.1:8501", "https://127.0.0.1.evil.example:8501", False),
        ("127.0.0.1:8501", "null", False),
        ("127.0.0.1:8501", "", False),
        ("127.0.0.1:8501", "file://", False),
        ("127.0.0.1:8501", "http://user@127.0.0.1:8501", False),
        ("user@127.0.0.1:8501", None, False),
        ("127.0.0.1:8501/path", None, False),
        ("127.0.0.1:notaport", None, False),
        ("", None, False),
    ],
)
def test_on_the_loopback_its_own_names_are_answered(monkeypatch, host, origin, is_answered):
    set_options(monkeypatch)
    origins = [] if origin is None else [origin]
    assert (refusal([host], origins) == "") is is_answered


@pytest.mark.parametrize(
    "hosts", [[], ["localhost:1", "localhost:1"], ["localhost", "evil.example"]]
)
def test_a_request_has_one_host(monkeypatch, hosts):
    set_options(monkeypatch)
    assert refusal(hosts, [])
    assert refusal(["localhost"], ["http://localhost", "http://evil.example"])


@pytest.mark.parametrize(
    ("host", "origin", "is_answered"),
    [
        ("genoview.lab.example", "https://genoview.lab.example", True),
        (
            "127.0.0.1:8501",
            "https://genoview.lab.example",
            True,
        ),  # a proxy that writes its own Host
        ("a.dna.example", "https://a.dna.example", True),
        ("genoview.lab.example", "https://genoview.lab.example:9000", False),
        ("genoview.lab.example", "https://wiki.lab.example", False),
        ("genoview.lab.example", "https://a.dna.example", False),
        ("dna.example", None, False),
        ("evil-dna.example", None, False),
    ],
)
def test_behind_a_proxy_the_names_that_were_set_are_answered(
    monkeypatch, host, origin, is_answered
):
    names = ["localhost", "127.0.0.1", "Genoview.lab.example", "*.dna.example"]
    set_options(monkeypatch, allowedHosts=names)
    origins = [] if origin is None else [origin]
    assert (refusal([host], origins) == "") is is_answered


@pytest.mark.parametrize(
    ("address", "names", "expected"),
    [
        ("127.0.0.1", [], True),
        ("localhost", ["localhost", "127.0.0.1", "::1"], True),
        ("::1", [], True),
        ("127.0.0.1", ["genoview.lab.example"], False),  # a proxy stands before it
        ("127.0.0.1", ["*"], False),
        ("0.0.0.0", [], False),
        ("", [], False),  # Streamlit's default: every address
        (None, [], False),
        ("10.0.0.5", [], False),
    ],
)
def test_who_is_alone_with_the_server(monkeypatch, address, names, expected):
    set_options(monkeypatch, address=address, allowedHosts=names)
    assert answers_loopback_only() is expected


def test_names_that_only_look_like_the_loopback():
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "[::1]", "::1")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "localhost.evil.example", "128.0.0.1")))
    assert read_host("[::1") is None
