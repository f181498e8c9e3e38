"""A saved locus: a view's name, thumbnail and link, so that it can be searched and reopened."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from genoview.errors import StoreError
from genoview.store.database import utc_now

SHORT_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none is mistaken for another
SHORT_ID_LENGTH = 8
MAX_NAME = 200  # characters
MAX_NOTE = 20_000
MAX_TAGS = 50
MAX_PREDICTION = 2_000
MAX_URL = 500_000  # a little less than the server takes
MAX_TRACKS = 1_000
MAX_SPARKLINE = 1_000


@dataclass(frozen=True, slots=True)
class TrackSummary:
    """One track of a saved view in small.

    Attributes:
        maximum: of the track in view, in its unit.
        position: 0-based position of the maximum, None where it is unknown.
        sparkline: the track's course, left to right, in its unit.
    """

    label: str
    maximum: float
    position: int | None = None
    sparkline: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader writes on a locus that is saved."""

    name: str = ""
    note: str = ""
    tags: Sequence[str] = ()


UNLABELLED = Label()


@dataclass(frozen=True, slots=True)
class SavedLocus:
    """A view that somebody wants to come back to.

    Attributes:
        id: of this locus, wherever it is carried to.
        short_id: for the short link; unique in one library only.
        text: the normalised query.
        url: query string that reopens the view.
        models: name -> version of what computed the summary.
        created, updated: with time zone.
        gene: symbol, of a variant in or near one.
        prediction: of a variant, in one sentence, as it was when saved.
    """

    id: str
    short_id: str
    name: str
    assembly: str
    text: str
    url: str
    created: datetime
    updated: datetime
    note: str = ""
    tags: tuple[str, ...] = ()
    summary: tuple[TrackSummary, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    gene: str = ""
    prediction: str = ""

    def __post_init__(self) -> None:
        lengths = (
            ("name", self.name, MAX_NAME, "characters"),
            ("note", self.note, MAX_NOTE, "characters"),
            ("url", self.url, MAX_URL, "characters"),
            ("prediction", self.prediction, MAX_PREDICTION, "characters"),
            ("tags", self.tags, MAX_TAGS, "tags"),
            ("summary", self.summary, MAX_TRACKS, "tracks"),
        )
        for name, value, limit, unit in lengths:
            if len(value) > limit:
                raise StoreError(f"{name} has {len(value):,} {unit}; at most {limit:,} are kept.")
        if not self.name.strip() or not self.text.strip():
            raise StoreError("A saved locus needs a name and a query.")
        if any(len(track.sparkline) > MAX_SPARKLINE for track in self.summary):
            raise StoreError(f"A sparkline has more than {MAX_SPARKLINE:,} values.")

    @classmethod
    def new(
        cls,
        text: str,
        assembly: str,
        url: str,
        label: Label = UNLABELLED,
        summary: Sequence[TrackSummary] = (),
        models: Mapping[str, str] | None = None,
    ) -> Self:
        """A locus saved now; without a name it is called by its query."""
        now = utc_now()
        return cls(
            id=secrets.token_hex(16),
            short_id=new_short_id(),
            name=label.name.strip() or text[:MAX_NAME],
            assembly=assembly,
            text=text,
            url=url,
            created=now,
            updated=now,
            note=label.note,
            tags=clean_tags(label.tags),
            summary=tuple(summary),
            models=dict(models or {}),
        )


def new_short_id() -> str:
    """Letters and digits that need no escape in a link."""
    return "".join(secrets.choice(SHORT_ID_LETTERS) for _ in range(SHORT_ID_LENGTH))


def clean_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Without blanks around them, empty ones and repetitions, in the order given."""
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
