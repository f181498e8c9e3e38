"""A language model by its hub name: fetched at its revision from a hub on the loopback, once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.models.tiny_language import save_tiny
from tests.support.servers.loopback_hub import Hub, serving_hub

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

KINDS = {"main": "single", "v2": "overlapping"}
CODE = """
import sys
from genoview.models.language.loading import Source
from genoview.models.language.masked_lm import MaskedNetwork
for revision in sys.stdin:
    scheme = MaskedNetwork(Source("somebody/dna", revision.strip())).scheme
    print(scheme.value, flush=True)
"""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    for revision, kind in KINDS.items():
        save_tiny(tmp_path / "hub" / revision, kind)
    with serving_hub({f"somebody/dna/{name}": tmp_path / "hub" / name for name in KINDS}) as hub:
        yield hub


@contextmanager
def reader(hub: Hub, cache: Path) -> Iterator[Callable[[str], str]]:
    """Revision to scheme, in a process of its own: the client reads its environment once."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", CODE], env=hub.environment(cache), stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def read(revision: str) -> str:
            print(revision, file=asked, flush=True)
            return answers.readline().strip()

        yield read
        asked.close()
        assert process.wait() == 0


def test_a_name_is_fetched_at_its_revision_and_then_read_without_asking(
    hub: Hub, tmp_path: Path
) -> None:
    with reader(hub, tmp_path / "cache") as read:
        assert [read(""), read("v2")] == ["single bases", "overlapping k-mers"]
        assert any(path.endswith("/resolve/v2/config.json") for path in hub.requests)
        hub.requests.clear()
        assert read("v2") == "overlapping k-mers"
        assert hub.requests == []
