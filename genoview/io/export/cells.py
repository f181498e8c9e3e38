"""Cells of CSV and TSV as words: no spreadsheet takes a person's text for a formula.

A cell that begins with = + - @ or a tab gets an apostrophe, as spreadsheets mark text; numbers and
strands stay as they are. Source: OWASP, CSV Injection.
"""

import re
from collections.abc import Iterable

STARTS = (
    r"=+\-@\uff1d\uff0b\uff0d\uff20"  # also as full-width characters, which some spreadsheets take
)
_FORMULA = re.compile(rf"[{STARTS}\t\r\n]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?|[+-]?(inf|nan)|[+-]")
_INNER = re.compile(  # behind what cuts cells; a sign before a number or a blank is none
    rf"([,;\t]\s*[\"']?)(?![+-]?[\d.]+(?:[eE][+-]?\d+)?(?:[\s,;%)]|$))(?![+-]\s)([{STARTS}])"
)


def safe_cell(value: object) -> object:
    """The value; a text that would be a formula behind an apostrophe."""
    if not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def safe_row(values: Iterable[object]) -> list[object]:
    """Each of them as a safe cell."""
    return [safe_cell(value) for value in values]


def safe_comment(line: str) -> str:
    """A comment in one line, of which no cell is a formula where it is cut at commas."""
    return _INNER.sub(r"\1'\2", " ".join(line.split()))
