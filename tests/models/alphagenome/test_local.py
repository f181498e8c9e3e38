"""AlphaGenome from a folder, end to end on a small untrained model that is saved here."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("alphagenome_pt")

import torch
from alphagenome_pt import AlphaGenome

from genoview.errors import BackendError
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.export import provenance_of
from genoview.models import window_memory
from genoview.models.alphagenome.cards import LOCAL, LOCAL_CARD
from genoview.models.alphagenome.local import AlphaGenomeWeights
from genoview.models.alphagenome.outputs import OUTPUTS, AlphaGenomeOutput, Shared
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from tests.support.models.reduced_alphagenome import LENGTH, save_reduced

SEQUENCE = "".join(np.random.default_rng(3).choice(list("ACGTN"), LENGTH))
HEADS = {
    "splice_sites": ("splice_sites_classification", "predictions"),
    "splice_site_usage": ("splice_sites_usage", "predictions"),
    "contact_maps": ("contact_maps", "predictions"),
    "chip_tf": ("chip_tf", "predictions_128bp"),
    "chip_histone": ("chip_histone", "predictions_128bp"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = tmp_path_factory.mktemp("weights")
    save_reduced(result)
    return result


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, dict[str, torch.Tensor]]:
    """What the package itself predicts, all heads and tracks at once."""
    model = AlphaGenome.load(folder).eval()
    result: dict[str, dict[str, torch.Tensor]] = model.predict(SEQUENCE, 0)
    return result


@pytest.mark.parametrize("name", [n for n in OUTPUTS if n != "splice_junctions"])
def test_the_wanted_tracks_are_those_of_the_package(
    folder: Path, expected: dict[str, dict[str, torch.Tensor]], name: str
) -> None:
    head, key = HEADS.get(name, (name, "predictions_1bp"))
    reference = expected[head][key][0].numpy()
    source, columns = AlphaGenomeWeights(folder), (2, 0)
    result = source.predict(SEQUENCE, {name: columns})[name]
    values = result.contacts.values if result.contacts is not None else result.data.values
    np.testing.assert_allclose(values, reference[..., [2, 0]], rtol=1e-5, atol=1e-6)


def test_junctions_pair_donors_with_acceptors_behind_them(
    folder: Path, expected: dict[str, dict[str, torch.Tensor]]
) -> None:
    whole = expected["splice_sites_junction"]
    donors, acceptors, minus_donors, minus_acceptors = whole["splice_site_positions"][0].numpy()
    values = whole["predictions"][0].numpy()
    result = AlphaGenomeWeights(folder).predict(SEQUENCE, {"splice_junctions": (1,)})
    junctions = result["splice_junctions"].junctions
    assert junctions is not None and len(junctions) > 0
    known = {
        (int(d) + 1, int(a), 1): values[i, j, 1]
        for i, d in enumerate(donors)
        for j, a in enumerate(acceptors)
        if d + 1 < a
    }
    n_tissues = values.shape[2] // 2
    known |= {
        (int(a) + 1, int(d), -1): values[i, j, n_tissues + 1]
        for i, d in enumerate(minus_donors)
        for j, a in enumerate(minus_acceptors)
        if a + 1 < d
    }
    assert sorted(junctions.ends) == sorted(known)
    for place, value in zip(junctions.ends, junctions.values[:, 0], strict=True):
        assert value == pytest.approx(known[place], rel=1e-4)


def test_both_alleles_of_a_variant_through_the_pipeline(folder: Path, demo: Assembly) -> None:
    source = AlphaGenomeWeights(folder, "mouse")
    shared = Shared(source, ("rna_seq",), Choice())
    card = LOCAL_CARD
    backend = AlphaGenomeOutput(card, shared, "rna_seq")
    result = answer(resolve("chr20:43042364:C>T", demo), backend, demo)
    assert result.alleles is not None
    assert result.ref.data.interval.width == LENGTH
    assert np.isfinite(result.alleles.alt.values).all()
    assert np.abs(result.alleles.difference().values).max() > 0


def test_what_nobody_trained_is_drawn_under_a_banner(folder: Path, demo: Assembly) -> None:
    with tempfile.TemporaryDirectory() as settings:
        large = LargeModels(Path(settings))
        large.put(LargeModel(LOCAL, str(folder), outputs=("dnase",)))
        (name,) = large.names
        request = resolve("chr20:43,042,001-43,044,000", demo)
        result = answer(request, large.create(name), demo)
    assert result.card.random_weights
    figure = build_figure(Scene(request, demo, [result]), request.locus.interval, Options())
    assert any("RANDOM WEIGHTS" in note.text for note in figure.layout.annotations)
    assert provenance_of(request, [result]).random_weights
    assert "16,384 bp at once" in provenance_of(request, [result]).notes[0]


def test_an_untrained_model_is_marked(folder: Path, tmp_path: Path) -> None:
    assert AlphaGenomeWeights(folder).random_weights
    save_reduced(tmp_path)
    (tmp_path / "genoview.json").unlink()
    assert AlphaGenomeWeights(tmp_path).random_weights
    (tmp_path / "genoview.json").write_text(json.dumps({"random_weights": False}))
    assert not AlphaGenomeWeights(tmp_path).random_weights
    (tmp_path / "genoview.json").write_text("{}")
    with pytest.raises(BackendError, match="random_weights"):
        AlphaGenomeWeights(tmp_path)


def test_bfloat16_is_another_version_close_by(folder: Path) -> None:
    exact, coarse = AlphaGenomeWeights(folder), AlphaGenomeWeights(folder, dtype="bfloat16")
    assert exact.identity != coarse.identity
    wanted = {"atac": (0,)}
    a, b = (source.predict(SEQUENCE, wanted)["atac"].data.values for source in (exact, coarse))
    assert not np.array_equal(a, b)
    assert np.corrcoef(a[:, 0], b[:, 0])[0, 1] > 0.99


def test_a_window_that_does_not_fit_is_an_error_beforehand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, wanted = AlphaGenomeWeights(folder), {"atac": (0,)}
    half = window_memory.needed_bytes(source._model, LENGTH // 2, wanted)
    assert half < window_memory.needed_bytes(source._model, LENGTH, wanted)
    monkeypatch.setattr(window_memory, "available_bytes", lambda device: half)
    with pytest.raises(BackendError, match=r"16,384 bp take about .* on cpu.*About 8,192 bp would"):
        source.predict(SEQUENCE, wanted)


def test_a_folder_without_weights_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="holds no weights of AlphaGenome"):
        AlphaGenomeWeights(tmp_path)


def test_a_damaged_file_is_an_error(folder: Path, tmp_path: Path) -> None:
    save_reduced(tmp_path)
    path = tmp_path / "config.json"
    path.write_text(path.read_text().replace('"num_channels": 24', '"num_channels": 48'))
    with pytest.raises(BackendError, match="cannot be read as weights"):
        AlphaGenomeWeights(tmp_path).facts("atac")
