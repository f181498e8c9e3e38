"""What one process shares: one run a question, nothing known waits, parts made once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.errors import BackendError, Cancelled, GenomeError, GenoviewError, SettingsError
from genoview.models import registry
from genoview.models.entry import Entry
from genoview.query.resolve import resolve
from genoview.runtime.jobs import Job, State
from genoview.runtime.settings import Settings, read_settings
from genoview.runtime.settings_file import AssemblyConfig
from genoview.runtime.workbench import Workbench
from tests.support.models.toy_backend import LONG_S, Gated, Toy, card

LOCUS = "chr20:43,042,001-43,043,000"
OTHER = "chr20:43,050,001-43,051,000"
SNV = "chr20:43042364:C>T"


class Absent(Toy):
    """Its weights are not there."""

    card = card("absent", Family.EXPRESSION)
    tries = 0

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        Absent.tries += 1
        raise BackendError("The weights are not there.")


MODELS = tuple(Entry(cls.card.name, cls.__module__, cls.__name__) for cls in (Toy, Gated, Absent))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        {
            "GENOVIEW_CACHE": str(tmp_path / "cache"),
            "GENOVIEW_CONFIG": str(tmp_path / "genoview.toml"),
            "GENOVIEW_DEVICE": "cpu",
            "GENOVIEW_THREADS": "1",
        }
    )


@pytest.fixture
def bench(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr(registry, "MODELS", MODELS)
    Gated.close()
    bench = Workbench(settings)
    yield bench
    Gated.go.set()
    bench.close()


def asked(bench: Workbench, text: str = LOCUS) -> Request:
    return resolve(text, bench.assembly(), flank=500)


def finished(job: Job[Answer]) -> Answer:
    assert job.wait(LONG_S)
    assert job.result is not None
    return job.result


def own_genome(folder: Path, name: str = "mine") -> AssemblyConfig:
    path = folder / f"{name}.fa"
    path.write_text(">1\n" + "ACGT" * 500 + "\n")
    return AssemblyConfig(name, path)


def test_nothing_is_opened_before_it_is_asked_for(bench: Workbench) -> None:
    assert bench.assembly_names == ("GRCh37-demo",)
    assert bench.opened("GRCh37-demo") is None
    assert bench.loaded("gc") is None
    assert bench.speed("gc") is None
    assert not bench.store.folder.exists()


def test_a_part_is_made_once_and_then_at_hand(bench: Workbench) -> None:
    opened = bench.assembly()
    assert bench.assembly("GRCh37-demo") is opened
    assert bench.opened("GRCh37-demo") is opened
    model = bench.backend("gc")
    assert bench.backend("gc") is model
    assert bench.loaded("gc") is model


def test_threads_that_ask_together_get_one_genome(bench: Workbench) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(bench.assembly())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_S)
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


@pytest.mark.parametrize(
    ("name", "words"), [("hg18", "no genome 'hg18' here. There are: GRCh37-demo")]
)
def test_an_unknown_genome_is_told_with_those_there_are(
    bench: Workbench, name: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        bench.assembly(name)


def test_a_part_that_cannot_be_made_is_tried_again(bench: Workbench) -> None:
    Absent.tries = 0
    for tries in (1, 2):
        with pytest.raises(BackendError, match="weights are not there"):
            bench.backend("absent")
        assert Absent.tries == tries
    assert bench.loaded("absent") is None


def test_a_model_without_weights_fails_its_own_job_alone(bench: Workbench) -> None:
    request = asked(bench)
    jobs = [bench.submit(request, name) for name in ("absent", "gc")]
    assert finished(jobs[1]).card.name == "gc"
    assert jobs[0].state is State.FAILED
    assert str(jobs[0].error) == "The weights are not there."


def test_the_same_question_of_two_readers_runs_once(bench: Workbench) -> None:
    request = asked(bench)
    one = bench.submit(request, "gated", "anna")
    assert Gated.begun.wait(LONG_S)
    two = bench.submit(request, "gated", "ben")
    assert two is one
    assert not one.cancel("anna")  # ben still waits
    Gated.go.set()
    found = finished(two)
    assert not found.cached
    model = bench.loaded("gated")
    assert isinstance(model, Gated)
    assert sum(model.lengths) == 2 * (500 + 2 * model.context_length)  # one run of two tiles


def test_a_run_that_nobody_wants_any_more_stops(bench: Workbench) -> None:
    job = bench.submit(asked(bench), "gated", "anna")
    assert Gated.begun.wait(LONG_S)
    assert job.cancel("anna")
    Gated.go.set()
    assert job.wait(LONG_S)
    assert isinstance(job.error, Cancelled)
    assert bench.store.size().entries == 0


def test_what_is_remembered_does_not_wait_behind_a_long_run(
    bench: Workbench, settings: Settings
) -> None:
    before = Workbench(settings)
    known = asked(before, SNV)
    first = finished(before.submit(known, "gc"))
    before.close()
    bench.backend("gc")
    running = bench.submit(asked(bench, OTHER), "gated", "anna")
    assert Gated.begun.wait(LONG_S)
    unknown = bench.submit(asked(bench, LOCUS), "gc", "ben")
    again = finished(bench.submit(known, "gc", "ben"))
    assert again.cached
    assert again.version == first.version
    assert running.state is State.RUNNING
    assert unknown.state is State.QUEUED
    Gated.go.set()
    assert not finished(unknown).cached


def test_another_process_on_the_same_cache_computes_nothing_again(
    bench: Workbench, settings: Settings
) -> None:
    request = asked(bench, SNV)
    first = finished(bench.submit(request, "gc"))
    other = Workbench(settings)
    try:
        second = finished(other.submit(request, "gc"))
    finally:
        other.close()
    assert (first.cached, second.cached) == (False, True)
    assert other.speed("gc") is None
    assert (bench.speed("gc") or 0) > 0


def test_new_settings_bring_genomes_in_and_leave_open_ones_open(
    bench: Workbench, tmp_path: Path
) -> None:
    demo = bench.assembly()
    config = own_genome(tmp_path)
    embedded = bench.settings.assemblies
    bench.replace_settings(replace(bench.settings, assemblies=(*embedded, config)))
    assert bench.assembly_names == ("GRCh37-demo", "mine")
    assert bench.opened("mine") is None
    mine = bench.assembly("mine")
    assert mine.reference.chromosomes == {"chr1": 2_000}
    assert len(mine.annotation) == 0
    assert bench.assembly() is demo
    bench.replace_settings(replace(bench.settings, assemblies=embedded))
    assert bench.opened("mine") is None
    with pytest.raises(SettingsError, match="no genome 'mine'"):
        bench.assembly("mine")
    assert bench.assembly() is demo


def test_a_genome_of_another_file_under_the_same_name_is_opened_anew(
    bench: Workbench, tmp_path: Path
) -> None:
    embedded = bench.settings.assemblies
    config = own_genome(tmp_path)
    bench.replace_settings(replace(bench.settings, assemblies=(*embedded, config)))
    old = bench.assembly("mine")
    bench.replace_settings(replace(bench.settings, assemblies=embedded))
    (tmp_path / "new").mkdir()
    bench.replace_settings(
        replace(bench.settings, assemblies=(*embedded, own_genome(tmp_path / "new")))
    )
    assert bench.assembly("mine") is not old


def test_a_genome_that_cannot_be_opened_is_told_and_the_others_work(
    bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "broken.fa"
    path.write_text("this is no FASTA file\n")
    config = AssemblyConfig("broken", path)
    bench.replace_settings(replace(bench.settings, assemblies=(*bench.settings.assemblies, config)))
    with pytest.raises(GenomeError):
        bench.assembly("broken")
    assert bench.opened("broken") is None
    assert finished(bench.submit(asked(bench), "gc")).ref.data.n_bins == 100


def test_after_closing_nothing_is_taken_on(settings: Settings) -> None:
    bench = Workbench(settings)
    request = asked(bench)
    bench.close()
    with pytest.raises(GenoviewError, match="shut down"):
        bench.submit(request, "jaspar")
    bench.close()  # twice is no harm
