"""MTSplice against its own package's Keras models, on exons of chromosome 20."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from genoview.errors import BackendError
from genoview.models.exons.mtsplice import WEIGHTS, MTSplice, load_ensembles, tissue_halves
from genoview.models.exons.tissues import EYE, TISSUES
from tests.support.models.exon_pairs import Arrays, Pair, exon_pairs
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "mtsplice.npz"
MARGIN = 330  # bp of sequence around each exon of the fixture
TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def model() -> MTSplice:
    return MTSplice()


@pytest.fixture(scope="module")
def expected() -> Arrays:
    with np.load(FIXTURE) as arrays:
        return dict(arrays)


@pytest.fixture(scope="module")
def pairs(expected: Arrays) -> list[Pair]:
    """REF and ALT of each exon of the fixture with its variant."""
    return exon_pairs(expected, MARGIN, MTSplice.intron_length)


def test_the_fixture_has_300_exons_with_and_without_introns(expected: Arrays) -> None:
    assert len(expected["exons"]) == 300
    assert (expected["exons"][:, 2:] == 0).any(axis=1).sum() > 30
    growth = np.char.str_len(expected["alts"]) - np.char.str_len(expected["refs"])
    assert min((growth == 0).sum(), (growth > 0).sum(), (growth < 0).sum()) > 30


def test_halves_are_cut_out_as_the_package_cuts_them(expected: Arrays, pairs: list[Pair]) -> None:
    halves = [tissue_halves(alt) for _, alt in pairs]
    assert {len(half) for both in halves for half in both} == {400}
    ends = [f"{left[:8]}{left[-9:]}|{right[:9]}{right[-8:]}" for left, right in halves]
    assert ends == expected["halves_alt"].tolist()


@pytest.mark.parametrize("allele", [0, 1])
def test_both_ensembles_are_those_of_the_package(
    model: MTSplice, expected: Arrays, pairs: list[Pair], allele: int
) -> None:
    for ensemble in ("shallow", "deep"):
        published = expected[f"{ensemble}_{('ref', 'alt')[allele]}"].astype(np.float64)
        texts = [pair[allele] for pair in pairs[: len(published)]]
        ours = model.log_odds(texts, shallow=ensemble == "shallow")
        np.testing.assert_allclose(ours, published, rtol=0, atol=TOLERANCE)


def test_the_change_is_alt_minus_ref_where_the_package_adds_alt_alone(
    model: MTSplice, expected: Arrays, pairs: list[Pair]
) -> None:
    """So that an allele that changes nothing changes nothing in any tissue."""
    changes = model.changes(pairs[:12])
    published = (expected["deep_alt"] - expected["deep_ref"]).astype(np.float64)
    np.testing.assert_allclose(changes, published[:12], rtol=0, atol=2 * TOLERANCE)
    same = model.changes([(pairs[0][0], pairs[0][0])])
    np.testing.assert_allclose(same, 0, atol=1e-6)
    alone, change = np.abs(expected["deep_alt"]), np.abs(published)
    assert np.median(alone) > 5 * np.median(change)


def test_how_many_are_read_together_changes_nothing(model: MTSplice, pairs: list[Pair]) -> None:
    alone = model.changes(pairs[3:4], shallow=True)
    together = model.changes(pairs[:6], shallow=True)[3:4]
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-5)
    assert model.changes([]).shape == (0, 56)


def test_tissues_are_named_once_and_those_of_the_eye_come_first() -> None:
    assert len(set(TISSUES)) == len(TISSUES) == 56
    assert [name.partition(" - ")[0] for name in TISSUES].count("Eye") == EYE
    assert all(name.startswith("Eye") for name in TISSUES[:EYE])


def test_parameters_and_digest_are_those_of_the_file(model: MTSplice) -> None:
    weights = load_file(WEIGHTS)
    n_parameters = sum(values.size for name, values in weights.items() if name != "basis")
    assert n_parameters == MTSplice.card.parameters
    notice = WEIGHTS.with_name("mtsplice.LICENCE.md").read_text()
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in notice
    assert model.version.endswith("-float32")


def test_a_damaged_file_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "mtsplice.safetensors"
    path.write_text("")
    with pytest.raises(BackendError, match="as the weights of MTSplice"):
        load_ensembles(path)
