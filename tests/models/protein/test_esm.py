"""A tiny ESM-2, saved and loaded as published ones are, against transformers by hand."""

from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.data.model_card import ModelCard
from genoview.data.track_data import FloatArray
from genoview.data.transcript.amino_acids import STANDARD
from genoview.errors import Cancelled
from genoview.models.language.loading import Source
from genoview.models.protein import esm
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
from tests.support.models.tiny_protein import save_tiny_protein

transformers = pytest.importorskip("transformers", reason="the extra 'language' is not installed")

CARD: ModelCard = PROTEIN_SETUPS[0].card
PROTEIN = "MRLSKTLVDMDMADYSAALDPAYTTLEFENVQVLTMGNDTSPSEGTNLNAPNSLGVSALC"
LONG = "".join(np.random.default_rng(3).choice(list(STANDARD), 2_300))
SITE, ALT = 11, "W"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_protein(tmp_path_factory.mktemp("esm"))


@pytest.fixture(scope="module")
def model(folder: Path) -> EsmModel:
    return EsmModel(CARD, Source(str(folder)))


def by_hand(folder: Path, text: str) -> dict[str, FloatArray]:
    """ln P of every standard residue at every place; `_` is hidden."""
    tokeniser = transformers.AutoTokenizer.from_pretrained(folder)
    network = transformers.EsmForMaskedLM.from_pretrained(folder).eval()
    encoded = tokeniser(text.replace("_", "<mask>"), return_tensors="pt")
    with torch.no_grad():
        logs = torch.log_softmax(network(**encoded).logits[0], dim=-1).numpy()
    assert len(logs) == len(text) + 2
    return {letter: logs[1:-1, tokeniser.convert_tokens_to_ids(letter)] for letter in STANDARD}


def hiding(text: str, *places: int) -> str:
    return "".join("_" if place in places else letter for place, letter in enumerate(text))


def test_a_masked_marginal_is_that_of_the_network_which_does_not_see_the_residue(
    folder: Path, model: EsmModel
) -> None:
    logs = by_hand(folder, hiding(PROTEIN, SITE))
    expected = [logs[letter][SITE] - logs[PROTEIN[SITE]][SITE] for letter in STANDARD]
    [row] = model.masked(PROTEIN, [SITE])
    np.testing.assert_allclose(row, expected, atol=1e-5)
    assert row[STANDARD.index(PROTEIN[SITE])] == 0


def test_a_wild_type_marginal_is_that_of_one_pass_over_the_protein(
    folder: Path, model: EsmModel
) -> None:
    logs = by_hand(folder, PROTEIN)
    table = model.wild_type(PROTEIN)
    assert table.shape == (len(PROTEIN), 20) and table.dtype == np.float32
    for place, own in enumerate(PROTEIN):
        expected = [logs[letter][place] - logs[own][place] for letter in STANDARD]
        np.testing.assert_allclose(table[place], expected, atol=1e-5)


def test_several_residues_are_hidden_together(folder: Path, model: EsmModel) -> None:
    sites = [SITE, 40]
    logs = by_hand(folder, hiding(PROTEIN, *sites))
    rows = model.masked(PROTEIN, sites)
    for row, site in zip(rows, sites, strict=True):
        assert row[STANDARD.index(ALT)] == pytest.approx(
            logs[ALT][site] - logs[PROTEIN[site]][site], abs=1e-5
        )


def test_of_a_long_protein_the_window_is_centred_on_the_hidden_residue(
    folder: Path, model: EsmModel
) -> None:
    site = 1_500
    start = site - 511
    logs = by_hand(folder, hiding(LONG, site)[start : start + 1_022])
    [row] = model.masked(LONG, [site])
    expected = logs[ALT][site - start] - logs[LONG[site]][site - start]
    assert row[STANDARD.index(ALT)] == pytest.approx(expected, abs=1e-5)


def test_sites_too_far_apart_have_a_window_each(folder: Path, model: EsmModel) -> None:
    rows = model.masked(LONG, [10, 2_200])
    alone = [model.masked(LONG, [site])[0] for site in (10, 2_200)]
    np.testing.assert_allclose(rows, alone, atol=1e-6)


def test_where_windows_overlap_the_one_whose_cut_is_further_counts_more(
    folder: Path, model: EsmModel
) -> None:
    length = len(LONG)  # windows begin at 0, 426, 852, 1,278
    starts = [0, 426, 852, 1_278]
    place = 700
    total = weight = 0.0
    for start in starts:
        end = start + 1_022
        if not start <= place < end:
            continue
        cuts = [place - start + 1] * (start > 0) + [end - place] * (end < length)
        logs = by_hand(folder, LONG[start:end])
        ratio = logs[ALT][place - start] - logs[LONG[place]][place - start]
        total += min(cuts) * ratio
        weight += min(cuts)
    table = model.wild_type(LONG)
    assert table[place, STANDARD.index(ALT)] == pytest.approx(total / weight, abs=1e-4)


def test_a_residue_that_is_not_known_has_no_ratio_and_leaves_the_others_theirs(
    folder: Path, model: EsmModel
) -> None:
    text = PROTEIN[:5] + "X" + PROTEIN[6:]
    table = model.wild_type(text)
    logs = by_hand(folder, text)
    assert np.isnan(table[5]).all() and np.isfinite(np.delete(table, 5, axis=0)).all()
    assert table[7, 0] == pytest.approx(logs["A"][7] - logs[text[7]][7], abs=1e-5)


def test_batches_of_any_size_agree(model: EsmModel, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = model.wild_type(LONG)
    monkeypatch.setattr(esm, "TOKENS_AT_ONCE", {"cpu": 10**9})
    np.testing.assert_allclose(model.wild_type(LONG), alone, atol=1e-5)


def test_a_run_reports_how_far_it_is_and_can_be_stopped(model: EsmModel) -> None:
    shares: list[float] = []
    model.wild_type(LONG, shares.append)
    assert shares == [0, 0.25, 0.5, 0.75, 1]

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        model.wild_type(LONG, stop)


def test_fewer_positions_make_shorter_windows(tmp_path: Path) -> None:
    short = EsmModel(CARD, Source(str(save_tiny_protein(tmp_path, positions=36))))
    assert short.most_residues == 32
    assert np.isfinite(short.wild_type(PROTEIN)).all()


def test_the_version_is_of_the_weights_and_the_dtype(model: EsmModel, folder: Path) -> None:
    again = EsmModel(CARD, Source(str(folder)))
    halved = EsmModel(CARD, Source(str(folder)), dtype="bfloat16")
    assert again.version == model.version != halved.version
    assert halved.version.endswith("-bfloat16-r1")
    both = halved.wild_type(PROTEIN).ravel(), model.wild_type(PROTEIN).ravel()
    assert np.corrcoef(*both)[0, 1] > 0.97
