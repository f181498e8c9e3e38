"""Who keeps an answer for the next time: the server, or a caller who says so."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.models.alphagenome.cards import SERVER
from genoview.models.configured_file import LargeModel
from genoview.query.resolve import resolve
from genoview.runtime.workbench import Workbench
from tests.server.conftest import settings_in
from tests.server.serving import O, client_of, serving

SITES = {"requested_outputs": [O.SPLICE_SITES], "ontology_terms": None}
LONG_S = 60.0


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Workbench]:
    bench = Workbench(settings_in(tmp_path / "reader"))
    yield bench
    bench.close()


def test_the_server_keeps_answers_but_those_of_callers_who_keep_them(toys: Workbench) -> None:
    with serving(toys, "splice") as (server, plain):
        keeper = client_of(server.port, [("x-genoview-keeping", "caller")])
        keeper.predict_sequence("ACGT" * 4_096, **SITES)
        assert toys.store.size().entries == 0
        plain.predict_sequence("AACC" * 4_096, **SITES)
        while not toys.store.size().entries:  # an answer is sent before it is kept
            time.sleep(0.01)
        assert toys.store.size().entries == 1


def test_a_dashboard_keeps_what_a_server_tells_it(toys: Workbench, reader: Workbench) -> None:
    with serving(toys, "splice") as (server, _):
        model = LargeModel(SERVER, f"127.0.0.1:{server.port}", False, outputs=("splice_sites",))
        reader.change_large(lambda large: large.put(model))
        request = resolve("chr20:42,984,001-42,986,000", reader.assembly())
        job = reader.submit(request, "server.splice_sites")
        assert job.wait(LONG_S) and job.error is None
        assert (toys.store.size().entries, reader.store.size().entries) == (0, 1)
