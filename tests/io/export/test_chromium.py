"""A page that a Chromium prints or runs; one that does not answer is ended in time."""

import subprocess
from pathlib import Path

import pytest

from genoview.errors import ExportError
from genoview.io.export import chromium, pdf


def program(folder: Path, script: str) -> str:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("sleep 4321 & sleep 4321", r"no answer in 0 s"),
        ("exit 3", "it ended with status 3"),
        ("exit 0", "it printed nothing"),
        (None, "BROWSER_PATH is /nonexistent/browser, which is no program"),
    ],
)
def test_a_browser_that_prints_nothing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, words: str
) -> None:
    path = program(tmp_path, script) if script else "/nonexistent/browser"
    monkeypatch.setenv("BROWSER_PATH", path)
    monkeypatch.setattr(chromium, "PATIENCE_S", 0.3)
    with pytest.raises(ExportError, match=words):
        pdf(b"<p>words")
    left = subprocess.run(["pgrep", "-f", "sleep 4321"], capture_output=True, check=False)
    assert left.stdout == b""


def test_the_browser_that_is_named_comes_before_the_usual_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", program(tmp_path, "exit 0"))
    assert chromium.find() == str(tmp_path / "browser")


def test_without_one_nothing_can_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(chromium, "NAMES", ())
    assert chromium.find() is None
    with pytest.raises(chromium.ChromiumError, match="no path"):
        chromium.document_of(b"")
