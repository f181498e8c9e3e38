"""Alleles by sharing work, against the whole computation of each on real sequence."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
import torch

from genoview.data.genome import Interval, reverse_complement
from genoview.data.progress import Progress, no_progress
from genoview.errors import Cancelled
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.models.splicing.cispliceai import CISpliceAI, load_networks
from genoview.models.splicing.splice_sites import SpliceSites
from genoview.models.variant_batch import Alleles, Edit, EditedStrand
from genoview.models.variant_groups import (
    FARTHEST,
    LONGEST_STRETCH,
    MOST_EDITS,
    SPREAD,
    groups,
    sets,
)

CONTEXT = 5_000
ADA = Interval("chr20", 43_251_000, 43_252_000)  # exons 7 to 9, on the reverse strand
CLOSE = 1e-6  # of probabilities, the mean of five networks
CLOSE_ONE = 2e-6  # of one network, which in float32 is itself up to 1e-6 from double precision


@pytest.fixture(scope="module")
def whole_model() -> CISpliceAI:
    return CISpliceAI()


class OneNetwork(SpliceSites):
    """The first of CI-SpliceAI's networks: the whole computation takes a fifth of the time."""

    card = CISpliceAI.card

    def __init__(self, dtype: str = "float32") -> None:
        super().__init__(load_networks()[:1], "", "cpu", dtype)


@pytest.fixture(scope="module")
def model() -> SpliceSites:
    return OneNetwork()


@pytest.fixture
def sequence(demo: Assembly) -> str:
    """ADA as it is transcribed; its place 5,429 is the first base of exon 8."""
    return reverse_complement(demo.reference.fetch(ADA.expanded(CONTEXT)))


def edit(sequence: str, start: int, ref_length: int, alt: str, distance: int = 50) -> Edit:
    if alt == "other":
        alt = "A" if sequence[start] == "G" else "G"
    if alt.startswith("+"):
        alt = sequence[start] + alt[1:]
    return Edit(start, ref_length, alt, start - distance, start + distance + 1)


def predict_edits(
    model: SpliceSites, sequence: str, edits: Sequence[Edit], progress: Progress = no_progress
) -> list[Alleles]:
    return model.predict_strands([EditedStrand(sequence, edits)], progress)[0]


def check(
    model: SpliceSites, sequence: str, edits: Sequence[Edit], close: float = CLOSE_ONE
) -> list[Alleles]:
    quick = predict_edits(model, sequence, edits)
    [whole] = Backend.predict_strands(model, [EditedStrand(sequence, edits)])
    for got, expected in zip(quick, whole, strict=True):
        np.testing.assert_allclose(got.ref, expected.ref, rtol=0, atol=close)
        np.testing.assert_allclose(got.alt, expected.alt, rtol=0, atol=close)
    return quick


ACCEPTOR = CONTEXT + ADA.end - 43_251_571  # first base of exon 8: 1-based 43,251,571


def test_the_place_of_the_tests_is_a_splice_site(whole_model: CISpliceAI, sequence: str) -> None:
    edits = [edit(sequence, ACCEPTOR - 1, 1, "other"), edit(sequence, ACCEPTOR + 3, 30, "+")]
    result, _ = check(whole_model, sequence, edits, CLOSE)
    assert result.ref[:, 0].argmax() == 51
    assert result.ref[51, 0] > 0.9 > 0.5 > result.alt[51, 0]


@pytest.mark.parametrize(
    ("ref_length", "alt"),
    [
        (1, "other"),
        (3, "TGA"),
        (1, "+A"),
        (1, "+" + "GATTACA" * 5),
        (2, "+"),
        (38, "+"),
        (40, "+TTAGTTAG"),
        (1, "N"),
    ],
    ids=["snv", "mnv", "insertion", "long insertion", "deletion", "long deletion", "both", "N"],
)
@pytest.mark.parametrize("at", [-30, 0])
def test_edit_equals_the_whole_computation(
    model: SpliceSites, sequence: str, ref_length: int, alt: str, at: int
) -> None:
    check(model, sequence, [edit(sequence, ACCEPTOR + at, ref_length, alt)])


@pytest.mark.parametrize("distance", [1, 7, 300])
def test_edit_equals_the_whole_computation_at_any_distance(
    model: SpliceSites, sequence: str, distance: int
) -> None:
    check(model, sequence, [edit(sequence, ACCEPTOR - 1, 1, "+AG", distance)])


def test_distance_beyond_the_context(model: SpliceSites, demo: Assembly) -> None:
    sequence = demo.reference.fetch(Interval("chr20", 43_240_000, 43_263_000))
    check(model, sequence, [edit(sequence, 11_500, 2, "+", 5_500)])


def test_deletion_that_ends_behind_what_is_wanted(model: SpliceSites, sequence: str) -> None:
    check(model, sequence, [Edit(ACCEPTOR, 100, "A", ACCEPTOR - 50, ACCEPTOR + 51)])


def test_what_is_wanted_may_be_uneven(model: SpliceSites, sequence: str) -> None:
    check(model, sequence, [Edit(ACCEPTOR, 4, "CC", ACCEPTOR - 9, ACCEPTOR + 120)])


