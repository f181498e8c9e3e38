"""Tiny language models, saved and loaded as published ones are, against transformers by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from genoview.errors import BackendError
from genoview.models.language.loading import PROBE, Source
from genoview.models.language.masked_lm import MaskedNetwork
from genoview.models.language.tokenizer import Scheme
from tests.support.models.tiny_language import BASES, KINDS, K, save_tiny, words

transformers = pytest.importorskip("transformers", reason="the extra 'language' is not installed")

SEQUENCE = "ACGTTGACCAGTTAGTCCATGAC"
PLACE = 11
SCHEMES = dict(zip(KINDS, Scheme, strict=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = tmp_path_factory.mktemp("language")
    for kind in KINDS:
        save_tiny(result / kind, kind)
    return result


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def network(folder: Path, kind: str) -> MaskedNetwork:
    return MaskedNetwork(Source(str(folder / kind)))


def logits_by_hand(path: Path, numbers: list[int]) -> np.ndarray:
    model = transformers.AutoModelForMaskedLM.from_pretrained(path).eval()
    with torch.no_grad():
        return model(input_ids=torch.tensor([numbers])).logits[0].numpy().astype(np.float64)


def test_the_kind_is_inferred_from_the_vocabulary(network: MaskedNetwork, kind: str) -> None:
    assert network.scheme is SCHEMES[kind]
    assert network.most_bases == 64 - 3  # the special ones, and one that may be left empty


@pytest.mark.parametrize("sequence", [SEQUENCE, PROBE, "NNACGTNAC", "TTTTTTTTTT"])
def test_tokens_are_those_of_the_tokeniser(
    network: MaskedNetwork, folder: Path, kind: str, sequence: str
) -> None:
    tokeniser = transformers.AutoTokenizer.from_pretrained(folder / kind)
    text = sequence
    if kind in ("single", "overlapping"):  # as their authors write DNA, words with spaces between
        k = 1 if kind == "single" else K
        text = " ".join(sequence[i : i + k] for i in range(len(sequence) - k + 1))
    inner = tokeniser(text, add_special_tokens=False)["input_ids"]
    assert network.cut(sequence).numbers.tolist() == inner


def test_a_single_base_equals_fill_mask(folder: Path) -> None:
    path = folder / "single"
    tokeniser = transformers.AutoTokenizer.from_pretrained(path)
    fill = transformers.pipeline("fill-mask", model=str(path), tokenizer=tokeniser, top_k=10)
    letters = list(SEQUENCE)
    letters[PLACE] = tokeniser.mask_token
    scores = {answer["token_str"]: answer["score"] for answer in fill(" ".join(letters))}
    expected = np.array([scores[base] for base in BASES])
    result = MaskedNetwork(Source(str(path))).hidden([SEQUENCE], PLACE)[0]
    np.testing.assert_allclose(result, expected / expected.sum(), rtol=1e-4)


def test_an_overlapping_base_is_the_mean_of_the_kmers_that_hide_it(folder: Path) -> None:
    path = folder / "overlapping"
    tokeniser = transformers.AutoTokenizer.from_pretrained(path)
    kmers = [SEQUENCE[i : i + K] for i in range(len(SEQUENCE) - K + 1)]
    numbers = tokeniser(" ".join(kmers))["input_ids"]
    hiding = range(PLACE - K + 1, PLACE + 1)
    for i in hiding:
        numbers[i + 1] = tokeniser.mask_token_id
    logits = logits_by_hand(path, numbers)
    expected = np.zeros(4)
    for i in hiding:
        for word in words(K):
            every = sum(np.exp(logits[i + 1, tokeniser.vocab[word]]) for word in words(K))
            share = np.exp(logits[i + 1, tokeniser.vocab[word]]) / every
            expected[BASES.index(word[PLACE - i])] += share / K
    result = MaskedNetwork(Source(str(path))).hidden([SEQUENCE], PLACE)[0]
    np.testing.assert_allclose(result, expected, rtol=1e-4)


@pytest.mark.parametrize("kind", ["side-by-side", "pairs"])
def test_a_base_of_a_longer_token_is_the_sum_over_tokens_of_that_length(
    folder: Path, kind: str
) -> None:
    path = folder / kind
    tokeniser = transformers.AutoTokenizer.from_pretrained(path)
    numbers = tokeniser(SEQUENCE)["input_ids"]
    names = tokeniser.convert_ids_to_tokens(numbers)
    lengths = [len(name) if set(name) <= set(BASES) else 0 for name in names]
    ends = np.cumsum(lengths)
    i = int(np.argmax(ends > PLACE))
    name, place = names[i], int(ends[i]) - lengths[i]
    numbers[i] = tokeniser.mask_token_id
    logits, expected = logits_by_hand(path, numbers)[i], np.zeros(4)
    for word, number in tokeniser.get_vocab().items():
        if len(word) == len(name) and set(word) <= set(BASES):
            expected[BASES.index(word[PLACE - place])] += np.exp(logits[number])
    result = MaskedNetwork(Source(str(path))).hidden([SEQUENCE], PLACE)[0]
    np.testing.assert_allclose(result, expected / expected.sum(), rtol=1e-4, atol=1e-7)


def test_a_hidden_base_does_not_influence_itself(folder: Path) -> None:
    """Byte pairs alone betray it, by where they are cut."""
    for kind in ("single", "overlapping", "side-by-side"):
        network = MaskedNetwork(Source(str(folder / kind)))
        others = [SEQUENCE[:PLACE] + base + SEQUENCE[PLACE + 1 :] for base in BASES]
        result = network.hidden(others, PLACE)
        np.testing.assert_allclose(result, result[[0, 0, 0, 0]], rtol=1e-4)


def test_probabilities_add_up_to_one_whatever_is_read(network: MaskedNetwork) -> None:
    result = network.hidden([SEQUENCE, "N" * 23, SEQUENCE[:9] + "NNNNN" + SEQUENCE[:9]], PLACE)
    np.testing.assert_allclose(result.sum(axis=1), 1, rtol=1e-5)
    assert (result >= 0).all()


def test_bases_that_are_seen_come_as_one_by_one(network: MaskedNetwork) -> None:
    whole = network.seen([SEQUENCE, SEQUENCE[::-1]], 5, 15)
    for place in range(5, 15):
        alone = network.seen([SEQUENCE[::-1]], place, place + 1)[0, 0]
        np.testing.assert_allclose(whole[1, place - 5], alone, rtol=1e-4, atol=1e-6)


def test_a_model_is_known_by_its_weights(folder: Path, tmp_path: Path) -> None:
    digests = {MaskedNetwork(Source(str(folder / kind))).digest for kind in KINDS}
    assert len(digests) == len(KINDS)
    again = MaskedNetwork(Source(str(save_tiny(tmp_path, "single"))))
    assert again.digest in digests


def test_weights_that_do_not_fill_the_network_are_refused(tmp_path: Path) -> None:
    """As DNABERT-2's would not, were they read by transformers' own BERT."""
    from safetensors.torch import load_file, save_file

    path = save_tiny(tmp_path, "pairs") / "model.safetensors"
    weights = load_file(path)
    del weights["bert.embeddings.position_embeddings.weight"]
    save_file(weights, path, metadata={"format": "pt"})
    with pytest.raises(BackendError, match=r"do not fill the network.*code of their own"):
        MaskedNetwork(Source(str(tmp_path)))


def test_code_of_a_repository_runs_only_where_it_is_allowed(tmp_path: Path) -> None:
    save_tiny(tmp_path, "single")
    config = json.loads((tmp_path / "config.json").read_text())
    config |= {
        "model_type": "something-new",
        "auto_map": {
            "AutoConfig": "own.OwnConfig",
            "AutoModelForMaskedLM": "own.OwnModel",
        },
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    (tmp_path / "own.py").write_text(
        "from pathlib import Path\n"
        "from transformers import BertConfig, BertForMaskedLM\n"
        f"(Path({str(tmp_path)!r}) / 'ran').touch()\n"
        "class OwnConfig(BertConfig):\n    model_type = 'something-new'\n"
        "class OwnModel(BertForMaskedLM):\n    config_class = OwnConfig\n"
    )
    with pytest.raises(BackendError, match="only where it is allowed"):
        MaskedNetwork(Source(str(tmp_path)))
    assert not (tmp_path / "ran").exists()
    result = MaskedNetwork(Source(str(tmp_path), trusted=True)).hidden([SEQUENCE], PLACE)
    assert (tmp_path / "ran").exists()
    assert result.sum() == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize("wrong", ["cut", "raise"])
def test_the_error_of_a_network_is_one_sentence(folder: Path, wrong: str) -> None:
    network = MaskedNetwork(Source(str(folder / "single")))
    model = network._model

    class Wrong(torch.nn.Module):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> object:
            if wrong == "raise":
                raise RuntimeError("no kernel image is available\nsecond line")
            return model(input_ids=input_ids[:, 1:], attention_mask=attention_mask[:, 1:])

    network._model = Wrong()
    expected = "failed on its input: no kernel" if wrong == "raise" else r"gave \[1, 24, 10\]"
    with pytest.raises(BackendError, match=expected):
        network.hidden([SEQUENCE], PLACE)


def test_a_tokeniser_that_cuts_otherwise_is_refused(tmp_path: Path) -> None:
    """One that reads everything in lower case knows no base."""
    save_tiny(tmp_path, "overlapping")
    words_file = str(tmp_path / "vocab.txt")
    transformers.BertTokenizer(words_file, do_lower_case=True).save_pretrained(tmp_path)
    with pytest.raises(BackendError, match="does not cut DNA as its vocabulary suggests"):
        MaskedNetwork(Source(str(tmp_path)))


def test_a_tokeniser_with_more_tokens_than_the_network_is_refused(tmp_path: Path) -> None:
    save_tiny(tmp_path, "single")
    tokeniser = transformers.AutoTokenizer.from_pretrained(tmp_path)
    tokeniser.add_special_tokens({"mask_token": "[HIDDEN]"})
    tokeniser.save_pretrained(tmp_path)
    with pytest.raises(BackendError, match="more tokens than the network"):
        MaskedNetwork(Source(str(tmp_path)))


def test_a_folder_without_a_model_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"config\.json, weights and the tokeniser's files"):
        MaskedNetwork(Source(str(tmp_path)))


def test_a_hub_name_is_read_without_a_network_at_the_revision_that_is_here(tmp_path: Path) -> None:
    """Its snapshot lies in the hub's cache; the client is told that there is no network."""
    commits = {"a" * 40: "single", "b" * 40: "overlapping"}
    repository = tmp_path / "models--somebody--dna"
    for commit, kind in commits.items():
        save_tiny(repository / "snapshots" / commit, kind)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("a" * 40)
    (repository / "refs" / "v2").write_text("b" * 40)
    code = (
        "from genoview.models.language.loading import Source\n"
        "from genoview.models.language.masked_lm import MaskedNetwork\n"
        "from genoview.errors import BackendError\n"
        "for revision in ('', 'v2'):\n"
        "    print(MaskedNetwork(Source('somebody/dna', revision)).scheme.value)\n"
        "try:\n    MaskedNetwork(Source('somebody/else'))\n"
        "except BackendError as error:\n    print(error)\n"
    )
    environment = os.environ | {"HF_HUB_CACHE": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    first, second, refusal = done.stdout.splitlines()
    assert (first, second) == ("single bases", "overlapping k-mers")
    assert refusal.startswith("somebody/else cannot be loaded as a masked language model")
