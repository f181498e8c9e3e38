"""An exon's change of inclusion, and what GTEx measured of it -> its change in each tissue.

The change in a tissue is that in all (MMSplice) and ALT - REF of what MTSplice adds. The package
adds MTSplice's word on ALT alone, which is mostly how tissues differ already in REF.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from genoview.data.genome import Variant
from genoview.data.model_card import ModelCard
from genoview.io.inclusion.table import ExonShares
from genoview.models.exons.contract import TissueExonModel
from genoview.scoring.splicing.inclusion.alleles import Fetch, ReadExon, exon_alleles
from genoview.scoring.splicing.inclusion.effect import HALF, ExonEffect, clipped, delta_psi

ALIKE = 0.05  # of inclusion: tissues whose changes differ by less are not told apart
LEAST = 0.01  # of inclusion: the least change that is said


@dataclass(frozen=True, slots=True)
class TissueChange:
    """What ALT does to an exon in one tissue.

    Attributes:
        delta_logit_psi: change of the log odds of inclusion: that in all tissues, and `added`.
        added, shallow: by the model's deep networks for this tissue, and by its shallow ones.
        psi: share of RNA that has the exon in REF, as measured; None where none was seen.
        begins: what the change of inclusion is counted from; None where nothing is to count from.
    """

    tissue: str
    delta_logit_psi: float
    added: float
    shallow: float
    psi: float | None
    begins: float | None

    @property
    def delta_psi(self) -> float | None:
        """Change of inclusion, -1 to 1."""
        return None if self.begins is None else delta_psi(self.delta_logit_psi, self.begins)

    @property
    def words(self) -> str:
        """`Liver, 91% to 60%`."""
        if self.begins is None:
            return f"{self.tissue}, log odds {self.delta_logit_psi:+.2f}"
        after = self.begins + delta_psi(self.delta_logit_psi, self.begins)
        return f"{self.tissue}, {self.begins:.0%} to {after:.0%}"


@dataclass(frozen=True, slots=True, eq=False)  # one object an answer: a cheap key of caches
class TissueInclusion:
    """The exon that changes most, in each tissue of a model.

    Attributes:
        source: of what was measured; "" where the exon was not.
        changes: in the model's order.
    """

    card: ModelCard
    version: str
    effect: ExonEffect
    source: str
    changes: tuple[TissueChange, ...]

    @property
    def counted(self) -> tuple[TissueChange, ...]:
        """Tissues with a change of inclusion, the largest first."""
        sized = [(abs(each.delta_psi or 0.0), each) for each in self.changes if each.begins]
        return tuple(each for _, each in sorted(sized, key=lambda pair: -pair[0]))

    @property
    def is_alike(self) -> bool:
        """Whether the change of inclusion is nearly the same in all of them."""
        sizes = [each.delta_psi or 0.0 for each in self.counted]
        return max(sizes, default=0.0) - min(sizes, default=0.0) < ALIKE

    @property
    def words(self) -> str:
        """Where it matters most, in a clause: `most in Liver, 91% to 60%`."""
        counted = self.counted
        if not counted:
            return "no tissue has RNA with it"
        first, last = counted[0], counted[-1]
        if abs(first.delta_psi or 0.0) < LEAST:
            return f"inclusion changes by less than {LEAST:.0%} in every tissue"
        start = "" if self.source else ", counted from 50%"
        if self.is_alike:
            return f"alike in {len(counted)} tissues (as in {first.words}){start}"
        return f"most in {first.words}; least in {last.words}{start}"

    @property
    def brief(self) -> str:
        """The same in a few words: `most in Liver (91% to 60%)`, `alike in 53 tissues`."""
        counted = self.counted
        if not self.source or not counted:
            return "" if not self.source else self.words
        if abs(counted[0].delta_psi or 0.0) < LEAST:
            return f"by less than {LEAST:.0%} in every tissue"
        if self.is_alike:
            return f"alike in {len(counted)} tissues"
        tissue, _, shares = counted[0].words.rpartition(", ")
        return f"most in {tissue} ({shares})"

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence each on what the numbers start from."""
        n_absent = sum(each.begins is None for each in self.changes)
        if not self.source:
            return (
                "Nothing is measured of this exon here: changes of inclusion are counted from 50% "
                "in every tissue, and differ by what the model adds alone.",
            )
        words = f"REF: {self.source}. Changes are counted from what is measured, 99.9% at most."
        if n_absent:
            words += (
                f" In {n_absent} tissues no RNA with the exon was seen, or they were not measured: "
                "it is skipped there or the gene is off, which the table does not tell apart; no "
                "change of inclusion is given."
            )
        return (words,)


def tissue_inclusion(
    model: TissueExonModel,
    effect: ExonEffect,
    variant: Variant,
    fetch: Fetch,
    measured: tuple[str, ExonShares | None] = ("", None),
) -> TissueInclusion:
    """Of one exon.

    Args:
        measured: of what table, and its row of the exon.
    """
    source, shares = measured
    seen: Mapping[str, float] = shares.seen if shares else {}
    reach = (model.intron_length * (side > 0) for side in (effect.read.left, effect.read.right))
    pair = exon_alleles(ReadExon(effect.exon, *reach), variant, fetch)
    deep, shallow = (model.changes([pair], shallow=way)[0].tolist() for way in (False, True))
    base = effect.change.delta_logit_psi
    changes = []
    for tissue, added, other in zip(model.tissues, deep, shallow, strict=True):
        psi = seen.get(tissue)
        begins = HALF if shares is None else None if psi is None else clipped(psi)
        changes.append(TissueChange(tissue, base + added, added, other, psi, begins))
    return TissueInclusion(
        model.card, model.version, effect, source if shares else "", tuple(changes)
    )
