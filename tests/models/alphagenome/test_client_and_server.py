"""A genoview server as the backend of another genoview: what it serves is what it computes."""

from pathlib import Path

import numpy as np
import pytest

from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.alphagenome.cards import SERVER
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Entry
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from tests.support.models.toy_backend import SpliceToy

pytest.importorskip("alphagenome")
app = pytest.importorskip("genoview.server.app")


@pytest.mark.parametrize("variant", ["chr20:42984264:G>A", "chr20:42984264:G>GAC"])
def test_a_server_gives_what_its_model_gives(
    demo: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    entry = Entry(SpliceToy.card.name, SpliceToy.__module__, SpliceToy.__name__)
    monkeypatch.setattr(registry, "MODELS", (entry, *registry.MODELS))
    environment = {"GENOVIEW_CACHE": str(tmp_path), "GENOVIEW_CONFIG": str(tmp_path / "a.toml")}
    bench = Workbench(read_settings(environment | {"GENOVIEW_THREADS": "1"}))
    server = app.Server(bench, app.Options((entry.name,), port=0))
    server.start()
    try:
        large = LargeModels(tmp_path)
        address = f"127.0.0.1:{server.port}"
        large.put(LargeModel(SERVER, address, secure=False, outputs=("splice_sites",)))
        request = resolve(variant, demo)
        remote = answer(request, large.create("server.splice_sites"), demo)
        own = answer(request, SpliceToy(), demo)
        assert remote.alt is not None and own.alt is not None
        core = request.variant.interval.expanded(3_000)
        assert remote.ref.data.interval.contains(core)
        columns = [
            [track.label for track in own.ref.data.tracks].index(track.label)
            for track in remote.ref.data.tracks
        ]
        for theirs, ours in ((remote.ref, own.ref), (remote.alt, own.alt)):
            expected = ours.data.slice(core).values[:, columns]
            np.testing.assert_array_equal(theirs.data.slice(core).values, expected)
        assert (remote.alt.data.values != remote.ref.data.values).any()
    finally:
        server.stop(0)
        bench.close()
