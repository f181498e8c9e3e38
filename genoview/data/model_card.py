"""What a reader should know of a model."""

from dataclasses import dataclass

from genoview.data.track_data import Family

BRIEF = 8  # words


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a reader should know of a model, in plain words.

    Attributes:
        predicts: what the tracks mean.
        limits: what they do not mean.
        random_weights: True only in tests; every panel and export then says so.
        summary: what it predicts in at most BRIEF words, for tables.
    """

    name: str
    title: str
    family: Family
    predicts: str
    limits: str
    licence: str
    citation: str
    source: str
    parameters: int
    random_weights: bool = False
    summary: str = ""

    @property
    def brief(self) -> str:
        """The summary; of a card without one, how `predicts` begins."""
        words = self.predicts.split()
        rest = " …" if len(words) > BRIEF else ""
        return self.summary or " ".join(words[:BRIEF]) + rest
