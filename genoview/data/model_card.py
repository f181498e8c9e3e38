"""What a reader should know of a model."""

from dataclasses import dataclass

from genoview.data.track_data import Family


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a reader should know of a model, in plain words.

    Attributes:
        predicts: what the tracks mean.
        limits: what they do not mean.
        random_weights: True only in tests; every panel and export then says so.
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
