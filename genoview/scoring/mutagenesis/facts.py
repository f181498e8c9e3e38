"""What a reader should know of a score that mutagenesis can compute."""

from dataclasses import dataclass

from genoview.data.track_data import Family


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """One score.

    Attributes:
        score_id: in links and ids of rows.
        title: as a person reads it; `label` is its short form, as in a row's title.
        unit: of the effects.
        formula: in one or two sentences.
        model: name of the backend.
        most_bases: of one range.
    """

    score_id: str
    title: str
    label: str
    unit: str
    formula: str
    model: str
    family: Family
    most_bases: int
