"""Weights of ESM-2 and VESM by folder and file; what is no model of proteins is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.errors import BackendError
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.language.loading import Source
from genoview.models.protein import configured
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.protein.esm import EsmModel
from tests.support.models.tiny_language import save_tiny
from tests.support.models.tiny_protein import TOKENS, save_tiny_protein

pytest.importorskip("transformers", reason="the extra 'language' is not installed")

CARD = PROTEIN_SETUPS[0].card
PROTEIN = "MKTAYIAKQR"


def load(place: Path) -> EsmModel:
    return EsmModel(CARD, Source(str(place)))


def test_safetensors_and_a_file_of_weights_alone_give_the_same(tmp_path: Path) -> None:
    whole = save_tiny_protein(tmp_path / "whole")
    assert list(whole.glob("*.safetensors"))
    alone = save_tiny_protein(tmp_path / "alone", safetensors=False)
    expected = load(whole)
    for place in (alone, alone / "VESM_tiny.pth"):
        found = load(place)
        assert found.version == expected.version
        np.testing.assert_array_equal(found.wild_type(PROTEIN), expected.wild_type(PROTEIN))


def test_weights_that_leave_parts_empty_are_refused(tmp_path: Path) -> None:
    folder = save_tiny_protein(tmp_path, safetensors=False)
    path = folder / "VESM_tiny.pth"
    state = torch.load(path, weights_only=True)
    state.pop("esm.encoder.layer.1.attention.self.query.weight")
    state.pop("esm.contact_head.regression.weight")  # of no use here
    torch.save(state, path)
    with pytest.raises(BackendError, match=r"1 parts are absent, such as esm\.encoder\.layer\.1"):
        load(folder)


@pytest.mark.parametrize("content", [b"", b"not a file of weights", b"\x80\x02cos\nsystem\n."])
def test_a_file_that_is_no_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = save_tiny_protein(tmp_path, safetensors=False)
    (folder / "VESM_tiny.pth").write_bytes(content)
    with pytest.raises(BackendError, match="cannot be read as weights of its ESM-2"):
        load(folder)


def test_weights_of_another_size_are_refused(tmp_path: Path) -> None:
    folder = save_tiny_protein(tmp_path, safetensors=False)
    facts = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(facts | {"hidden_size": 32}))
    with pytest.raises(BackendError, match="of the same size of network"):
        load(folder)


def test_a_file_that_does_not_say_what_it_began_with_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.pth").write_bytes(b"")
    with pytest.raises(BackendError, match="which ESM-2 it began with"):
        load(tmp_path / "weights.pth")


@pytest.mark.parametrize("kind", ["single", "overlapping", "side-by-side"])
def test_a_model_of_dna_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(BackendError, match="is a language model of DNA, not of proteins"):
        load(save_tiny(tmp_path, kind))


def test_a_vocabulary_with_other_tokens_is_refused(tmp_path: Path) -> None:
    folder = save_tiny_protein(tmp_path / "more", (*TOKENS, "GLY", "ALA"))
    with pytest.raises(BackendError, match="35 tokens, 2 that are no residues, such as 'ALA'"):
        load(folder)
    fewer = tuple(token for token in TOKENS if token != "W")
    with pytest.raises(BackendError, match="32 tokens, none for W"):
        load(save_tiny_protein(tmp_path / "fewer", fewer))


@pytest.mark.parametrize("place", ["absent", "somebody/nothing.pth"])
def test_what_is_not_there_is_refused(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(BackendError):
        load(tmp_path / place)


def test_a_model_that_was_set_up_has_a_card_of_its_weights_and_no_tracks(tmp_path: Path) -> None:
    folder = save_tiny_protein(tmp_path / "tiny")
    large = LargeModels(tmp_path)
    large.put(LargeModel("vesm", str(folder)))
    large.put(LargeModel("esm2", "facebook/esm2_t33_650M_UR50D", revision="v1"))
    assert large.names == ()
    assert [model.kind for model in configured.protein_models(large)] == ["esm2", "vesm"]
    first, second = map(configured.card_of, configured.protein_models(large))
    assert (first.title, first.random_weights) == ("ESM-2 (esm2_t33_650M_UR50D)", False)
    assert (second.title, second.random_weights) == ("VESM (tiny)", True)
    model = configured.create(large.models["vesm"], "cpu", "float32")
    assert model.card == second
