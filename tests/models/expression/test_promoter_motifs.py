"""What a bank of motifs says of windows, worked out by hand."""

import math

import numpy as np
import pytest
import torch

from genoview.models.expression.promoter_motifs import (
    HALF_BOUND,
    N_PAIRS,
    N_TRIPLES,
    WIDTH,
    MotifBank,
)
from genoview.models.inputs import one_hot

AC = torch.full((2, 4), -20.0)  # odds of 6,000 for AC, its reverse complement is GT
AC[0, 0], AC[1, 1] = math.log(3000), math.log(2)
N = "N" * WIDTH
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def window(bases: str) -> str:
    """The bases at the end of a window of N."""
    return (N + bases)[-WIDTH:]


def seen(*sequences: str, stride: int = 1) -> torch.Tensor:
    return MotifBank.of([AC])(one_hot(list(sequences)), stride)


@pytest.mark.parametrize(
    ("bases", "words"),
    [("AC", 1), ("GT", 1), ("CA", 0), ("TTACTT", 1), ("ACGT", 2), ("AN", 0), ("ANC", 0), ("", 0)],
)
def test_occupancy_sums_the_odds_of_whole_words_on_both_strands(bases: str, words: int) -> None:
    expected = math.log1p(words * 6000 / HALF_BOUND)
    assert float(seen(window(bases))[0, 0, 0]) == pytest.approx(expected, abs=1e-5)


def test_pairs_of_bases_are_shares_of_the_pairs_that_are_known() -> None:
    pairs = seen(window("AACNGT"))[0, 0, 1 : 1 + N_PAIRS]
    named = {a + b: float(p) for (a, b), p in zip(_pairs(), pairs, strict=True) if p}
    assert named == pytest.approx({"AA": 1 / 3, "AC": 1 / 3, "GT": 1 / 3})


def test_triples_of_bases_are_shares_of_either_strand() -> None:
    """AAC beside its reverse complement GTT, and ACG; a triple with N counts for nothing."""
    triples = seen(window("AACGNGTT"))[0, 0, 1 + N_PAIRS :]
    assert len(triples) == N_TRIPLES
    named = {name: float(t) for name, t in zip(_triples(), triples, strict=True) if t}
    assert named == pytest.approx({"AAC": 2 / 3, "ACG": 1 / 3})


def _triples() -> list[str]:
    """Each triple of bases that comes before its reverse complement in the alphabet."""
    every = [a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT"]
    return [t for t in every if t < t[::-1].translate(COMPLEMENT)]


def _pairs() -> list[tuple[str, str]]:
    return [(a, b) for a in "ACGT" for b in "ACGT"]


def test_a_window_of_n_holds_nothing() -> None:
    assert seen(N).abs().max() == 0


def test_motifs_of_one_length_keep_their_order_and_shorter_ones_come_first() -> None:
    long, other = torch.randn(3, 4), torch.randn(3, 4)
    bank = MotifBank.of([long, AC, other])
    assert bank.lengths == (2, 3)
    assert torch.equal(bank.get_buffer("length_3"), torch.stack([long.T, other.T]))
    assert bank.n_features == 3 + N_PAIRS + N_TRIPLES
    again = MotifBank.from_tensors(bank.state_dict())
    x = one_hot([window("ACGTTGCA")])
    assert torch.equal(bank(x, 1), again(x, 1))


@pytest.mark.parametrize("stride", [1, 7, 16])
def test_windows_along_a_sequence_are_those_read_by_themselves(stride: int) -> None:
    rng = np.random.default_rng(0)
    sequence = "".join(rng.choice(list("ACGTN"), WIDTH + 5 * stride, p=[0.24] * 4 + [0.04]))
    windows = [sequence[at : at + WIDTH] for at in range(0, 5 * stride + 1, stride)]
    torch.testing.assert_close(seen(sequence, stride=stride)[0], seen(*windows)[:, 0])


def test_the_reverse_complement_of_a_window_has_the_same_motifs() -> None:
    rng = np.random.default_rng(1)
    sequence = "".join(rng.choice(list("ACGT"), WIDTH))
    turned = sequence[::-1].translate(COMPLEMENT)
    bank = MotifBank.of([torch.randn(5, 4), torch.randn(8, 4)])
    both = bank(one_hot([sequence, turned]), 1)[:, 0, :2]
    torch.testing.assert_close(both[0], both[1])
