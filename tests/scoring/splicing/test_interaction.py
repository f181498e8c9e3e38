"""Delta scores of changes alone, beside all of them on one haplotype."""

import pytest

from genoview.scoring import Change, DeltaScores, Interaction, interactions


def scores(gene: str, *values: float) -> DeltaScores:
    return DeltaScores(gene, "+", *(Change(value, 0) for value in values))


def test_changes_are_added_gene_by_gene_and_the_largest_difference_comes_first() -> None:
    alone = [
        [scores("A", 0.5, 0.1, 0, 0), scores("B", 0, 0, 0.3, 0)],
        [scores("A", 0.2, 0.1, 0, 0.01)],  # B does not reach so far
    ]
    together = [scores("A", 0.75, 0.1, 0, 0.04), scores("B", 0, 0, 0, 0)]
    result = interactions(alone, together)
    assert [(row.gene, row.kind) for row in result] == [
        ("B", "donor gain"),
        ("A", "acceptor loss"),
        ("A", "acceptor gain"),
    ]
    assert [row.alone for row in result] == [(0.3, 0.0), (0.1, 0.1), (0.5, 0.2)]
    assert [row.difference for row in result] == pytest.approx([-0.3, -0.1, 0.05])


@pytest.mark.parametrize(
    ("alone", "together", "difference"),
    [((0.0, 0.0), 0.9, 0.9), ((0.9, 0.9), 0.95, -0.05), ((0.4, 0.3), 0.7, 0.0)],
)
def test_the_sum_of_probabilities_ends_at_1(
    alone: tuple[float, ...], together: float, difference: float
) -> None:
    result = Interaction("A", "+", "donor loss", alone, together)
    assert result.difference == pytest.approx(difference)


def test_what_changes_nothing_is_not_listed() -> None:
    assert interactions([[scores("A", 0.04, 0, 0, 0)]], [scores("A", 0.049, 0, 0, 0)]) == ()
