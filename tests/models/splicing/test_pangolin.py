"""Pangolin: the published files where they are, and everywhere files of the same shape."""

from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.track_data import AlleleTracks
from genoview.errors import BackendError, Cancelled
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.splicing.pangolin import TISSUES, Pangolin
from genoview.models.variant_batch import Edit, EditedStrand
from genoview.scoring import gain_loss
from tests.support.models.weights_here import PUBLISHED, needs_weights, pangolin_files
from tests.support.paths import FIXTURES

FIXTURE = np.load(FIXTURES / "pangolin.npz")
# Of a probability, between two ways to sum the same network in float32; random values are larger.
CLOSE = {"published": 2e-6, "random": 1e-5}
TOLERANCE = 1e-5  # of a probability; folding the normalisations rounds otherwise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pangolin_files(tmp_path_factory.mktemp("pangolin"))


@pytest.fixture(scope="module")
def random(folder: Path) -> Pangolin:
    return Pangolin(folder)


@needs_weights("pangolin")
@pytest.mark.parametrize("window", [0, 1])
def test_it_agrees_with_the_published_network(published: Path, window: int) -> None:
    model = Pangolin(published / "pangolin")
    sequence = FIXTURE[f"sequence{window}"].tobytes().decode()
    for strand, bases in (("forward", sequence), ("reverse", reverse_complement(sequence))):
        output = model.predict_batch([bases])[0]
        np.testing.assert_allclose(output, FIXTURE[f"{strand}{window}"], atol=TOLERANCE)
    assert FIXTURE["reverse0"].max() > 0.8  # exon 8 of ADA has its sites there


@needs_weights("pangolin")
@pytest.mark.parametrize("row", range(3))
def test_gain_and_loss_are_those_of_the_original_rule(
    published: Path, demo: Assembly, row: int
) -> None:
    """Within 50 bp, on the reverse strand, not masked."""
    _, pos, change = str(FIXTURE["variants"][row]).split(":")
    variant = Variant("chr20", int(pos), *change.split(">"))
    interval = variant.interval.expanded(50)
    model = Pangolin(published / "pangolin")
    sequence = demo.reference.fetch(model.window(interval))
    ref = model.predict(sequence, interval)
    alt = model.predict_alternate(ref, sequence, variant)
    result = gain_loss(AlleleTracks(ref.data, alt.data), variant, "-", 50)
    gain, gain_bp, loss, loss_bp = FIXTURE["scores"][row]
    assert result.gain.score == pytest.approx(gain, abs=2e-5)
    assert result.loss.score == pytest.approx(-loss, abs=2e-5)
    if gain > 0.1:
        assert result.gain.position == gain_bp
    assert result.loss.position == loss_bp


@needs_weights("pangolin")
def test_the_card_counts_what_the_files_hold(published: Path) -> None:
    state = torch.load(published / "pangolin" / "final.1.0.3.v2", "cpu", weights_only=True)
    n = sum(v.numel() for k, v in state.items() if "running" not in k and "num" not in k)
    assert 12 * n == Pangolin.card.parameters


def test_tracks_are_tissues_on_both_strands(random: Pangolin) -> None:
    assert [track.group for track in random.tracks] == [*TISSUES] * 2
    assert all(
        track.biosample and track.biosample.curie.startswith("UBERON:") for track in random.tracks
    )
    assert len({track.label for track in random.tracks}) == 8


def test_a_readout_is_that_of_its_tissue(folder: Path, random: Pangolin) -> None:
    """Each tissue is the mean of its own three files, by the readout that is its own."""
    sequence = "ACGTTGCA" * 1_251
    output = random.predict_batch([sequence])
    assert output.shape == (1, 8, 4)
    assert output.dtype == np.float32
    assert ((output > 0) & (output < 1)).all()
    assert len(np.unique(output[0, 0].round(6))) == 4


def test_the_error_of_absent_files_names_the_command_that_adds_them(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"not here.*final\.1\.0\.3\.v2 and 11 more.*models add"):
        registry.create("pangolin", models_dir=tmp_path)


@pytest.mark.parametrize("content", [b"", b"no weights", b"PK\x03\x04"])
def test_a_file_that_is_none_of_its_networks_is_named(
    folder: Path, tmp_path: Path, content: bytes
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "final.2.4.3.v2").unlink()
    (tmp_path / "final.2.4.3.v2").write_bytes(content)
    with pytest.raises(BackendError, match=r"final\.2\.4\.3\.v2"):
        Pangolin(tmp_path)


def test_a_file_that_would_run_code_is_not_opened(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    bad = tmp_path / "final.1.0.3.v2"
    bad.unlink()
    torch.save({"conv1.weight": Interval("chr1", 0, 1)}, bad)
    with pytest.raises(BackendError, match="more than weights"):
        Pangolin(tmp_path)


def edits_of(sequence: str) -> list[Edit]:
    """A substitution, an insertion and a deletion; the last lies in a stretch of its own."""
    changes = (
        (5_100, 1, "other"),
        (5_140, 1, "+ACGTACG"),
        (12_400, 6, "same"),
    )
    result = []
    for start, length, kind in changes:
        alt = sequence[start] + kind[1:] if kind[0] == "+" else sequence[start]
        if kind == "other":
            alt = "A" if alt != "A" else "C"
        result.append(Edit(start, length, alt, start - 20, start + 21))
    return result


@pytest.mark.parametrize("weights", ["random", "published"])
def test_shared_work_comes_to_the_same_as_each_allele_by_itself(
    weights: str, folder: Path, demo: Assembly
) -> None:
    if weights == "published" and not (PUBLISHED / "pangolin").is_dir():
        pytest.skip("GENOVIEW_MODELS names no folder with the published files of pangolin")
    model = Pangolin(folder if weights == "random" else PUBLISHED / "pangolin")
    for networks in model._tissues:
        del networks[2]  # a mean of two shows the same
    window = Interval("chr20", 43_251_000, 43_251_000 + 17_600)
    sequence = reverse_complement(demo.reference.fetch(window))
    strand = EditedStrand(sequence, edits_of(sequence))
    [quick] = model.predict_strands([strand])
    [whole] = Backend.predict_strands(model, [strand])
    for edit, got, expected in zip(strand.edits, quick, whole, strict=True):
        assert got.ref.shape == (41, 4)
        assert got.alt.shape == (41 + edit.length_change, 4)
        np.testing.assert_allclose(got.ref, expected.ref, rtol=0, atol=CLOSE[weights])
        np.testing.assert_allclose(got.alt, expected.alt, rtol=0, atol=CLOSE[weights])
        assert np.abs(expected.alt).max() > 0


def test_shared_work_says_how_far_it_is_and_can_be_cancelled(random: Pangolin) -> None:
    sequence = "ACGT" * 2_600
    edit = Edit(5_100, 1, "C" if sequence[5_100] != "C" else "A", 5_095, 5_106)
    shares: list[float] = []
    random.predict_strands([EditedStrand(sequence, [edit])], shares.append)
    assert shares == pytest.approx([i / 12 for i in range(13)])

    def stop(share: float) -> None:
        if share > 0.2:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        random.predict_strands([EditedStrand(sequence, [edit])], stop)