def test_edits_of_all_kinds_at_once(model: SpliceSites, sequence: str) -> None:
    dice = random.Random(7)
    edits = [
        edit(
            sequence,
            dice.randint(CONTEXT + 60, len(sequence) - CONTEXT - 160),
            ref_length,
            alt,
        )
        for ref_length, alt in (
            (1, "other"),
            (1, "other"),
            (1, "+ACGTAA"),
            (12, "+"),
            (31, "+"),
            (1, "+" + "ACGGT" * 9),
        )
    ]
    check(model, sequence, edits)


def test_gene_that_ends_beside_the_edit(model: SpliceSites, sequence: str) -> None:
    first, last = ACCEPTOR - 40, ACCEPTOR + 260
    masked = "N" * first + sequence[first:last] + "N" * (len(sequence) - last)
    check(model, masked, [edit(masked, first + 3, 1, "other"), edit(masked, last - 10, 8, "+")])


def test_strands_are_answered_apart(model: SpliceSites, sequence: str) -> None:
    strands = [
        EditedStrand(sequence, [edit(sequence, ACCEPTOR + at, 1, "other") for at in places])
        for places in ([-1, 3], [], [7])
    ]
    strands.append(EditedStrand("N" * 900 + sequence[900:], strands[0].edits))
    result = model.predict_strands(strands)
    assert [len(answers) for answers in result] == [2, 0, 1, 2]
    whole = Backend.predict_strands(model, strands)
    for answers, expected in zip(result, whole, strict=True):
        for answer, other in zip(answers, expected, strict=True):
            np.testing.assert_allclose(answer.alt, other.alt, rtol=0, atol=CLOSE_ONE)


def test_edits_too_far_from_each_other_to_share(model: SpliceSites, demo: Assembly) -> None:
    sequence = demo.reference.fetch(Interval("chr20", 43_240_000, 43_240_000 + 16_500))
    edits = [edit(sequence, 5_100, 1, "other"), edit(sequence, 11_300, 1, "other")]
    assert len(list(groups(edits))) == 2
    check(model, sequence, edits)


def test_nothing_asked_is_nothing_answered(model: SpliceSites, sequence: str) -> None:
    assert predict_edits(model, sequence, []) == []
    assert model.predict_strands([]) == []


def test_progress_rises_to_one_and_may_cancel(model: SpliceSites, sequence: str) -> None:
    seen: list[float] = []
    edits = [edit(sequence, ACCEPTOR + at, 1, "other") for at in range(3)]
    predict_edits(model, sequence, edits, seen.append)
    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert all(before <= after for before, after in pairwise(seen))

    def cancel(share: float) -> None:
        if share > 0.3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        predict_edits(model, sequence, edits, cancel)


@pytest.mark.skipif(
    not torch.ops.mkldnn._is_mkldnn_bf16_supported(), reason="this processor has no bfloat16"
)
def test_bfloat16_is_near(model: SpliceSites, sequence: str) -> None:
    short = OneNetwork("bfloat16")
    edits = [edit(sequence, ACCEPTOR - 1, 1, "other")]
    [got] = predict_edits(short, sequence, edits)
    [expected] = predict_edits(model, sequence, edits)
    assert got.ref.dtype == np.float32
    assert 0 < np.abs(got.ref - expected.ref).max() < 0.05
    assert 0 < np.abs(got.alt - expected.alt).max() < 0.05


def test_the_number_of_threads_changes_nothing(model: SpliceSites, sequence: str) -> None:
    edits = [edit(sequence, ACCEPTOR - 1, 1, "other")]
    n_threads = torch.get_num_threads()
    [several] = predict_edits(model, sequence, edits)
    torch.set_num_threads(1)
    try:
        [alleles] = predict_edits(model, sequence, edits)
    finally:
        torch.set_num_threads(n_threads)
    np.testing.assert_allclose(alleles.alt, several.alt, rtol=0, atol=CLOSE_ONE)


def plain(start: int, change: int = 0) -> Edit:
    alt, ref_length = "A" * max(change + 1, 1), max(1 - change, 1)
    return Edit(start, ref_length, alt, start - 50, start + 51)


def test_groups_are_of_what_lies_close_and_never_too_long() -> None:
    starts = [30_000, 0, 200, 200 + FARTHEST + 101, *range(40_000, 200_000, 700)]
    edits = [plain(10_000 + start) for start in starts]
    result = list(groups(edits))
    assert sorted(i for group in result for i in group.members) == list(range(len(edits)))
    assert result[0].members == (1, 2, 3)
    for group in result:
        assert group.last - group.first <= LONGEST_STRETCH
        assert len(group.members) <= MOST_EDITS
        assert all(group.first <= edits[i].first for i in group.members)
        assert all(edits[i].last <= group.last for i in group.members)


def test_sets_hold_alleles_of_like_length_and_not_too_many() -> None:
    edits = [plain(6_000 + i, change) for i, change in enumerate((0, 90, -3, 80, 0, -60, 5) * 4)]
    result = list(sets(edits, range(len(edits))))
    assert sorted(i for chosen in result for i in chosen) == list(range(len(edits)))
    for chosen in result:
        changes = [edits[i].length_change for i in chosen]
        assert max(changes) - min(changes) <= SPREAD
        assert len(chosen) <= 8
