"""A page of many models, or one among many readers, comes to an end and stays there."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from genoview.data.track_data import Family
from genoview.models import registry
from genoview.models.entry import Entry
from genoview.runtime.jobs import Job
from genoview.ui.explore import controls, run_models, track_view
from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S, Toy, card
from tests.support.paths import ROOT

pytestmark = pytest.mark.usefixtures("own_server")
LOCUS = "chr20:43,000,001-43,002,000"


class A(Toy):
    card = card("a", Family.EXPRESSION)


class B(Toy):
    card = card("b", Family.EXPRESSION)


class C(Toy):
    card = card("c", Family.EXPRESSION)


TOYS = (A, B, C)
NAMES = tuple(toy.card.name for toy in TOYS)


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three models in place of the others, and a queue that keeps one result."""
    entries = (Entry(toy.card.name, toy.__module__, toy.__name__) for toy in TOYS)
    monkeypatch.setattr(registry, "MODELS", (*registry.MODELS, *entries))
    monkeypatch.setattr(run_models, "default_models", lambda: NAMES)
    shell.bench().queue.keep(1)


def jobs_of(app: AppTest) -> list[Job[object]]:
    return [*app.session_state["jobs"].values()]


def looked(app: AppTest) -> list[Job[object]]:
    """Its jobs, once they have ended and the page has looked again."""
    assert all(job.wait(LONG_S) for job in jobs_of(app))
    assert not app.run().exception
    return jobs_of(app)


def facts(app: AppTest) -> str:
    [words] = [str(line.value) for line in app.caption if "on cpu" in str(line.value)]
    return words


def test_a_page_whose_answers_the_queue_cannot_all_keep_is_ready_and_stays_so(toys: None) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["q"] = LOCUS
    jobs = looked(app.run())
    assert len(jobs) == len(TOYS)
    for _ in range(3):
        assert looked(app) == jobs
        assert all(job.is_finished for job in jobs_of(app))
        assert all(f"Toy {name} in " in facts(app) for name in NAMES)


def test_the_same_page_runs_its_models_again_once_the_store_was_emptied(toys: None) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["q"] = LOCUS
    before = looked(app.run())
    bench = shell.bench()
    models = [bench.backend(name) for name in NAMES]
    calls = [model.n_calls for model in models if isinstance(model, Toy)]
    bench.forget_predictions()
    after = looked(app.run())
    assert not set(before) & set(after)
    assert [model.n_calls for model in models if isinstance(model, Toy)] == [2 * n for n in calls]
    assert bench.store.size().entries == len(TOYS)


def test_what_ends_while_the_page_is_drawn_is_drawn_too(
    toys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another reader empties the store between two looks of a page that had all its answers."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    app.query_params["q"] = LOCUS
    looked(app.run())
    bench, bar, draw = shell.bench(), controls.bar, track_view.draw
    emptied: list[bool] = []

    def bar_then_emptied(*args: Any) -> None:
        bar(*args)
        if not emptied:
            emptied.append(True)
            bench.forget_predictions()

    def draw_late(*args: Any) -> None:
        assert all(job.wait(LONG_S) for job in st.session_state["jobs"].values())
        draw(*args)

    monkeypatch.setattr(controls, "bar", bar_then_emptied)
    monkeypatch.setattr(track_view, "draw", draw_late)
    assert not app.run().exception
    assert emptied
    assert "Stop" not in [button.label for button in app.button]
    assert all(f"Toy {name} in " in facts(app) for name in NAMES)
