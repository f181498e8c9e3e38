"""A VESM by its file on the hub: its weights and the facts of its ESM-2, fetched once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from genoview.models.language.loading import Source
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
from tests.support.models.tiny_protein import save_tiny_protein
from tests.support.servers.loopback_hub import Hub, serving_hub

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

PLACE = "ntranoslab/vesm/VESM_35M.pth"
BASE = "facebook/esm2_t12_35M_UR50D"
CODE = f"""
import sys
from genoview.models.language.loading import Source
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
for _ in sys.stdin:
    print(EsmModel(PROTEIN_SETUPS[1].card, Source({PLACE!r})).version, flush=True)
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return save_tiny_protein(tmp_path / "tiny", safetensors=False, says_random=False)


@pytest.fixture
def hub(tiny: Path, tmp_path: Path) -> Iterator[Hub]:
    (tmp_path / "vesm").mkdir()
    (tiny / "VESM_tiny.pth").rename(tmp_path / "vesm" / "VESM_35M.pth")
    folders = {"ntranoslab/vesm/main": tmp_path / "vesm", f"{BASE}/main": tiny}
    with serving_hub(folders) as hub:
        yield hub


@contextmanager
def reader(hub: Hub, cache: Path) -> Iterator[Callable[[], str]]:
    """The version, in a process of its own: the client reads its environment once."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", CODE],
        env=hub.environment(cache),
        stdin=pipe,
        stdout=pipe,
        text=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        requests, answers = process.stdin, process.stdout

        def read() -> str:
            print("version", file=requests, flush=True)
            return answers.readline().strip()

        yield read
        requests.close()
        assert process.wait() == 0


def test_weights_by_name_are_fetched_once_with_the_facts_of_their_base(
    hub: Hub, tiny: Path, tmp_path: Path
) -> None:
    beside = tiny / "VESM_35M.pth"
    beside.write_bytes((tmp_path / "vesm" / "VESM_35M.pth").read_bytes())
    expected = EsmModel(PROTEIN_SETUPS[1].card, Source(str(beside))).version
    beside.unlink()
    with reader(hub, tmp_path / "cache") as read:
        assert read() == expected
        assert f"/{BASE}/resolve/main/config.json" in hub.requests
        assert not any(path.endswith(".safetensors") for path in hub.requests)
        hub.requests.clear()
        assert read() == expected
        assert hub.requests == []
