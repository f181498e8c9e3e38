"""The four marks beside the prediction: how much a variant changes protein, splicing and the rest.

Each has the number behind its level and the rule for the level. A level is a class of sizes,
never of harm.
"""

from dataclasses import dataclass
from enum import StrEnum

PROTEIN, SPLICING, EXPRESSION, BINDING = MARKED = "protein", "splicing", "expression", "binding"


class Level(StrEnum):
    """How large a predicted change is."""

    NONE = "none"
    SOME = "some"
    LARGE = "large"
    RUNNING = "running"
    NOT_PREDICTED = "not predicted"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is predicted of one family.

    Attributes:
        family: one of `MARKED`, in that order in a report.
        number: behind the level; None where there is none, as of the protein or while running.
        unit: of the number; "" without one.
        words: `acceptor gain 0.90 in ADA`, for a hint; never empty.
        rule: by which the level was chosen, with its source.
    """

    family: str
    level: Level
    number: float | None
    unit: str
    words: str
    rule: str
