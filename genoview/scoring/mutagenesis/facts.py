"""What a reader should know of a score that mutagenesis can compute."""

from dataclasses import dataclass

from genoview.data.track_data import Family


@dataclass(frozen=True, slots=True)
class Meaning:
    """Meaning of a kind of score.

    Attributes:
        unit: of the effects.
        formula: in one or two sentences.
        most_bases: of one range.
    """

    unit: str
    formula: str
    most_bases: int


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """One score.

    Attributes:
        score_id: in links and ids of rows.
        title: as a person reads it; `label` is its short form, as in a row's title.
        model: name of the backend.
    """

    score_id: str
    title: str
    label: str
    meaning: Meaning
    model: str
    family: Family

    @property
    def unit(self) -> str:
        return self.meaning.unit

    @property
    def formula(self) -> str:
        return self.meaning.formula

    @property
    def most_bases(self) -> int:
        return self.meaning.most_bases
