"""Tiny language models along the genome, and how their bases depend on one another."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.errors import BackendError, Cancelled
from genoview.models.contract import check_contract
from genoview.models.language.cards import LANGUAGE_SETUPS, language_card
from genoview.models.language.dependency_map import DependencyMap, dependencies, log_odds
from genoview.models.language.language_model import LanguageModel, entropy
from genoview.models.language.loading import Source
from genoview.models.language.masked_lm import MaskedNetwork
from genoview.scoring import language_scores
from tests.support.models.tiny_language import KINDS, save_tiny

transformers = pytest.importorskip("transformers", reason="the extra 'language' is not installed")

CARD = language_card(LANGUAGE_SETUPS[0].card, "bases")
BASES = "ACGT"
GENOME = "".join(np.random.default_rng(7).choice(list(BASES), 400))
VIEW = Interval("chr1", 150, 200)


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MaskedNetwork]:
    folder = tmp_path_factory.mktemp("language")
    return {
        kind: MaskedNetwork(Source(str(save_tiny(folder / kind, kind, positions=32))))
        for kind in KINDS
    }


@pytest.fixture(params=KINDS)
def network(request: pytest.FixtureRequest, networks: dict[str, MaskedNetwork]) -> MaskedNetwork:
    return networks[request.param]


@pytest.fixture
def model(network: MaskedNetwork) -> LanguageModel:
    return LanguageModel(CARD, network, 100)


def bases_of(window: Interval, genome: str = GENOME) -> str:
    return genome[window.start : window.end]


def test_the_contract_of_a_model_is_kept(model: LanguageModel) -> None:
    assert [check.words for check in check_contract(model) if not check.holds] == []


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device")
def test_cuda_equals_the_cpu(tmp_path: Path) -> None:
    for kind in KINDS:
        source = Source(str(save_tiny(tmp_path / kind, kind, positions=32)))
        windows = [GENOME[i : i + 21] for i in range(40)]
        result = [MaskedNetwork(source, device).hidden(windows, 10) for device in ("cpu", "cuda")]
        np.testing.assert_allclose(result[0], result[1], atol=1e-4)


def test_a_value_is_of_the_base_in_the_middle_of_its_window(
    model: LanguageModel, network: MaskedNetwork
) -> None:
    data = model.predict(bases_of(model.window(VIEW)), VIEW).data
    place = 171
    window = bases_of(Interval("chr1", place, place + 1).expanded(model.context_length))
    expected = network.hidden([window], model.context_length)[0]
    result = data.values[place - VIEW.start]
    np.testing.assert_allclose(result[2:], expected, rtol=1e-4, atol=1e-7)
    assert result[0] == result[2 + BASES.index(GENOME[place])]
    assert result[1] == pytest.approx(float(-(expected * np.log2(expected)).sum()), abs=1e-4)


def test_entropy_is_0_where_sure_and_2_where_nothing_is_known() -> None:
    entropies = entropy(np.array([[1, 0, 0, 0], [0.25] * 4, [0.5, 0.5, 0, 0]], np.float32))
    assert entropies.ravel().tolist() == [0, 2, 1]


def test_n_is_any_base(model: LanguageModel) -> None:
    sequence = "N" * model.window(VIEW).width
    data = model.predict(sequence, VIEW).data
    np.testing.assert_allclose(data.values[:, 0], 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("around", "start"),
    [
        ((1_500, 1_501), 1_450),
        ((1_400, 1_600), 1_450),
        ((1_010, 1_020), 1_000),
        ((2_990, 3_000), 2_900),
    ],
)
def test_of_much_the_span_around_what_matters_is_predicted(
    model: LanguageModel, around: tuple[int, int], start: int
) -> None:
    wide = Interval("chr1", 1_000, 3_000)
    result = model.focus(wide, Interval("chr1", *around))
    assert result == Interval("chr1", start, start + 100)
    [note] = model.notes(result, None)
    assert result.to_ucsc() in note
    assert model.focus(VIEW, VIEW.resized(1)) == VIEW


@pytest.mark.parametrize("ref, alt", [("A", "C"), ("AC", "GT"), ("G", "GTTA"), ("ACGT", "A")])
def test_an_alternate_equals_the_prediction_of_its_haplotype(
    model: LanguageModel, ref: str, alt: str
) -> None:
    genome = GENOME[:180] + ref + GENOME[180 + len(ref) :]
    variant = Variant("chr1", 181, ref, alt)
    window = model.window(VIEW)
    before = model.predict(bases_of(window, genome), VIEW)
    result = model.predict_alternate(before, bases_of(window, genome), variant)
    changed = genome[:180] + alt + genome[180 + len(ref) :]
    moved = Interval("chr1", VIEW.start, VIEW.end + variant.length_change)
    whole = model.predict(bases_of(model.window(moved), changed), moved).data.values
    left, right = 180 - VIEW.start, VIEW.end - variant.end
    np.testing.assert_allclose(result.data.values[:left], whole[:left], atol=1e-5)
    np.testing.assert_allclose(result.data.values[-right:], whole[-right:], atol=1e-5)


def alleles(model: LanguageModel, variant: Variant, genome: str) -> AlleleTracks:
    sequence = bases_of(model.window(VIEW), genome)
    before = model.predict(sequence, VIEW)
    return AlleleTracks(before.data, model.predict_alternate(before, sequence, variant).data)


def test_the_ratio_of_a_substitution_is_read_off_the_hidden_base(
    model: LanguageModel, network: MaskedNetwork
) -> None:
    genome = GENOME[:180] + "A" + GENOME[181:]
    variant = Variant("chr1", 181, "A", "G")
    pair = alleles(model, variant, genome)
    ratio, pseudo = language_scores(pair, variant)
    c = model.context_length
    output = np.maximum(network.hidden([genome[180 - c : 181 + c]], c)[0], 1e-10)
    assert ratio.value == pytest.approx(float(np.log(output[2] / output[0])), rel=1e-3)
    changed, expected = genome[:180] + "G" + genome[181:], 0.0
    for sign, allele in ((-1, genome), (1, changed)):
        for place in range(VIEW.start, VIEW.end):
            probabilities = network.hidden([allele[place - c : place + c + 1]], c)[0]
            expected += sign * float(np.log(max(probabilities[BASES.index(allele[place])], 1e-10)))
    assert pseudo.value == pytest.approx(expected, rel=1e-2, abs=1e-3)


@pytest.mark.parametrize("ref, alt", [("A", "AT"), ("AC", "A")])
def test_what_is_no_substitution_has_no_ratio(
    networks: dict[str, MaskedNetwork], ref: str, alt: str
) -> None:
    model = LanguageModel(CARD, networks["single"], 100)
    genome = GENOME[:180] + ref + GENOME[180 + len(ref) :]
    variant = Variant("chr1", 181, ref, alt)
    data = model.predict(bases_of(model.window(VIEW), genome), VIEW).data
    assert list(language_scores(AlleleTracks(data, data), variant)) == []


def test_a_stretch_is_scored_as_the_sum_of_its_bases(networks: dict[str, MaskedNetwork]) -> None:
    model = LanguageModel(CARD, networks["single"], 100)
    genome = GENOME[:180] + "ACG" + GENOME[183:]
    data = model.predict(bases_of(model.window(VIEW), genome), VIEW).data
    pair = AlleleTracks(data, data)
    whole = next(language_scores(pair, Variant("chr1", 181, "ACG", "TCA")))
    parts = [Variant("chr1", 181, "A", "T"), Variant("chr1", 183, "G", "A")]
    assert whole.value == pytest.approx(
        sum(next(language_scores(pair, part)).value for part in parts)
    )


def test_a_network_with_too_little_room_is_refused(networks: dict[str, MaskedNetwork]) -> None:
    network = networks["side-by-side"]
    most, network.most_bases = network.most_bases, 6
    try:
        with pytest.raises(BackendError, match="less than three of its longest tokens"):
            LanguageModel(CARD, network, 100)
    finally:
        network.most_bases = most


def test_a_run_that_is_stopped_ends_within_a_tile(networks: dict[str, MaskedNetwork]) -> None:
    model = LanguageModel(CARD, networks["single"], 100)
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if share > 0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        model.predict(bases_of(model.window(VIEW)), VIEW, stop)
    assert shares == [0.0, 4 / 50]


def test_a_dependency_is_the_largest_change_of_log_odds_by_hand(network: MaskedNetwork) -> None:
    sequence, first, last = GENOME[:24], 6, 16
    result = dependencies(network, sequence, first, last)
    i, j = 8, 13
    odds = log_odds(network.seen([sequence], 0, 24))[0]

    def moved(changed: int, target: int) -> float:
        others = [b for b in BASES if b != sequence[changed]]
        read = [sequence[:changed] + b + sequence[changed + 1 :] for b in others]
        return float(np.abs(log_odds(network.seen(read, 0, 24))[:, target] - odds[target]).max())

    expected = max(moved(i, j), moved(j, i))
    assert result[i - first, j - first] == pytest.approx(expected, rel=1e-2, abs=1e-3)
    assert np.isnan(np.diagonal(result)).all()
    np.testing.assert_array_equal(result, result.T)


def test_log_odds_are_exact_near_one() -> None:
    result = log_odds(np.array([[0.25] * 4, [1 - 3e-7, 1e-7, 1e-7, 1e-7]], np.float32))
    np.testing.assert_allclose(result[0], -np.log(3), rtol=1e-6)
    assert result[1, 0] == pytest.approx(np.log(1 / 3e-7), rel=1e-3)


def test_single_bases_depend_on_nothing_where_attention_is_cut(tmp_path: Path) -> None:
    """With no attention a base that is seen tells of itself alone: the map is empty."""
    network = MaskedNetwork(Source(str(save_tiny(tmp_path, "single", positions=32))))
    with torch.no_grad():
        for layer in network._model.bert.encoder.layer:
            layer.attention.self.value.weight.zero_()
            layer.attention.self.value.bias.zero_()
    result = dependencies(network, GENOME[:20], 2, 18)
    assert np.nanmax(result) < 1e-4


def test_a_map_is_of_the_middle_of_the_interval(
    networks: dict[str, MaskedNetwork],
) -> None:
    model = DependencyMap(CARD, networks["overlapping"])
    width = model.window_lengths[0] - 2 * model.crop_length
    interval = Interval("chr1", 100, 300)
    assert model.grid(interval) == interval.resized(width)
    result = model.predict(GENOME[:400].ljust(5_000, "A")[: model.window(interval).width], interval)
    assert result.contacts is not None
    assert result.contacts.interval == interval.resized(width)
    assert result.data.tracks == () and result.tracks == result.contacts.tracks


def test_the_map_of_an_alternate_stands_on_reference_coordinates(
    networks: dict[str, MaskedNetwork],
) -> None:
    model = DependencyMap(CARD, networks["single"])
    genome = GENOME * 10
    interval = Interval("chr1", 190, 210)
    sequence = genome[model.window(interval).start : model.window(interval).end]
    before = model.predict(sequence, interval)
    base = "A" if genome[200] != "A" else "C"
    variant = Variant("chr1", 201, genome[200], base)
    after = model.predict_alternate(before, sequence, variant)
    assert before.contacts is not None and after.contacts is not None
    change = after.contacts.minus(before.contacts).values
    assert np.nanmax(np.abs(change)) > 0
    changed = genome[:200] + base + genome[201:]
    alone = model.predict(
        changed[model.window(interval).start : model.window(interval).end], interval
    )
    assert alone.contacts is not None
    np.testing.assert_allclose(after.contacts.values, alone.contacts.values, rtol=1e-5)


def test_both_backends_of_a_network_differ_in_name_and_share_its_weights(
    networks: dict[str, MaskedNetwork],
) -> None:
    tracks = LanguageModel(CARD, networks["pairs"], 100)
    maps = DependencyMap(replace(CARD, name="dnabert.dependencies"), networks["pairs"])
    assert tracks.version == maps.version
    assert tracks.card.name != maps.card.name
    assert isinstance(tracks.predict(bases_of(tracks.window(VIEW)), VIEW).data, TrackData)
