"""What was typed, checked against the genome."""

from dataclasses import dataclass, field

from genoview.data.genome import Interval, Locus, Variant


@dataclass(frozen=True, slots=True)
class Request:
    """A request, checked against the genome.

    Attributes:
        text: the normalised query, as the page echoes it.
        locus: what is drawn.
        predicted: what the models predict: the locus on a grid, inside what the genome covers.
        variant: left-normalised, its REF checked.
        notes: what was changed or should be known, a sentence each.
    """

    text: str
    assembly: str
    locus: Locus
    predicted: Interval
    variant: Variant | None = None
    notes: tuple[str, ...] = field(default=())
