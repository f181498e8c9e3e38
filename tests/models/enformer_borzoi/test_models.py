"""Enformer and Borzoi by their packages, on tiny untrained models that are saved here."""

import json
from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import Assay
from genoview.errors import BackendError
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.enformer_borzoi.models import TARGETS, Borzoi, Enformer
from genoview.models.enformer_borzoi.target_table import described_targets, read_targets, unsquashed
from genoview.models.weights.untrained import is_untrained

TABLE = """index\tidentifier\tclip_soft\tscale\tsum_stat\tdescription
0\tENC1\t32\t2.0\tmean\tDNASE:K562
1\tENC2\t32\t2.0\tmean\tCHIP:CTCF:GM12878
2\tENC3\t32\t2.0\tmean\tCHIP:H3K27ac:liver
3\tCN1+\t384\t1.0\tsum\tCAGE:liver
4\tEN9-\t384\t0.5\tsum_sqrt\tRNA:liver
"""
DNASE_AND_CAGE = Choice(assays=(Assay.DNASE.label, Assay.CAGE.label))
LIVER_RNA = Choice(assays=(Assay.RNA_SEQ.label,))


def bases(length: int) -> str:
    return "".join(np.random.default_rng(5).choice(list("ACGT"), length))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / TARGETS
    path.write_text(TABLE)
    return path


def test_a_table_says_what_each_track_is(table: Path) -> None:
    tracks = described_targets(read_targets(table))
    assert [(track.label, track.assay) for track in tracks] == [
        ("K562, DNase-seq (ENC1)", Assay.DNASE),
        ("GM12878, CTCF (ENC2)", Assay.CHIP_TF),
        ("liver, H3K27ac (ENC3)", Assay.CHIP_HISTONE),
        ("liver, CAGE (CN1) (+)", Assay.CAGE),
        ("liver, RNA-seq (EN9) (-)", Assay.RNA_SEQ),
    ]


def test_squashed_values_come_back_to_what_they_were(table: Path) -> None:
    targets = read_targets(table)[3:]
    true = np.array([[10.0, 16.0], [1_000.0, 10_000.0]])
    kept = true ** np.array([1.0, 0.75])
    kept = np.where(kept > 384, 384 + np.sqrt(np.maximum(kept - 384, 0)), kept) * np.array(
        [1.0, 0.5]
    )
    result = unsquashed(kept.astype(np.float32), targets)
    np.testing.assert_allclose(result, true, rtol=1e-4)


def test_a_file_that_is_no_table_is_an_error(table: Path) -> None:
    table.write_text("nothing\nhere\n")
    with pytest.raises(BackendError, match="identifier and description"):
        read_targets(table)


def test_a_folder_that_names_no_tracks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=TARGETS):
        Enformer(str(tmp_path), Choice())


def test_a_folder_may_say_that_nobody_trained_it(tmp_path: Path) -> None:
    assert not is_untrained(str(tmp_path))
    (tmp_path / "genoview.json").write_text(json.dumps({"random_weights": True}))
    assert is_untrained(str(tmp_path))
    (tmp_path / "genoview.json").write_text("[]")
    with pytest.raises(BackendError, match="random_weights"):
        is_untrained(str(tmp_path))


def test_enformer_predicts_the_centre_of_what_it_reads(table: Path) -> None:
    package = pytest.importorskip("enformer_pytorch")
    import torch

    torch.manual_seed(2)
    network = package.Enformer.from_hparams(
        dim=24, depth=1, heads=2, dim_divisible_by=2, output_heads={"human": 5, "mouse": 2}
    ).eval()
    network.save_pretrained(table.parent, safe_serialization=False)
    backend = Enformer(str(table.parent), DNASE_AND_CAGE)
    interval = Interval("chr1", 1_000_000, 1_010_000)
    read, grid = backend.read_window(interval), backend.grid(interval)
    assert (read.width, grid.width) == (196_608, 114_688)
    assert grid.start - read.start == read.end - grid.end == 40_960
    sequence = bases(backend.window(interval).width)
    result = backend.predict(sequence, interval)
    assert result.data.interval == grid
    codes = np.frombuffer(sequence[: read.width].encode(), np.uint8)
    one_hot = torch.from_numpy(np.stack([codes == ord(b) for b in "ACGT"], 1).astype(np.float32))
    with torch.inference_mode():
        expected = network(one_hot[None], head="human")[0, :, [0, 3]].numpy()
    np.testing.assert_allclose(result.data.values, expected, rtol=1e-4, atol=1e-6)
    middle = read.start + read.width // 2
    ref = sequence[middle - read.start]
    variant = Variant("chr1", middle + 1, ref, "A" if ref != "A" else "C")
    after = backend.predict_alternate(result, sequence, variant)
    assert after.data.interval == grid
    assert np.abs(after.data.values - result.data.values).max() > 0
    with pytest.raises(BackendError, match="lies outside"):
        backend.predict_alternate(result, sequence, Variant("chr1", read.start + 9, "A", "C"))


def test_enformer_loads_only_what_it_can(table: Path) -> None:
    pytest.importorskip("enformer_pytorch")
    (table.parent / "config.json").write_text("{")
    with pytest.raises(BackendError, match="cannot be loaded as Enformer"):
        Enformer(str(table.parent), DNASE_AND_CAGE)


def test_borzoi_gives_the_wanted_tracks_on_the_scale_of_the_experiments(tmp_path: Path) -> None:
    package = pytest.importorskip("borzoi_pytorch")
    import torch

    torch.manual_seed(2)
    length, n_bins = 16_384, 256
    network = package.Borzoi.from_hparams(
        dim=32, depth=1, heads=2, attn_dim_key=8, attn_dim_value=16, bins_to_return=n_bins
    ).eval()
    network.save_pretrained(tmp_path)
    facts = Borzoi.facts(str(tmp_path))
    assert len(facts) == 7_611
    column = next(i for i, row in enumerate(facts) if row.name == "ENCFF281BWX")
    choice = Choice(factors=("GATA4",), assays=(Assay.CHIP_TF.label,))
    assert len(choice.columns(facts)) > 0
    backend = Borzoi(str(tmp_path), choice, window_length=length)
    interval = Interval("chr1", 1_000_000, 1_004_000)
    assert backend.grid(interval).width == n_bins * 32
    sequence = bases(backend.window(interval).width)
    result = backend.predict(sequence, interval)
    columns = list(choice.columns(facts))
    codes = np.frombuffer(sequence[:length].encode(), np.uint8)
    one_hot = torch.from_numpy(np.stack([codes == ord(b) for b in "ACGT"]).astype(np.float32))
    with torch.inference_mode():
        raw = network(one_hot[None])[0].transpose(0, 1).numpy()
    targets = read_targets(Borzoi._table(""))
    expected = unsquashed(raw[:, columns], [targets[i] for i in columns])
    np.testing.assert_allclose(result.data.values, expected, rtol=1e-3, atol=1e-5)
    # The package's own way back, for RNA-seq of its scale.
    own = package.pytorch_borzoi_utils.undo_squashed_scale(
        torch.from_numpy(raw[:, [column]]), track_scale=targets[column].scale
    )
    mine = unsquashed(raw[:, [column]], [targets[column]])
    np.testing.assert_allclose(mine, own.numpy(), rtol=1e-3)
