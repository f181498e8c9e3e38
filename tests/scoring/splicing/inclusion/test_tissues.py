"""The exon that changes most in single tissues: what is counted from what, and what is said."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.io.assembly import Assembly
from genoview.io.inclusion.table import ExonShares
from genoview.models.exons.cards import MTSPLICE_CARD
from genoview.models.exons.contract import ExonSequence, TissueExonModel
from genoview.models.exons.mmsplice import MMSplice
from genoview.query.resolve import resolve
from genoview.scoring.splicing.inclusion.changes import inclusion_answer
from genoview.scoring.splicing.inclusion.effect import ExonEffect, clipped
from genoview.scoring.splicing.inclusion.tissues import (
    ALIKE,
    TissueChange,
    TissueInclusion,
    tissue_inclusion,
)

DONOR = "chr20:43254209:C>T"  # the donor of exon 5 of ADA, +1
SOURCE = "a table"


class Added(TissueExonModel):
    """Adds 0, 1 and -1 to the change in all tissues."""

    card = MTSPLICE_CARD
    intron_length = 300
    tissues = ("Liver", "Brain", "Eye")
    version = "1"

    def changes(
        self, pairs: Sequence[tuple[ExonSequence, ExonSequence]], *, shallow: bool = False
    ) -> npt.NDArray[np.float64]:
        assert {len(allele.before) for pair in pairs for allele in pair} == {300}
        return np.array([[0.0, 1.0, -1.0]] * len(pairs)) * (0.5 if shallow else 1.0)


@pytest.fixture(scope="module")
def effect(demo: Assembly) -> ExonEffect:
    return inclusion_answer(resolve(DONOR, demo), MMSplice(), demo).effects[0]


def by_tissue(
    demo: Assembly, effect: ExonEffect, shares: dict[str, float] | None
) -> TissueInclusion:
    variant = resolve(DONOR, demo).variant
    assert variant is not None
    measured = (SOURCE, None if shares is None else ExonShares(shares))
    return tissue_inclusion(Added(), effect, variant, demo.reference.fetch, measured)


def test_a_change_in_a_tissue_is_that_in_all_and_what_is_added(
    demo: Assembly, effect: ExonEffect
) -> None:
    result = by_tissue(demo, effect, {"Liver": 0.9, "Brain": 0.4})
    base = effect.change.delta_logit_psi
    assert [each.delta_logit_psi - base for each in result.changes] == pytest.approx([0, 1, -1])
    assert [each.shallow for each in result.changes] == [0, 0.5, -0.5]
    liver, brain, eye = result.changes
    assert (liver.psi, brain.psi, eye.psi) == (0.9, 0.4, None)
    assert eye.delta_psi is None
    assert [each.tissue for each in result.counted] == ["Liver", "Brain"]
    assert result.words == f"most in {liver.words}; least in {brain.words}"
    assert SOURCE in result.notes[0] and "In 1 tissues" in result.notes[0]


def test_zero_is_no_share_to_count_from(demo: Assembly, effect: ExonEffect) -> None:
    """The table does not tell a skipped exon from a gene that is off."""
    result = by_tissue(demo, effect, {"Liver": 0.9, "Brain": 0.0, "Eye": 0.0})
    assert [each.tissue for each in result.counted] == ["Liver"]
    nowhere = by_tissue(demo, effect, dict.fromkeys(Added.tissues, 0.0))
    assert (nowhere.counted, nowhere.words) == ((), "no tissue has RNA with it")


def test_what_nobody_measured_is_counted_from_half_and_says_so(
    demo: Assembly, effect: ExonEffect
) -> None:
    result = by_tissue(demo, effect, None)
    assert {each.begins for each in result.changes} == {0.5}
    assert result.source == "" and "from 50%" in result.words and "50%" in result.notes[0]


@given(
    st.lists(
        st.tuples(st.floats(-8, 8), st.one_of(st.none(), st.floats(0.0001, 1))),
        min_size=1,
        max_size=8,
    )
)
def test_the_sentence_never_contradicts_the_table(
    effect: ExonEffect, rows: list[tuple[float, float | None]]
) -> None:
    changes = [
        TissueChange(f"t{i}", delta, 0.0, 0.0, psi, None if psi is None else clipped(psi))
        for i, (delta, psi) in enumerate(rows)
    ]
    result = TissueInclusion(MTSPLICE_CARD, "1", effect, SOURCE, tuple(changes))
    sizes = {each.tissue: each.delta_psi for each in changes if each.delta_psi is not None}
    if not sizes:
        assert result.words == "no tissue has RNA with it"
        return
    named = re.findall(r"(t\d), (\d+)% to (\d+)%", result.words)
    largest = max(map(abs, sizes.values()))
    if named:
        assert abs(sizes[named[0][0]]) == largest
    else:
        assert largest < 0.01
    if "least in" in result.words:
        assert abs(sizes[named[1][0]]) == min(map(abs, sizes.values()))
        assert max(sizes.values()) - min(sizes.values()) >= ALIKE
    for tissue, before, after in named:
        [row] = [each for each in changes if each.tissue == tissue]
        assert row.begins is not None
        assert (int(before), int(after)) == pytest.approx(
            (100 * row.begins, 100 * (row.begins + sizes[tissue])), abs=0.5001
        )


def test_effects_say_what_they_are_counted_from(effect: ExonEffect) -> None:
    measured = replace(effect, shares=ExonShares({"Liver": 0.9, "Brain": 0.0, "Eye": 0.7}))
    assert effect.psi is None and effect.measured_delta_psi is None
    assert measured.psi == pytest.approx(0.8)
    assert "80% (measured in GTEx" in measured.words
    assert measured.measured_delta_psi is not None and measured.measured_delta_psi < -0.5
