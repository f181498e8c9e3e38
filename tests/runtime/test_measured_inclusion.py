"""Which table of measured inclusion is read: the demo's, or the whole that was added."""

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.genome import Interval
from genoview.models.exons.measured import GTEX_INCLUSION
from genoview.models.weights import Row
from genoview.runtime import measured_inclusion
from genoview.runtime.measured_inclusion import EMBEDDED, measured_table, prepare
from genoview.runtime.settings import Settings, read_settings
from tests.io.inclusion.test_table import EXON, HEAD, ROWS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(read_settings(), cache_dir=tmp_path / "cache", models_dir=tmp_path / "models")


@pytest.fixture
def wheel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small one in its place on the shelf."""
    [file] = GTEX_INCLUSION.files
    path = settings.models_dir / GTEX_INCLUSION.name / file.name
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("gtex_psi_map37_ranges", "gtex_psi_map_ranges"):
            content = gzip.compress((HEAD + ROWS).encode())
            archive.writestr(f"mmsplice/models/{name}.csv.gz", content)
    small: Row = replace(GTEX_INCLUSION, files=(replace(file, size=path.stat().st_size),))
    monkeypatch.setattr(measured_inclusion, "measured_rows", lambda: (small,))
    return path


def test_without_the_whole_table_the_demo_has_its_own(settings: Settings) -> None:
    table = measured_table(settings, "GRCh37")
    assert table is not None and table.path == EMBEDDED["GRCh37"]
    assert measured_table(settings, "GRCh38") is measured_table(settings, "") is None
    prepare(settings)
    assert not settings.cache_dir.exists()


def test_the_whole_is_made_once_for_each_build(settings: Settings, wheel: Path) -> None:
    shares: list[float] = []
    prepare(settings, shares.append)
    assert shares == [0.5, 1.0]
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")  # not read again
    for build in ("GRCh37", "GRCh38"):
        table = measured_table(settings, build)
        assert table is not None and EXON in table.shares([EXON])
        assert table.shares([Interval("chr2", 1, 2, "+")]) == {}
