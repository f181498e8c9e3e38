"""What every card is made of: a title, lines of label and value, and links out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, SupportsFloat

from genoview.data.answer import Answer, Shown
from genoview.errors import QueryError

Card = dict[str, Any]
STRANDS = {"+": "+ (forward)", "-": "− (reverse)"}


def card_with(
    title: str, lines: Iterable[tuple[str, str]], links: Iterable[tuple[str, str]] = ()
) -> Card:
    """`title`, `lines` of label and value, `links` of label and url; empty values are left out."""
    return {
        "title": title,
        "lines": [{"label": label, "value": value} for label, value in lines if value],
        "links": [{"label": label, "url": url} for label, url in links],
    }


def exact(value: SupportsFloat) -> str:
    """The fewest digits that are read back as this very float32 or float64."""
    return str(value).removesuffix(".0")


def signed(value: SupportsFloat) -> str:
    """The same of a difference, with its sign."""
    text = exact(value)
    return text if text.startswith("-") or float(value) == 0 else f"+{text}"


def fields_of(key: str, n: int) -> list[str]:
    """The parts of a key that a browser sent.

    Raises:
        QueryError: they are not `n`.
    """
    fields = key.split("|")
    if len(fields) != n:
        raise QueryError(f"{key[:40]!r} names nothing in the tracks; reload the page.")
    return fields


def answer_with(
    answers: Iterable[Answer],
    row_id: str,
    columns_of: Callable[[Shown], Mapping[str, int]],
    what: str,
) -> tuple[Answer, int]:
    """The model that a row is of, and its column.

    Args:
        columns_of: a model -> columns by the ids of their rows.
        what: is drawn, for the error message.

    Raises:
        QueryError: no model has the row.
    """
    for answer in answers:
        columns = columns_of(answer.shown)
        if row_id in columns:
            return answer, columns[row_id]
    raise QueryError(f"{what} no longer among the tracks; reload the page.")


def x_of(text: str) -> float:
    """An x of the figure in a key; raises QueryError where it is not a number."""
    digits = text.removeprefix("-").removesuffix(".5")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12):
        raise QueryError(f"{text[:20]!r} is not a position in the tracks; reload the page.")
    return float(text)
