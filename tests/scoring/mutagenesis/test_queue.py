"""Mutagenesis in the queue: seen while it runs, shared by readers, remembered without waiting."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from genoview.data.genome import Interval
from genoview.errors import GenomeError
from genoview.models import registry
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import MEMORY, Workbench
from genoview.scoring.mutagenesis import ScanSpec
from tests.scoring.mutagenesis.splice_words import Words
from tests.support.models.toy_backend import LONG_S

PLACE = Interval("chr20", 43_042_420, 43_042_440)
SPEC = ScanSpec("GRCh37-demo", "splice+", PLACE)


def workbench(folder: Path) -> Workbench:
    return Workbench(
        read_settings(
            {
                "GENOVIEW_CACHE": str(folder / "cache"),
                "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
                "GENOVIEW_DEVICE": "cpu",
                "GENOVIEW_THREADS": "1",
            }
        )
    )


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    entry = replace(
        registry.entry_of("cispliceai"), module=Words.__module__, class_name=Words.__name__
    )
    monkeypatch.setattr(registry, "MODELS", (entry,))
    bench = workbench(tmp_path)
    yield bench
    bench.close()


def test_a_job_fills_what_its_readers_see_and_they_share_it(bench: Workbench) -> None:
    job, scan = bench.scan(SPEC, "one")
    again, same = bench.scan(SPEC, "other")
    assert job is again
    assert scan is same
    assert job.wait(LONG_S)
    assert job.result is not None
    assert scan.so_far().n_done == PLACE.width
    assert bench.speed("splice+") is not None


def test_readers_who_ask_at_one_moment_see_the_same_scan(bench: Workbench) -> None:
    places = [replace(PLACE, start=start, end=start + 2) for start in range(43_042_400, 43_042_410)]
    with ThreadPoolExecutor(8) as readers:
        for place in places:
            spec, together = replace(SPEC, interval=place), Barrier(8)
            asked = [
                readers.submit(lambda each=spec, gate=together: (gate.wait(), bench.scan(each))[1])
                for _ in range(8)
            ]
            found = [each.result() for each in asked]
            assert all(job.wait(LONG_S) for job, _ in found)
            assert {scan.so_far().n_done for _, scan in found} == {place.width}
            assert bench.scan(spec)[1].is_complete


def test_what_is_kept_needs_no_model_s_turn(bench: Workbench, tmp_path: Path) -> None:
    job, _ = bench.scan(SPEC)
    assert job.wait(LONG_S)
    later = workbench(tmp_path)
    later.backend("cispliceai")
    remembered, scan = later.scan(SPEC)
    assert remembered.device == MEMORY
    assert scan.is_complete
    assert remembered.wait(LONG_S)
    later.close()


def test_a_range_that_is_too_long_is_refused_at_once(bench: Workbench) -> None:
    long = ScanSpec("GRCh37-demo", "splice+", Interval("chr20", 43_000_000, 43_001_000))
    with pytest.raises(GenomeError, match="at most 500 bp"):
        bench.scan(long)
