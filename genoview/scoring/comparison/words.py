"""Values of several models for one site or track -> how far they agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

CALLED_FROM = 0.2  # of a splice site's change: the lowest published cut-off, of high recall;
# Jaganathan et al. 2019, doi:10.1016/j.cell.2018.12.015


class Verdict(Enum):
    """How far models agree, the ones that differ most first."""

    OPPOSITE = "opposite signs"
    SOME = "called by some"
    ALL = "called by all"
    NONE = "called by none"


@dataclass(frozen=True, slots=True)
class Word:
    """One model's values of REF and ALT, in that model's unit.

    Attributes:
        called: the change is as large as the model's cut-off, or larger.
        where: the tissue, cell or track that changes most, where the model has several.
    """

    ref: float
    alt: float
    called: bool
    where: str = ""

    @property
    def difference(self) -> float:
        return self.alt - self.ref


@dataclass(frozen=True, slots=True)
class Row:
    """One site or track, and each model's values there.

    Attributes:
        words: one a model, in the order of the answers; None where it has none.
        position: 0-based base of a site; None of what has no single place.
        same_unit: whether the numbers of the models may be compared with each other.
    """

    label: str
    strand: str
    words: tuple[Word | None, ...]
    position: int | None = None
    same_unit: bool = True

    @property
    def present(self) -> list[Word]:
        return [word for word in self.words if word is not None]

    @property
    def callers(self) -> list[Word]:
        return [word for word in self.present if word.called]

    @property
    def verdict(self) -> Verdict:
        if len({word.difference > 0 for word in self.callers}) == 2:
            return Verdict.OPPOSITE
        if not self.callers:
            return Verdict.NONE
        return Verdict.ALL if len(self.callers) == len(self.present) else Verdict.SOME

    @property
    def sign(self) -> str:
        """`up` or `down`: what all that call it agree on; empty where they do not."""
        signs = {word.difference > 0 for word in self.callers}
        return ("up" if signs.pop() else "down") if len(signs) == 1 else ""

    @property
    def largest(self) -> float:
        """|ALT - REF| of the model that sees most."""
        return max((abs(word.difference) for word in self.present), default=0.0)


def disagreements_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By verdict, and among equal ones by the largest change."""
    verdicts = list(Verdict)
    return tuple(sorted(rows, key=lambda row: (verdicts.index(row.verdict), -row.largest)))
