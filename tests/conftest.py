"""Shared set-up: one thread a worker, since several workers share the cores; the demo genome."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings

from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.binding.jaspar import Jaspar
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings
from tests.support.models.weights_here import PUBLISHED
from tests.support.shared_parts import Answers, embedded

# No test asserts on time: a busy machine is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _main_stays() -> Iterator[None]:
    """A page under test takes the place of `__main__`, which a spawned process would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def _answers_of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one worker has computed of an embedded model, no other computes again."""
    own = tmp_path_factory.getbasetemp()
    Answers.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "answers"
    Answers.folder.mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The embedded genome: 1 Mb of chromosome 20, GRCh37."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {"GENOVIEW_CACHE": str(folder), "GENOVIEW_CONFIG": str(folder / "none.toml")}
    settings = read_settings(environment)
    return open_assembly(settings.assemblies[0], settings)


@pytest.fixture(scope="session")
def splicing() -> Backend:
    """CI-SpliceAI; a question that some test of this run has asked is not computed again."""
    return embedded("cispliceai")


@pytest.fixture(scope="session")
def activity() -> Backend:
    """The same of the activity of promoters."""
    return embedded("promoter-activity")


@pytest.fixture(scope="session")
def jaspar() -> Jaspar:
    return Jaspar()


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of published weights; tests that take it are skipped where it is not."""
    return PUBLISHED
