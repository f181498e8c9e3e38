"""A request -> what one model reads and predicts of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.models.base import Backend


@dataclass(frozen=True, slots=True)
class ModelInput:
    """What one model reads and predicts of a request."""

    request: Request
    model: Backend

    @property
    def predicted(self) -> Interval:
        """All of the request, or as much as the model can around the variant or the middle."""
        variant = self.request.variant
        around = self.request.locus.interval if variant is None else variant.interval
        return self.model.focus(self.request.predicted, around)

    @property
    def grid(self) -> Interval:
        """What is predicted, in whole bins."""
        return self.model.grid(self.predicted)

    @property
    def window(self) -> Interval:
        """What is read."""
        return self.model.window(self.grid)

    @property
    def alignment(self) -> str:
        """Where ALT departs from the window of REF: a variant, but for the chromosome's name."""
        variant, start = self.request.variant, self.grid.start
        changes = variant.changes if variant else ()
        return "+".join(f"{c.start - start}:{c.ref}>{c.alt}" for c in changes)

    def edge_warning(self, covered: Iterable[Interval], genome: str) -> tuple[str, ...]:
        """A sentence where the model reads N because the genome's known parts end."""
        if any(part.contains(self.window) for part in covered):
            return ()
        return (self.model.edge_words(self.predicted, genome),)
