"""Saved loci <-> JSON text, to carry them to another machine. Text from outside is checked."""

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from genoview.data.input.decoding import decoding
from genoview.errors import StoreError
from genoview.store.database import utc_now
from genoview.store.saved_locus import SHORT_ID_LETTERS, SavedLocus, TrackSummary, clean_tags

FORMAT = "genoview-saved-loci"
VERSION = 1
MAX_ENTRIES = 20_000
MOST_TEXT = 200_000_000  # characters
_ID = re.compile(r"[0-9a-f]{32}")
_SHORT_ID = re.compile(f"[{SHORT_ID_LETTERS}]{{6,8}}")


def export_text(loci: Iterable[SavedLocus]) -> str:
    """JSON of each locus with all its fields."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "exported": utc_now().isoformat(),
        "loci": [locus_fields(locus) for locus in loci],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def parse_export(text: str) -> list[SavedLocus]:
    """Loci of an export; where an id comes twice, the one changed last.

    Raises:
        StoreError: it is not an export, or an entry is wrong; names the entry and the field.
    """
    with decoding("The export", StoreError):
        return _parse_document(_json_of(text))


def _json_of(text: str) -> Any:
    if len(text) > MOST_TEXT:
        raise StoreError(
            f"The export has {len(text):,} characters; at most {MOST_TEXT:,} are read. Export "
            "fewer loci at a time."
        )
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"The text is not JSON: {error}.") from error


def _parse_document(document: Any) -> list[SavedLocus]:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise StoreError(f'The JSON is not an export of saved loci: no "format": "{FORMAT}".')
    if document.get("version") != VERSION:
        raise StoreError(
            f"The export has version {document.get('version')!r}; this genoview reads version "
            f"{VERSION}."
        )
    entries = document.get("loci")
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise StoreError(f'"loci" is not a list of at most {MAX_ENTRIES:,} entries.')
    newest: dict[str, SavedLocus] = {}
    for number, entry in enumerate(entries, start=1):
        locus = _parse_entry(entry, number)
        if locus.id not in newest or locus.updated > newest[locus.id].updated:
            newest[locus.id] = locus
    return list(newest.values())


def locus_fields(locus: SavedLocus) -> dict[str, Any]:
    """A locus as JSON values."""
    times = {"created": locus.created.isoformat(), "updated": locus.updated.isoformat()}
    return {**asdict(locus), **times}


def parse_locus(fields: dict[str, Any]) -> SavedLocus:
    """Read what `locus_fields` made.

    Raises:
        StoreError: a field is missing or wrong; names it.
    """
    whole = dict.fromkeys(_LATER, "") | fields
    read = {name: _field(whole, name, check) for name, check in (_FIELDS | _LATER).items()}
    return SavedLocus(**read)


def _parse_entry(entry: object, number: int) -> SavedLocus:
    if not isinstance(entry, dict):
        raise StoreError(f"Entry {number} is not an object with the fields of a saved locus.")
    name = entry.get("name")
    words = f"Entry {number} ({name[:60]!r})" if isinstance(name, str) else f"Entry {number}"
    try:
        return parse_locus(entry)
    except StoreError as error:
        raise StoreError(f"{words}: {error} Nothing was imported.") from error


def _field(fields: dict[str, Any], name: str, check: Callable[[Any], Any]) -> Any:
    if name not in fields:
        raise StoreError(f"{name} is missing.")
    try:
        return check(fields[name])
    except (ValueError, OverflowError) as error:
        raise StoreError(f"{name} is {str(fields[name])[:60]!r}; {error} was expected.") from error


def _text(value: Any) -> str:
    """Text that can be stored and shown in one field."""
    if not isinstance(value, str):
        raise ValueError("text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("text without halves of characters") from error
    return value


def _matching(pattern: re.Pattern[str], words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(words)
        return value

    return check


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("a date and time as 2026-01-31T12:00:00+00:00") from error
    if moment.tzinfo is None:
        raise ValueError("a date and time with its zone, as 2026-01-31T12:00:00+00:00")
    return moment.astimezone(UTC)


def _tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list of texts")
    return clean_tags([_text(tag) for tag in value])


def _models(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("an object of model names and versions")
    return {_text(name): _text(version) for name, version in value.items()}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a finite number")
    return float(value)


def _summary(value: Any) -> tuple[TrackSummary, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(track, dict) for track in value):
        raise ValueError("a list of tracks")
    return tuple(_track(track) for track in value)


def _track(track: dict[str, Any]) -> TrackSummary:
    position, sparkline = track.get("position"), track.get("sparkline", [])
    if position is not None and (isinstance(position, bool) or not isinstance(position, int)):
        raise ValueError("a whole number as each track's position")
    if not isinstance(sparkline, list | tuple):
        raise ValueError("a list of numbers as each track's sparkline")
    return TrackSummary(
        label=_text(track.get("label")),
        maximum=_number(track.get("maximum")),
        position=position,
        sparkline=tuple(_number(value) for value in sparkline),
    )


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "id": _matching(_ID, "32 hexadecimal digits"),
    "short_id": _matching(_SHORT_ID, f"6 to 8 of {SHORT_ID_LETTERS}"),
    "name": _text,
    "assembly": _text,
    "text": _text,
    "url": _text,
    "created": _moment,
    "updated": _moment,
    "note": _text,
    "tags": _tags,
    "summary": _summary,
    "models": _models,
}
_LATER: dict[str, Callable[[Any], Any]] = {"gene": _text, "prediction": _text}
"""Fields that exports of earlier versions lack."""
