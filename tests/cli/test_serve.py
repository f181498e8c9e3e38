"""`genoview serve` before anything is served."""

import importlib.util
import random
import signal
import subprocess
import sys

import pytest

from genoview.cli import serve
from genoview.cli.main import main


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        serve,
        "find_spec",
        lambda name: None if name in ("grpc", "alphagenome") else found(name),
    )
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == (
        "genoview: genoview serve needs grpc, alphagenome: pip install 'genoview[serve]' adds "
        "what is missing.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--models", "enformer9"], "There is no model 'enformer9'"),
        (["--models", "promid", "--assembly", "hg99"], "There is no genome 'hg99'"),
        (["--models", "promid", "--queue", "0"], "must be above 0"),
        (["--models", "promid", "--tls-cert", "cert.pem"], "needs both"),
        (["--models", "promid", "--key-file", "no-such-file"], "cannot be read"),
    ],
)
def test_what_does_not_fit_is_told_at_once(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", "0", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_nothing_of_the_extra_is_imported_before_it_serves() -> None:
    program = (
        "import sys, genoview.cli.main, genoview.runtime.workbench, genoview.cli.serve as command;"
        "command.check_installed();"
        "print({'grpc', 'alphagenome', 'prometheus_client'} & {name for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("module", ["alphagenome.models.dna_client", "genoview.server.app"])
def test_each_extra_is_importable_alone(module: str) -> None:
    program = f"import sys, {module}; print('anndata' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == f"{module.startswith('alphagenome')}\n"


def test_a_signal_at_any_moment_of_the_wait_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "POLL_S", 2e-5)
    draw = random.Random(0)
    for _ in range(5_000):
        with serve.signals(signal.SIGALRM) as arrived:
            signal.setitimer(signal.ITIMER_REAL, draw.uniform(1e-6, 6e-5))
            serve.wait(arrived)
