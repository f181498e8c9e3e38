"""All that a report of one page says, as values: a template draws them, `verify` compares them."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from genoview.scoring.splicing.delta_scores import LEAST_DISTANCE, MOST_DISTANCE

FORMAT: Literal["genoview-report-1"] = "genoview-report-1"
Cell = str | float | None
MOST_TEXT, MOST_MODELS = 10_000, 100  # characters; a typed insertion may have thousands
MOST_FLANK = 1_000_000  # bp

_STRICT: dict[str, Any] = {"extra": "forbid", "allow_inf_nan": False}  # of a file that is read back


@dataclass(frozen=True, slots=True)
class Question:
    """What was computed, as far as it must be known to compute it again.

    Bounds are of a file that is read back: nothing it says may take all of a machine.

    Attributes:
        query: normalised text of the variant.
        models: names of those that answered.
        distance: bp beside the variant in which delta scores look.
        flank: bp on each side of the variant; 0 for the usual.
        transcript: on which the consequence is read; "" for the first.
    """

    __pydantic_config__: ClassVar = _STRICT

    query: Annotated[str, Field(max_length=MOST_TEXT)]
    assembly: Annotated[str, Field(max_length=MOST_TEXT)]
    models: Annotated[tuple[str, ...], Field(max_length=MOST_MODELS)]
    distance: Annotated[int, Field(ge=LEAST_DISTANCE, le=MOST_DISTANCE)]
    flank: Annotated[int, Field(ge=0, le=MOST_FLANK)] = 0
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Genome:
    """What was read.

    Attributes:
        family: the known assembly that it is of; "" for none.
        place: that the models read.
        sequence: first digits of the SHA-256 of its bases there.
        genes: of which tables.
    """

    __pydantic_config__: ClassVar = _STRICT

    name: str
    family: str
    place: str
    sequence: str
    genes: str


@dataclass(frozen=True, slots=True)
class ModelShown:
    """One model, with the version that holds the digest of its weights."""

    __pydantic_config__: ClassVar = _STRICT

    name: str
    title: str
    version: str
    licence: str
    random_weights: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column; of numbers where `decimals` is a number.

    Attributes:
        is_key: with the other key columns, names a row.
    """

    __pydantic_config__: ClassVar = _STRICT

    name: str
    decimals: int | None = None
    is_key: bool = False
    is_signed: bool = False

    def words(self, cell: Cell) -> str:
        """As it is shown."""
        if cell is None:
            return "–"
        if isinstance(cell, str):
            return cell
        return f"{cell:{'+' if self.is_signed else ''},.{self.decimals or 0}f}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; `note` says what is left out, and what its numbers are."""

    __pydantic_config__: ClassVar = _STRICT

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the variant, or an address of it at another site."""

    __pydantic_config__: ClassVar = _STRICT

    name: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A report, but for its picture.

    Attributes:
        genoview: its version.
        date: of the computation, ISO 8601.
        reopen: address that shows the variant in a dashboard; "" where there is none.
        prediction: one sentence.
        notes: sentences that belong to the values.
        layout: digest of the template, which draws equal records alike.
        picture: SHA-256 of the picture's bytes; "" where there is none, for which `no_picture`
            has the reason.
    """

    __pydantic_config__: ClassVar = _STRICT

    format: Literal["genoview-report-1"]
    genoview: str
    date: str
    reopen: str
    question: Question
    genome: Genome
    models: tuple[ModelShown, ...]
    names: tuple[Named, ...]
    prediction: str
    marks: Table
    tables: tuple[Table, ...]
    links: tuple[Named, ...]
    notes: tuple[str, ...] = ()
    layout: str = ""
    picture: str = ""
    no_picture: str = ""

    @property
    def random_weights(self) -> bool:
        return any(model.random_weights for model in self.models)
