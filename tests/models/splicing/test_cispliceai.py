"""CI-SpliceAI against its own TensorFlow graph, and against the contract of a backend.

The fixture is made by scripts/fixtures/make_cispliceai_fixture.py from chr20 of GRCh37.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.prediction import Prediction
from genoview.data.track_data import FloatArray
from genoview.errors import BackendError
from genoview.models.splicing.cispliceai import WEIGHTS, CISpliceAI, load_networks
from genoview.models.splicing.splice_network import CONTEXT_LENGTH
from genoview.models.splicing.splice_sites import SpliceSites
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "cispliceai.npz"
ADA, HNF4A, MASKED = 0, 1, 2  # windows of the fixture; the last has N in its context and core
ACCEPTOR_PLUS, DONOR_PLUS, ACCEPTOR_MINUS, DONOR_MINUS = range(4)


@dataclass(frozen=True)
class Window:
    """Real sequence, and what TensorFlow says of it: float32[bins, 4] in our order of tracks."""

    interval: Interval
    sequence: str
    expected: FloatArray


@pytest.fixture(scope="module")
def windows() -> list[Window]:
    with np.load(FIXTURE) as arrays:
        result = []
        for i in range(len(arrays["names"])):
            forward, reverse = arrays[f"forward{i}"], arrays[f"reverse{i}"]
            expected = np.concatenate([forward[:, 1:], reverse[::-1, 1:]], axis=1)
            start = int(arrays[f"start{i}"])
            interval = Interval("chr20", start, start + len(expected))
            result.append(Window(interval, arrays[f"sequence{i}"].tobytes().decode(), expected))
    return result


@pytest.fixture
def model(shared_model: CISpliceAI) -> CISpliceAI:
    return shared_model


@pytest.fixture(scope="module")
def shared_model() -> CISpliceAI:
    return CISpliceAI()


@pytest.fixture(scope="module")
def predictions(shared_model: CISpliceAI, windows: list[Window]) -> list[Prediction]:
    return [shared_model.predict(window.sequence, window.interval) for window in windows]


@pytest.mark.parametrize("i", [ADA, HNF4A, MASKED])
def test_prediction_equals_the_tensorflow_graph(
    predictions: list[Prediction], windows: list[Window], i: int
) -> None:
    assert windows[i].expected.max() > 0.9
    np.testing.assert_allclose(predictions[i].data.values, windows[i].expected, rtol=0, atol=1e-5)


def test_tracks_are_acceptor_and_donor_of_plus_then_of_minus() -> None:
    labels = [track.label for track in CISpliceAI.tracks]
    assert labels == [
        "Splice acceptor (+)",
        "Splice donor (+)",
        "Splice acceptor (-)",
        "Splice donor (-)",
    ]


@pytest.mark.parametrize(
    ("window", "column", "exon_base"),  # 1-based, first or last base of an annotated exon
    [
        (ADA, ACCEPTOR_MINUS, 43_251_571),
        (ADA, DONOR_MINUS, 43_251_470),
        (ADA, ACCEPTOR_MINUS, 43_251_719),
        (ADA, DONOR_MINUS, 43_251_648),
        (HNF4A, ACCEPTOR_PLUS, 43_042_334),
        (HNF4A, DONOR_PLUS, 43_042_440),
        (HNF4A, ACCEPTOR_PLUS, 43_043_147),
        (HNF4A, DONOR_PLUS, 43_043_302),
    ],
)
def test_canonical_splice_site_scores_high_on_its_own_track_only(
    predictions: list[Prediction], window: int, column: int, exon_base: int
) -> None:
    data = predictions[window].data
    row = data.values[exon_base - 1 - data.interval.start]
    assert row[column] > 0.9
    assert np.delete(row, column).max() < 0.01


@pytest.mark.parametrize(("tile_length", "batch_size"), [(400, 1), (350, 2)])
def test_tiled_prediction_equals_untiled(
    model: CISpliceAI,
    predictions: list[Prediction],
    windows: list[Window],
    monkeypatch: pytest.MonkeyPatch,
    tile_length: int,
    batch_size: int,
) -> None:
    monkeypatch.setattr(model, "tile_length", tile_length)
    monkeypatch.setattr(model, "batch_size", batch_size)
    tiled = model.predict(windows[ADA].sequence, windows[ADA].interval)
    np.testing.assert_allclose(tiled.data.values, predictions[ADA].data.values, rtol=0, atol=1e-6)


def test_reverse_complement_swaps_strands_and_order(
    model: CISpliceAI, predictions: list[Prediction], windows: list[Window]
) -> None:
    window = windows[ADA]
    mirrored = model.predict(reverse_complement(window.sequence), window.interval).data.values
    swapped = [ACCEPTOR_MINUS, DONOR_MINUS, ACCEPTOR_PLUS, DONOR_PLUS]
    np.testing.assert_allclose(
        mirrored[::-1, swapped], predictions[ADA].data.values, rtol=0, atol=1e-6
    )


def test_unknown_sequence_has_no_splice_sites(model: CISpliceAI) -> None:
    interval = Interval("chr20", 0, 10)
    values = model.predict("N" * model.window(interval).width, interval).data.values
    assert np.isfinite(values).all()
    assert 0 <= values.min() <= values.max() < 0.01


@pytest.mark.parametrize(
    ("ref_length", "alt", "new_donor"),  # row of the donor that takes over in ALT
    [(1, "A", 147), (1, "GCAGGTAAGT", 140), (7, "G", 147)],
    ids=["substitution", "insertion", "deletion"],
)
def test_alternate_equals_whole_haplotype_aligned_by_hand(
    model: CISpliceAI,
    predictions: list[Prediction],
    windows: list[Window],
    ref_length: int,
    alt: str,
    new_donor: int,
) -> None:
    window, at = windows[HNF4A], 140  # the first base of an intron: the G of its GT
    in_window = CONTEXT_LENGTH + at
    ref = window.sequence[in_window : in_window + ref_length]
    assert ref[0] == "G"
    variant = Variant("chr20", window.interval.start + at + 1, ref, alt)
    haplotype = window.sequence[:in_window] + alt + window.sequence[in_window + ref_length :]
    longer = Interval("chr20", 0, window.interval.width + len(alt) - ref_length)
    whole = model.predict(haplotype, longer).data.values
    behind = whole[at + len(alt) :]
    anchor = whole[at : at + len(alt)].max(axis=0, keepdims=True)
    deleted = np.zeros((ref_length - 1, 4), np.float32)
    expected = np.concatenate([whole[:at], anchor, deleted, behind])

    alternate = model.predict_alternate(predictions[HNF4A], window.sequence, variant)

    np.testing.assert_allclose(alternate.data.values, expected, rtol=0, atol=1e-6)
    assert (
        predictions[HNF4A].data.values[at - 1, DONOR_PLUS]
        > 0.9
        > 0.1
        > expected[at - 1, DONOR_PLUS]
    )
    assert expected[:500, DONOR_PLUS].argmax() == new_donor


class OneNetwork(SpliceSites):
    """The first of the networks, which takes a fifth of the time."""

    card = CISpliceAI.card

    def __init__(self) -> None:
        super().__init__(load_networks()[:1], "", "cpu", "float32")


def test_variant_changes_nothing_beyond_its_reach(windows: list[Window]) -> None:
    model = OneNetwork()
    sequence = (windows[ADA].sequence + windows[HNF4A].sequence)[: 5_300 + 2 * CONTEXT_LENGTH]
    interval = Interval("chr20", CONTEXT_LENGTH, len(sequence) - CONTEXT_LENGTH)
    at = interval.start + 60
    variant = Variant("chr20", at + 1, sequence[at], "T" if sequence[at] == "G" else "G")
    assert model.reach(variant, interval).end == at + 1 + CONTEXT_LENGTH < interval.end - 200
    reference = model.predict(sequence, interval)
    whole = model.predict(variant.apply(sequence, Interval("chr20", 0, len(sequence))), interval)
    alternate = model.predict_alternate(reference, sequence, variant)
    np.testing.assert_allclose(alternate.data.values, whole.data.values, rtol=0, atol=1e-6)
    assert np.abs(whole.data.values - reference.data.values).max() > 1e-3


def test_context_is_five_thousand_bases() -> None:
    assert CONTEXT_LENGTH == CISpliceAI.context_length == 5_000


def test_parameters_on_the_card_are_those_of_the_file() -> None:
    assert sum(values.size for values in load_file(WEIGHTS).values()) == CISpliceAI.card.parameters


def test_digest_is_of_the_weights_and_stands_in_the_licence_file(model: CISpliceAI) -> None:
    digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    assert model.weights_digest == digest
    assert digest in WEIGHTS.with_name("cispliceai.LICENCE.md").read_text()


def test_version_tells_the_dtypes_apart(model: CISpliceAI) -> None:
    assert CISpliceAI(dtype="bfloat16").version != model.version


def test_missing_weights_name_the_script_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="convert_cispliceai"):
        load_networks(tmp_path / "absent.safetensors")


@pytest.mark.parametrize("content", [b"", b"not safetensors"])
def test_damaged_weights_name_the_script_that_makes_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.safetensors"
    path.write_bytes(content)
    with pytest.raises(BackendError, match="convert_cispliceai"):
        load_networks(path)


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"weight": np.zeros((5, 3), np.float32)}, path)
    with pytest.raises(BackendError, match="cannot be read as the weights of CI-SpliceAI"):
        load_networks(path)
