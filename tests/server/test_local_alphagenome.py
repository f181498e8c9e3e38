"""AlphaGenome's weights of this machine, served: a reduced, untrained model that is saved here."""

from pathlib import Path

import numpy as np
import pytest

from tests.server.conftest import settings_in
from tests.server.serving import OURS, WINDOW, O, serving

pytest.importorskip("alphagenome_pt")

from genoview.models.alphagenome.cards import LOCAL
from genoview.models.configured_file import LargeModel
from genoview.runtime.workbench import Workbench
from tests.support.models.reduced_alphagenome import save_reduced


def test_local_weights_are_served_as_they_predict(tmp_path: Path) -> None:
    save_reduced(tmp_path / "weights")
    bench = Workbench(settings_in(tmp_path))
    model = LargeModel(LOCAL, str(tmp_path / "weights"), outputs=("atac", "chip_tf"))
    bench.change_large(lambda large: large.put(model))
    with serving(bench, *model.names) as (_, client):
        metadata = client.output_metadata()
        assert metadata.atac is not None and metadata.rna_seq is None
        assert "random weights" in metadata.atac["data_source"][0]
        sequence = bench.assembly().reference.fetch(bench.backend(model.names[0]).window(OURS))[
            : WINDOW.width
        ]
        found = client.predict_sequence(
            sequence, requested_outputs=[O.ATAC, O.CHIP_TF], ontology_terms=None
        )
        for name in ("atac", "chip_tf"):
            backend = bench.backend(f"{LOCAL}.{name}")
            expected = backend.predict_window(sequence).data.values
            np.testing.assert_array_equal(getattr(found, name).values, expected)
    bench.close()
