"""Record + picture <-> one HTML file without script, which holds its record as JSON.

The file is drawn from the record alone, so that reading and drawing it again shows whether its
words are those of its record.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from genoview.errors import ExportError
from genoview.io.export import RANDOM_WEIGHTS
from genoview.report.links_out import PRIVACY
from genoview.report.one_page.record import FORMAT, Record

FOLDER = Path(__file__).parent
TEMPLATE, STYLE = "report.html.j2", "report.css"
MAX_BYTES = 32 << 20  # of a file that is read back; one with a picture takes 0.2 to 2 MB
DIGITS = 16
NO_SCRIPT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ID = "genoview-report"
_RECORD = re.compile(rf'<script type="application/json" id="{_ID}">(.*?)</script>', re.DOTALL)
_PICTURE = re.compile(r'<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"')
_BASES = re.compile(r"[ACGT]{61,}")
_RECORDS = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file says.

    Attributes:
        is_as_drawn: whether all its words are those of its record; None where another version of
            the template drew it, so that this is not known.
    """

    record: Record
    is_as_drawn: bool | None


def html_report(record: Record, picture: bytes | None) -> bytes:
    """The page.

    Args:
        picture: SVG; None where there is none, and the record says why.
    """
    digest = "" if picture is None else hashlib.sha256(picture).hexdigest()
    full = replace(record, layout=_layout(), picture=digest)
    return _drawn(full, picture)


def short_bases(text: str) -> str:
    """`insACG...` of more than 60 bases as `ins(640 bp)`: all of them stand in the record."""
    return _BASES.sub(lambda bases: f"({len(bases[0]):,} bp)", text)


def read_report(content: bytes) -> ReadBack:
    """The record of a page.

    Raises:
        ExportError: it is no report, or is damaged.
    """
    if content.startswith(b"%PDF"):
        raise ExportError(
            "A PDF holds no record that can be computed again: verify the HTML that it was "
            "printed from."
        )
    if len(content) > MAX_BYTES:
        raise ExportError(f"It has {len(content):,} bytes; a report has at most {MAX_BYTES:,}.")
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    records = _RECORD.findall(text)
    if len(records) != 1:
        raise ExportError("It is no report of genoview: it holds no record of one.")
    try:
        record = _RECORDS.validate_json(records[0], strict=True)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "its text"
        raise ExportError(
            f"Its record is damaged, or of another version than {FORMAT}: {where}, {fault['msg']}."
        ) from error
    return ReadBack(record, _is_as_drawn(record, text))


def _is_as_drawn(record: Record, text: str) -> bool | None:
    if record.layout != _layout():
        return None
    picture = None
    if record.picture:
        match = _PICTURE.search(text)
        try:
            picture = base64.b64decode(match[1], validate=True) if match else b""
        except binascii.Error:
            return False
        if hashlib.sha256(picture).hexdigest() != record.picture:
            return False
    return _fits(record) and _drawn(record, picture).decode() == text


def _fits(record: Record) -> bool:
    """Whether every row has a cell a column."""
    tables = (record.marks, *record.tables)
    return all(len(row) == len(table.columns) for table in tables for row in table.rows)


def _drawn(record: Record, picture: bytes | None) -> bytes:
    n_above = int(bool(record.tables) and record.tables[0].is_wide)  # the picture
    page = (
        _environment()
        .get_template(TEMPLATE)
        .render(
            record=record,
            plain=_RECORDS.dump_python(record, mode="json"),
            above=record.tables[:n_above],
            below=record.tables[n_above:],
            picture="" if picture is None else base64.b64encode(picture).decode(),
            record_id=_ID,
            policy=NO_SCRIPT,
            privacy=PRIVACY,
            banner=RANDOM_WEIGHTS,
            style=(FOLDER / STYLE).read_text(encoding="utf-8"),
        )
    )
    return page.encode()


@cache
def _environment() -> Environment:
    """Every value is escaped; a name that is not there is an error."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["short_bases"] = short_bases
    return environment


@cache
def _layout() -> str:
    """Digest of the template and its style."""
    parts = (FOLDER.joinpath(name).read_bytes() for name in (TEMPLATE, STYLE))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:DIGITS]
