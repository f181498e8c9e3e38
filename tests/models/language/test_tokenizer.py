"""DNA cut into tokens: which bases each covers, and what its neighbours in the vocabulary tell."""

from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from genoview.errors import BackendError
from genoview.models.language.tokenizer import Scheme, Tokens, Vocabulary, blocks, kmers, spans

SPECIAL = ("[UNK]", "[MASK]")
DNA = st.text("ACGTN", min_size=1, max_size=60)


def words(k: int) -> list[str]:
    return ["".join(letters) for letters in product("ACGT", repeat=k)]


def vocabulary(*tokens: str) -> Vocabulary:
    return Vocabulary({token: i for i, token in enumerate((*SPECIAL, *tokens))}, unknown=0)


def cut_words(vocabulary: Vocabulary, tokens: Tokens) -> list[str]:
    names = {number: token for token, number in vocabulary.numbers.items()}
    return [names[number] for number in tokens.numbers.tolist()]


@pytest.mark.parametrize(
    ("tokens", "scheme"),
    [
        (["A", "C", "G", "T"], Scheme.SINGLE),
        (["T", "G", "N", "C", "A"], Scheme.SINGLE),
        (words(3), Scheme.OVERLAPPING),
        ([*words(3), *"ACGT"], Scheme.SIDE_BY_SIDE),
        ([*words(6), *"ATCGN"], Scheme.SIDE_BY_SIDE),
        ([*"ACGT", "TA", "TATA", "GCG"], Scheme.PAIRS),
    ],
)
def test_the_scheme_is_inferred_from_the_vocabulary(tokens: list[str], scheme: Scheme) -> None:
    assert vocabulary(*tokens).scheme is scheme


@pytest.mark.parametrize("tokens", [["the", "of"], ["AC", "GT"], ["A", "C"]])
def test_a_vocabulary_of_something_else_is_refused(tokens: list[str]) -> None:
    with pytest.raises(BackendError, match="vocabulary has"):
        assert vocabulary(*tokens).scheme


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ("ACGTA", ["ACG", "CGT", "GTA"]),
        ("ACG", ["ACG"]),
        ("AC", []),
        ("ACNGTA", ["[UNK]", "[UNK]", "[UNK]", "GTA"]),
    ],
)
def test_overlapping_kmers_begin_at_each_base(sequence: str, expected: list[str]) -> None:
    known = vocabulary(*words(3))
    assert cut_words(known, kmers(known, 3)(sequence)) == expected


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ("ACGTAC", ["ACG", "TAC"]),
        ("ACGTA", ["ACG", "T", "A"]),
        ("AC", ["A", "C"]),
        ("ANACGT", ["A", "N", "ACG", "T"]),
        ("ACGNNACG", ["ACG", "N", "N", "ACG"]),
        ("AACGRT", ["AAC", "G", "[UNK]", "T"]),
    ],
)
def test_kmers_side_by_side_fall_back_to_single_letters(sequence: str, expected: list[str]) -> None:
    known = vocabulary(*words(3), *"ACGTN")
    assert cut_words(known, blocks(known, 3)(sequence)) == expected


@given(DNA)
def test_kmers_side_by_side_cover_every_base_once(sequence: str) -> None:
    known = vocabulary(*words(3), *"ACGTN")
    tokens = blocks(known, 3)(sequence)
    covered = [
        place for a, b in zip(tokens.starts, tokens.ends, strict=True) for place in range(a, b)
    ]
    assert covered == list(range(len(sequence)))
    assert "".join(cut_words(known, tokens)) == sequence


@given(DNA, st.integers(1, 5))
def test_overlapping_kmers_cover_a_base_as_often_as_they_reach_it(sequence: str, k: int) -> None:
    tokens = kmers(vocabulary(*words(k)), k)(sequence)
    for place in range(len(sequence)):
        reached = [i for i in range(len(sequence) - k + 1) if i <= place < i + k]
        assert tokens.over(place) == reached


def test_byte_pairs_that_leave_a_gap_are_refused() -> None:
    for places in ([(0, 2), (3, 5)], [(0, 3), (2, 5)], [(0, 2), (2, 4)], [(0, 2), (2, 2), (2, 5)]):
        cut = spans(lambda _, offsets=places: ([7] * len(offsets), offsets))
        with pytest.raises(BackendError, match="gaps or overlaps"):
            cut("ACGTA")
    assert spans(lambda _: ([7, 8], [(0, 2), (2, 5)]))("ACGTA").over(3) == [1]


def test_a_base_of_a_token_is_the_sum_over_tokens_of_its_length() -> None:
    known = vocabulary(*"ACGT", "AC", "AG", "TG", "TATA")
    logits = torch.randn(3, len(known.numbers), generator=torch.Generator().manual_seed(1))
    output = known.bases(logits, 2, 1).numpy()
    weights = np.exp(logits.numpy())
    pairs = {token: weights[:, known.numbers[token]] for token in ("AC", "AG", "TG")}
    total = sum(pairs.values())
    np.testing.assert_allclose(output[:, 1], pairs["AC"] / total, rtol=1e-5)
    np.testing.assert_allclose(output[:, 2], (pairs["AG"] + pairs["TG"]) / total, rtol=1e-5)
    assert (output[:, [0, 3]] == 0).all()


def test_a_length_that_no_token_has_gives_no_probabilities() -> None:
    known = vocabulary(*"ACGT", "AC")
    assert known.bases(torch.zeros(2, len(known.numbers)), 7, 3).tolist() == [[0.25] * 4] * 2
