"""Positions as people write them -> whole numbers: `43,042,364`, `43 042 364`, `43.02M`."""

import re
from decimal import Decimal

from genoview.errors import QueryError

MAX_POSITION = 10**10  # bp; longer than any chromosome known

# Blanks and underscores also part the fields of a query, so they group digits only where at
# least two groups of three follow.
POSITION = (  # pattern of a position
    r"(?:[0-9]{1,3}(?:_[0-9]{3}){2,}(?![0-9])|[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9])"
    r"|[0-9]+(?:[,.'][0-9]+)*)"
)
SCALED = rf"{POSITION}(?:\s?(?:[kKmM](?:[bB][pP]?)?|bp)(?![A-Za-z]))?"  # with a unit, as 43.02 Mb
_UNITS = {"": 1, "bp": 1, "k": 1_000, "kb": 1_000, "kbp": 1_000}
_UNITS |= {"m": 1_000_000, "mb": 1_000_000, "mbp": 1_000_000}
_GROUPED = re.compile(r"[0-9]{1,3}([,'_ ])[0-9]{3}(?:\1[0-9]{3})*|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_PARTS = re.compile(r"(.*[0-9])\s?([a-z]*)", re.DOTALL)


def to_number(text: str) -> int:
    """bp or a 1-based position, as typed.

    Raises:
        QueryError: the digits are grouped in no usual way, or no whole number of bp comes out.
    """
    match = _PARTS.fullmatch(text.strip().lower())
    if not match or match[2] not in _UNITS:
        raise QueryError(f"{text!r} is not a position; type it as 43,042,364.")
    digits, unit = match[1], _UNITS[match[2]]
    if _GROUPED.fullmatch(digits) and not (unit > 1 and "." in digits):
        digits = re.sub(r"[^0-9]", "", digits)
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
        raise QueryError(
            f"{text!r} is not a position: marks between digits part groups of three, "
            "as in 43,042,364."
        )
    if len(digits) > 20:
        raise QueryError(f"{digits[:20]}... lies beyond the end of every chromosome.")
    value = Decimal(digits) * unit
    if value != int(value):
        raise QueryError(f"{text!r} is not a whole number of bp; type it as 43,042,364 or 43.04M.")
    if value > MAX_POSITION:
        raise QueryError(f"{text!r} lies beyond the end of every chromosome.")
    return int(value)
