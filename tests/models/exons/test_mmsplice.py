"""MMSplice against its own package: both alleles cut out, modules, and linear models."""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import load_file

from genoview.errors import BackendError
from genoview.models.exons.contract import ExonChange, ExonSequence
from genoview.models.exons.cut import module_inputs
from genoview.models.exons.linear import LinearModels
from genoview.models.exons.mmsplice import LINEAR, WEIGHTS, MMSplice, load_networks
from genoview.scoring.splicing.inclusion.effect import delta_psi
from tests.support.models.exon_pairs import Arrays, Pair, exon_pairs
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "mmsplice.npz"
MARGIN = 160  # bp of sequence around each exon of the fixture
TOLERANCE = 1e-5
ROUNDING = 5e-4  # at log odds of 7 to 9, a probability of 1 - 1e-4 in float32


@pytest.fixture(scope="module")
def model() -> MMSplice:
    return MMSplice()


@pytest.fixture(scope="module")
def expected() -> Arrays:
    with np.load(FIXTURE) as arrays:
        return dict(arrays)


@pytest.fixture(scope="module")
def pairs(expected: Arrays) -> list[Pair]:
    """REF and ALT of each exon of the fixture with its variant."""
    return exon_pairs(expected, MARGIN)


@pytest.fixture(scope="module")
def changes(model: MMSplice, pairs: list[Pair]) -> list[ExonChange]:
    return model.changes(pairs)


def test_the_fixture_has_500_exons_and_every_kind_of_variant(expected: Arrays) -> None:
    growth = np.char.str_len(expected["alts"]) - np.char.str_len(expected["refs"])
    assert len(growth) >= 500
    assert min((growth == 0).sum(), (growth > 0).sum(), (growth < 0).sum()) > 60
    starts, ends = expected["exons"][:, 0], expected["exons"][:, 1]
    places, behind = expected["places"], expected["places"] + np.char.str_len(expected["refs"])
    across = ((places < starts) & (starts < behind)) | ((places < ends) & (ends < behind))
    assert across.sum() > 30


def test_alleles_are_cut_out_as_the_package_cuts_them(expected: Arrays, pairs: list[Pair]) -> None:
    inputs = [module_inputs(alt) for _, alt in pairs]
    assert [f"{i.acceptor}|{i.donor}" for i in inputs] == expected["site_inputs"].tolist()


@pytest.mark.parametrize("allele", ["ref", "alt"])
def test_each_module_is_that_of_the_package(
    expected: Arrays, changes: list[ExonChange], allele: str
) -> None:
    scores = np.array([getattr(change, allele) for change in changes])
    published = expected[f"modules_{allele}"].astype(np.float64)
    np.testing.assert_allclose(scores[:, [0, 2, 4]], published[:, [0, 2, 4]], atol=TOLERANCE)
    sites, theirs = scores[:, [1, 3]], published[:, [1, 3]]
    np.testing.assert_allclose(_probability(sites), _probability(theirs), rtol=0, atol=TOLERANCE)


def test_linear_models_are_those_of_the_package(expected: Arrays) -> None:
    """From the package's own module scores, so that nothing else differs."""
    models = LinearModels.read(LINEAR)
    alleles = [expected[f"modules_{allele}"].astype(np.float64) for allele in ("ref", "alt")]
    for name, values in (
        ("delta_logit_psi", models.delta_logit_psi(*alleles)),
        ("pathogenicity", models.pathogenicity(*alleles)),
        ("efficiency", models.splicing_efficiency(*alleles)),
    ):
        np.testing.assert_allclose(values, expected[name], rtol=0, atol=TOLERANCE)


def test_the_change_of_inclusion_is_that_of_the_package(
    expected: Arrays, changes: list[ExonChange]
) -> None:
    """The package rounds the probability of a site to float32 before it takes its log odds."""
    deltas = np.array([change.delta_logit_psi for change in changes])
    np.testing.assert_allclose(deltas, expected["delta_unrounded"], rtol=0, atol=TOLERANCE)
    rounded = np.abs(deltas - expected["delta_logit_psi"])
    assert np.quantile(rounded, 0.95) < TOLERANCE
    assert rounded.max() < ROUNDING


def test_a_change_from_measured_inclusion_is_that_of_the_package(expected: Arrays) -> None:
    result = [delta_psi(delta, 0.9) for delta in expected["delta_logit_psi"].tolist()]
    np.testing.assert_allclose(result, expected["delta_psi"], rtol=0, atol=1e-12)


def test_how_many_are_scored_together_changes_nothing(
    model: MMSplice, pairs: list[Pair], changes: list[ExonChange]
) -> None:
    alone = [model.changes([pair])[0].delta_logit_psi for pair in pairs[:12]]
    together = [change.delta_logit_psi for change in changes[:12]]
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-9)
    assert model.changes([]) == []


def test_an_exon_that_is_gone_and_one_without_introns_are_read(model: MMSplice) -> None:
    intron = "ACGT" * 25
    whole, none = (ExonSequence(intron, exon, intron) for exon in ("ACG", ""))
    [gone] = model.changes([(whole, none)])
    [bare] = model.changes([(ExonSequence("", "ACGTA", ""), ExonSequence("", "ACGTC", ""))])
    assert all(np.isfinite([*gone.alt, gone.delta_logit_psi, *bare.ref, bare.delta_logit_psi]))
    assert bare.ref[0] == bare.alt[0]


def test_the_same_allele_changes_nothing_but_the_intercept(
    model: MMSplice, pairs: list[Pair]
) -> None:
    [same] = model.changes([(pairs[0][0], pairs[0][0])])
    assert same.ref == same.alt
    assert abs(same.delta_logit_psi) < 1e-3


def test_parameters_and_digest_are_those_of_the_files(model: MMSplice) -> None:
    assert sum(values.size for values in load_file(WEIGHTS).values()) == MMSplice.card.parameters
    notice = WEIGHTS.with_name("mmsplice.LICENCE.md").read_text()
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in notice
    assert hashlib.sha256(LINEAR.read_bytes()).hexdigest() in notice
    assert model.version.endswith("-float64")


@pytest.mark.parametrize("text", ["", "[delta_logit_psi]\ncoef = [1]", "not TOML"])
def test_a_damaged_file_is_an_error_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mmsplice"
    path.write_text(text)
    with pytest.raises(BackendError, match="as the linear models of MMSplice"):
        LinearModels.read(path)
    with pytest.raises(BackendError, match="as the weights of MMSplice"):
        load_networks(path)


def _probability(log_odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    probability: npt.NDArray[np.float64] = 1 / (1 + np.exp(-log_odds))
    return probability
