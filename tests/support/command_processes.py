"""Commands one after the other in a process of their own, each with its own words.

The process itself says nothing: what libraries report when Python ends would be of a command.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT

LONG_S = 120


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


def run_commands(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> list[Done]:
    """Run `genoview` with the arguments of each."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", __name__, folder],
            input=json.dumps(commands),
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
            timeout=LONG_S * len(commands),
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:]
        codes: list[int] = json.loads(done.stdout)
        paths = [_paths(Path(folder), number) for number in range(len(codes))]
        texts = [[path.read_text(encoding="utf-8") for path in both] for both in paths]
    return [Done(code, *both) for code, both in zip(codes, texts, strict=True)]


def _paths(folder: Path, number: int) -> tuple[Path, Path]:
    """Standard output and standard error of a command."""
    return folder / f"{number}.out", folder / f"{number}.err"


@contextmanager
def _writing_to(paths: tuple[Path, Path]) -> Iterator[None]:
    """What this process prints, also past Python, until the block ends."""
    before = [os.dup(number) for number in (1, 2)]
    for number, path in enumerate(paths, start=1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, kept in enumerate(before, start=1):
            os.dup2(kept, number)
            os.close(kept)


def _code_of(arguments: list[str], paths: tuple[Path, Path]) -> int:
    from genoview.cli.main import main

    with _writing_to(paths):
        try:
            return main(arguments)
        except SystemExit as end:
            return int(end.code or 0)


def _main(folder: Path) -> None:
    from genoview.runtime.assemblies import open_assembly
    from genoview.runtime.settings import read_settings
    from tests.support.models.toy_shelf import add_toy
    from tests.support.shared_parts import share_parts

    add_toy()
    settings = read_settings()
    with pytest.MonkeyPatch.context() as patch:
        share_parts(patch, open_assembly(settings.assemblies[0], settings))
        commands = enumerate(json.load(sys.stdin))
        codes = [_code_of(each, _paths(folder, number)) for number, each in commands]
    print(json.dumps(codes))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
