"""SpliceAI's weights from the installed package; where it is absent, what to do is said."""

from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval, reverse_complement
from genoview.errors import BackendError
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.splicing import spliceai
from genoview.models.splicing.spliceai import SpliceAI, load_networks, read_weights, weight_files

installed = pytest.mark.skipif(
    not (find_spec("spliceai") and find_spec("h5py")),
    reason="the package spliceai, or h5py, is not installed",
)


def test_it_is_no_model_of_the_dashboard_but_can_be_created() -> None:
    assert "spliceai" not in registry.default_models()
    assert registry.entry_of("spliceai").load_class() is SpliceAI
    assert "non-commercial" in (spliceai.__doc__ or "")


def test_the_error_of_an_absent_package_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spliceai, "find_spec", lambda name: None)
    with pytest.raises(BackendError, match=r"genoview\[spliceai\]"):
        registry.create("spliceai")


def test_package_without_its_files_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    result = ModuleSpec("spliceai", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(spliceai, "find_spec", lambda name: result)
    with pytest.raises(BackendError, match=r"spliceai1\.h5"):
        load_networks()


@installed
def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.h5").write_bytes(b"no HDF5")
    with pytest.raises(BackendError, match=r"other\.h5"):
        read_weights(tmp_path / "other.h5")


@installed
def test_parameters_on_the_card_are_those_of_the_files() -> None:
    n = sum(values.size for path in weight_files() for values in read_weights(path).values())
    assert n == SpliceAI.card.parameters


@installed
def test_canonical_sites_score_high(demo: Assembly) -> None:
    """Exon 8 of ADA, 43,251,470 to 43,251,571, on the reverse strand."""
    exon = Interval("chr20", 43_251_469, 43_251_571)
    model = SpliceAI()
    sequence = reverse_complement(demo.reference.fetch(exon.expanded(model.context_length)))
    values = model.predict_batch([sequence])[0]
    assert values[0, 0] > 0.9
    assert values[-1, 1] > 0.9
    assert np.delete(values[:, 0], 0).max() < 0.1
