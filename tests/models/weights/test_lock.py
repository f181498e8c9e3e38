"""Two processes that add the same model: one fetches, the other waits and finds it here."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from genoview.errors import BackendError, Cancelled
from genoview.models.weights import ModelFolder, Presence
from genoview.models.weights.lock import alone
from tests.models.weights.server import serving
from tests.models.weights.test_folder import toy
from tests.support.paths import ROOT

ADDS = """
import sys
from pathlib import Path
from genoview.models.weights import ModelFolder
from tests.models.weights.test_folder import toy
folder = ModelFolder(Path(sys.argv[1]))
folder.add(toy(sys.argv[2]), lambda share: print(share, flush=True))
"""


def adding(folder: Path, address: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ADDS, str(folder), address],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_of_two_processes_one_fetches_and_the_other_waits(tmp_path: Path) -> None:
    folder = ModelFolder(tmp_path / "models")
    with serving() as shop:
        with alone(folder.of("toy"), lambda: None):
            both = [adding(folder.path, shop.address) for _ in range(2)]
            for process in both:  # both have begun, and tell how far the other is
                assert process.stdout is not None
                assert process.stdout.readline() == "0.0\n"
            assert shop.paths == []
        for process in both:
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
        assert sorted(shop.paths) == ["/well/a.bin", "/well/b.bin"]
        row = toy(shop.address)
    assert folder.presence(row) is Presence.HERE
    assert folder.problems(row) == []


def test_a_process_that_dies_lets_go(tmp_path: Path) -> None:
    script = "import sys, time\nfrom pathlib import Path\n"
    script += "from genoview.models.weights.lock import alone\n"
    script += "with alone(Path(sys.argv[1]), lambda: None):\n    print('held', flush=True)\n"
    script += "    time.sleep(600)\n"
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "toy")],
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with alone(tmp_path / "toy", lambda: None):
        assert (tmp_path / ".toy.lock").exists()


def test_a_wait_can_be_stopped_and_a_removal_does_not_wait(tmp_path: Path) -> None:
    folder, row = ModelFolder(tmp_path), toy("http://127.0.0.1:9")
    errors: list[BaseException] = []

    def stop(share: float) -> None:
        raise Cancelled("stopped")

    def other() -> None:
        for act in (lambda: folder.add(row, stop), lambda: folder.remove(row)):
            try:
                act()
            except (BackendError, Cancelled) as error:
                errors.append(error)

    with alone(folder.of("toy"), lambda: None):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert [type(error) for error in errors] == [Cancelled, BackendError]
    assert "being added by another process" in str(errors[1])


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = ModelFolder(tmp_path / "file")
    with pytest.raises(BackendError, match="cannot be written"):
        folder.add(toy("http://127.0.0.1:9"), lambda share: None)
