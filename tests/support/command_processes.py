"""Commands, each in a process of its own, forked off one that has imported the libraries.

A forked process ends as any other does: what libraries report at the end of Python is in `err`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.support.paths import ROOT

LONG_S = 120
COMPUTING = ("cli.predict", "cli.view", "cli.score", "models.binding.jaspar", "runtime.workbench")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


def run_commands(
    commands: Sequence[Sequence[str]], environment: dict[str, str], modules: Sequence[str] = ()
) -> list[Done]:
    """Run `genoview` with the arguments of each, one after the other.

    Args:
        modules: of genoview, imported before.
    """
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", __name__, folder, *modules],
            input=json.dumps(commands),
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
            timeout=LONG_S * len(commands),
        )
        assert (done.returncode, done.stderr) == (0, "")
        codes: list[int] = json.loads(done.stdout)
        paths = [_paths(Path(folder), number) for number in range(len(codes))]
        texts = [[path.read_text(encoding="utf-8") for path in both] for both in paths]
    return [Done(code, *both) for code, both in zip(codes, texts, strict=True)]


def _paths(folder: Path, number: int) -> tuple[Path, Path]:
    """Standard output and standard error of a command."""
    return folder / f"{number}.out", folder / f"{number}.err"


def _code_of(arguments: list[str], paths: tuple[Path, Path]) -> int:
    from genoview.cli.main import main

    process = os.fork()
    if not process:
        for number, path in enumerate(paths, start=1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        sys.exit(main(arguments))
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _main(folder: Path, modules: Sequence[str]) -> None:
    from tests.support import toy_shelf

    toy_shelf.add_toy()
    for name in modules:
        import_module(f"genoview.{name}")
    commands = enumerate(json.load(sys.stdin))
    print(json.dumps([_code_of(each, _paths(folder, number)) for number, each in commands]))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2:])
