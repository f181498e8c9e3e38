"""Weights of large models in the budget of models: counted once, unloaded, loaded again."""

import gc
import json
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

pytest.importorskip("alphagenome_pt")

from genoview.data.answer import Answer
from genoview.data.track_data import Family
from genoview.models import registry
from genoview.models.alphagenome.cards import LOCAL
from genoview.models.alphagenome.local import AlphaGenomeWeights
from genoview.models.alphagenome.local_folder import PUBLISHED_TRACKS
from genoview.models.alphagenome.outputs import AlphaGenomeOutput
from genoview.models.configured_file import LargeModel
from genoview.models.memory import bytes_of
from genoview.query.resolve import resolve
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.ui.page import shell
from tests.support.models.reduced_alphagenome import save_reduced
from tests.support.models.toy_backend import Toy, card

OUTPUTS = ("atac", "cage")
ENFORMER = "enformer"
NAMES = tuple(f"{LOCAL}.{output}" for output in OUTPUTS)
LOCUS = "chr20:42,984,001-42,985,000"
LONG_S = 120.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a table that names the tracks, as beside the published weights."""
    made = tmp_path_factory.mktemp("weights")
    save_reduced(made)
    counts = {name: len(AlphaGenomeWeights(made).facts(name)) for name in OUTPUTS}
    human = {
        name: {"records": [{"name": f"{name} {i}", "strand": "."} for i in range(n)]}
        for name, n in counts.items()
    }
    (made / PUBLISHED_TRACKS).write_text(json.dumps({"organisms": {"human": human}}))
    return made


@pytest.fixture
def bench(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Workbench]:
    budget = getattr(request, "param", "4000")
    told = {
        "GENOVIEW_CACHE": str(tmp_path / "cache"),
        "GENOVIEW_CONFIG": str(tmp_path / "genoview.toml"),
        "GENOVIEW_MODELS": str(tmp_path / "models"),
        "GENOVIEW_MODEL_MEMORY_MB": budget,
        "GENOVIEW_THREADS": "1",
    }
    for key, value in told.items():
        monkeypatch.setenv(key, value)
    made = Workbench(read_settings(told))
    made.change_large(lambda large: large.put(LargeModel(LOCAL, str(folder), outputs=OUTPUTS)))
    yield made
    made.close()


def ask(bench: Workbench, name: str, locus: str = LOCUS) -> Answer:
    job = bench.submit(resolve(locus, bench.assembly()), name)
    assert job.wait(LONG_S)
    if job.error is not None:
        raise job.error
    assert job.result is not None
    return job.result


def network_of(bench: Workbench) -> object:
    backend = bench.loaded(NAMES[0])
    assert isinstance(backend, AlphaGenomeOutput)
    network: object = backend.shared.source._model  # type: ignore[attr-defined]
    return network


def test_both_outputs_share_one_network_that_is_counted_once(bench: Workbench) -> None:
    for name in NAMES:
        ask(bench, name)
    network = network_of(bench)
    sizes = bench.models.sizes()
    assert list(sizes) == [LOCAL]
    assert bytes_of(network) <= sizes[LOCAL] < 1.5 * bytes_of(network)
    assert bench.loaded(NAMES[0]) is not None


def test_what_is_unloaded_leaves_memory_and_comes_back_with_the_same_values(
    bench: Workbench,
) -> None:
    first = ask(bench, NAMES[0])
    gone = weakref.ref(network_of(bench))
    bench.models.drop(LOCAL)
    gc.collect()
    assert gone() is None
    assert bench.models.sizes() == {} and bench.loaded(NAMES[0]) is None
    bench.store.clear()
    bench.queue.keep(0)
    again = ask(bench, NAMES[0])
    assert not again.cached
    np.testing.assert_array_equal(again.ref.data.values, first.ref.data.values)


def test_what_is_remembered_is_told_without_loading_the_weights(
    bench: Workbench, tmp_path: Path
) -> None:
    ask(bench, NAMES[0])
    small = bench.models.sizes()[LOCAL]
    bench.models.drop(LOCAL)
    bench.queue.keep(0)
    assert ask(bench, NAMES[0]).cached
    assert bench.models.sizes()[LOCAL] < small / 10


@pytest.mark.parametrize("bench", ["1"], indirect=True)
def test_one_beyond_the_budget_goes_when_another_is_used(bench: Workbench) -> None:
    ask(bench, NAMES[0])
    assert bench.models.sizes()[LOCAL] > bench.models.budget_bytes  # the last one used stays
    ask(bench, "promoter-activity")
    assert list(bench.models.sizes()) == ["promoter-activity"]
    ask(bench, NAMES[0], "chr20:42,994,001-42,995,000")
    assert list(bench.models.sizes()) == [LOCAL]


class Heavy(Toy):
    """In the place of Enformer: weights of 2 MB, loaded when it is made."""

    __module__ = "genoview.heavy"  # what the models of others hold is not counted
    card = card(ENFORMER, Family.EXPRESSION, random_weights=False)

    def __init__(self, place: str, choice: object, device: str, dtype: str) -> None:
        super().__init__(device, dtype)
        self.weights = np.ones(2_000_000, np.uint8)


@pytest.mark.parametrize("bench", ["1"], indirect=True)
def test_enformer_and_borzoi_count_as_well(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = tuple(
        replace(entry, module=__name__, class_name="Heavy") if entry.name == ENFORMER else entry
        for entry in registry.MODELS
    )
    monkeypatch.setattr(registry, "MODELS", heavy)
    ask(bench, NAMES[0])
    bench.change_large(lambda large: large.put(LargeModel(ENFORMER, str(tmp_path))))
    ask(bench, ENFORMER)
    assert list(bench.models.sizes().items()) == [(ENFORMER, 2_000_000)]
    bench.change_large(lambda large: large.remove(ENFORMER))
    assert bench.models.sizes() == {}


def page() -> None:
    from genoview.ui.models import loaded

    loaded.show()


def test_the_page_tells_how_much_it_takes_and_unloads_it(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "bench", lambda: bench)
    for name in NAMES:
        ask(bench, name)
    mb = bench.models.sizes()[LOCAL] / 1e6
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert f"AlphaGenome on this machine: {mb:,.1f} MB" in [one.value for one in app.markdown]
    [button] = app.button
    button.click().run()
    assert bench.models.sizes() == {}
