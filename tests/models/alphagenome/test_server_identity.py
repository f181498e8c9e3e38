"""Other models at an address that was known: what the old ones said is not taken for theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.errors import BackendError
from genoview.models import registry
from genoview.models.alphagenome import server_identity
from genoview.models.alphagenome.cards import SERVER
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Entry
from genoview.query.resolve import resolve
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from tests.support.models.toy_backend import SpliceToy

pytest.importorskip("alphagenome")
app = pytest.importorskip("genoview.server.app")
NAME = "server.splice_sites"
LONG_S = 60.0


class Retrained(SpliceToy):
    """The same model by name, with other weights."""

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype, weight=0.5)


def bench_in(folder: Path) -> Workbench:
    environment = {
        "GENOVIEW_CACHE": str(folder / "cache"),
        "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
        "GENOVIEW_THREADS": "1",
    }
    return Workbench(read_settings(environment))


@contextmanager
def serving(folder: Path, model: type[SpliceToy], port: int = 0) -> Iterator[int]:
    entry = Entry(model.card.name, model.__module__, model.__name__)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "MODELS", (entry, *registry.MODELS))
        bench = bench_in(folder)
        server = app.Server(bench, app.Options((entry.name,), port=port))
        server.start()
        try:
            yield server.port
        finally:
            server.stop(0)
            bench.close()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Workbench]:
    bench = bench_in(tmp_path / "reader")
    yield bench
    bench.close()


def use(bench: Workbench, port: int) -> None:
    model = LargeModel(SERVER, f"127.0.0.1:{port}", secure=False, outputs=("splice_sites",))
    bench.change_large(lambda large: large.put(model))


def ask(bench: Workbench) -> Answer:
    request = resolve("chr20:42984264:G>A", bench.assembly())
    job = bench.submit(request, NAME)
    assert job.wait(LONG_S)
    if job.error is not None:
        raise job.error
    assert job.result is not None
    return job.result


@pytest.mark.parametrize("again", ["in the same process", "in a new one"])
def test_other_weights_at_the_same_address_are_run_again(
    reader: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    monkeypatch.setattr(server_identity, "FRESH_S", 0.0)
    with serving(tmp_path / "old", SpliceToy) as port:
        use(reader, port)
        first = ask(reader)
        assert ask(reader).version == first.version
    with serving(tmp_path / "new", Retrained, port):
        bench = reader if again == "in the same process" else bench_in(tmp_path / "reader")
        second = ask(bench)
        if bench is not reader:
            bench.close()
    assert not second.cached and second.version != first.version
    np.testing.assert_array_equal(second.ref.data.values, first.ref.data.values / 2)
    with serving(tmp_path / "old", SpliceToy, port):  # what it said before still holds
        bench = bench_in(tmp_path / "reader")
        third = ask(bench)
        bench.close()
    assert third.cached and third.version == first.version


def test_a_server_that_changes_between_two_looks_is_noticed_by_its_answer(
    reader: Workbench, tmp_path: Path
) -> None:
    with serving(tmp_path / "old", SpliceToy) as port:
        use(reader, port)
        backend = reader.backend(NAME)
        first = backend.version
    with serving(tmp_path / "new", Retrained, port):
        with pytest.raises(BackendError, match="has other models than before"):
            ask(reader)
        assert ask(reader).version != first


def test_an_unreachable_server_keeps_its_last_identity(reader: Workbench, tmp_path: Path) -> None:
    with serving(tmp_path / "old", SpliceToy) as port:
        use(reader, port)
        first = ask(reader)
    reader.queue.keep(0)
    again = ask(reader)
    assert again.version == first.version
    np.testing.assert_array_equal(again.ref.data.values, first.ref.data.values)


def test_a_server_sends_its_identity_without_a_key_and_without_computing(tmp_path: Path) -> None:
    with serving(tmp_path / "old", SpliceToy) as port:
        identity = server_identity.Watch(f"127.0.0.1:{port}", False).identity()
    assert identity.genome == "GRCh37"
    assert len(identity.models) == 16


def test_a_service_without_headers_has_no_identity() -> None:
    from tests.support.servers.loopback_service import Service, serve

    service = Service()
    server, address = serve(service)
    assert server_identity.Watch(address, False).identity() == server_identity.NOBODY
    assert service.n_asked == 0
    server.stop(None).wait()
