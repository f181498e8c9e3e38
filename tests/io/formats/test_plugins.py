"""Formats that an installed package adds."""

import subprocess
import sys
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.io.formats import (
    LocalFileError,
    accepted,
    catalogue,
    format_faults,
    open_local,
    suffixes,
)
from tests.support.paths import ROOT

PACKAGE = '''
from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats.contents import Contents
from genoview.io.formats.catalogue import Format


def read(path, title, genome):
    """A name and a position a line, in upside-down order."""
    rows = (line.split("@") for line in path.read_text().splitlines()[1:])
    features = (Feature(name, Interval("chr20", int(at), int(at) + 1)) for name, at in rows)
    return Contents.of_features(features, genome)


def is_at(head):
    return head.start.startswith(b"@at")


AT = Format("at-sign", ("at",), read, is_at, is_text=False)
'''
BROKEN = "raise RuntimeError('of no use')\n"
FILE = "@at\nfirst@100\nsecond@200\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a package of these lines of entry points; forgets it afterwards."""

    def install(name: str, code: str, entry: str) -> None:
        (tmp_path / f"{name}.py").write_text(code)
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[genoview.formats]\n{entry}\n")

    monkeypatch.syspath_prepend(str(tmp_path))
    catalogue._plugins.cache_clear()
    yield install
    catalogue._plugins.cache_clear()


def test_a_package_adds_a_format(package, tmp_path: Path) -> None:
    package("at_sign_format", PACKAGE, "at = at_sign_format:AT")
    assert "at" in suffixes() and accepted().endswith("bigBed, at-sign")
    for name in ("x.at", "x.txt"):
        (tmp_path / name).write_text(FILE)
        file = open_local(tmp_path / name, chroms={"chr20": 1_000})
        found = file.features(Interval("chr20", 0, 150), 9)
        assert [one.name for one in found] == ["first"]
        assert (file.kind.name, file.size_words) == ("at-sign", "2 entries")


def test_a_package_that_fails_costs_a_warning(package, tmp_path: Path, caplog) -> None:
    package("broken_format", BROKEN, "broken = broken_format:NONE")
    package("at_sign_format_2", PACKAGE, "at = at_sign_format_2:AT")
    assert "at" in suffixes()
    assert "of no use" in caplog.text
    [fault] = format_faults()
    assert fault.startswith("broken of the package broken_format cannot be used (of no use)")
    (tmp_path / "x.bed").write_text("chr20\t1\t2\n")
    assert open_local(tmp_path / "x.bed").kind.name == "BED"


def test_without_the_package_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.at").write_text(FILE)
    with pytest.raises(LocalFileError, match="a FASTQ or SAM file"):
        open_local(tmp_path / "x.at")


def test_formats_can_be_imported_first() -> None:
    code = "import genoview.io.formats.contents, genoview.io.formats.catalogue"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
