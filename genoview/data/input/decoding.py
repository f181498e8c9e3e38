"""What others wrote -> values: any fault on the way is a GenoviewError of one sentence."""

import struct
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from genoview.errors import GenoviewError

MOST_DIGITS = 18  # of a whole number; no chromosome, count or setting has more
MOST_PATH = 4_096  # bytes of a path, and of a name in it, by Linux
MOST_NAME = 255
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,  # RecursionError is one
    TypeError,
    ValueError,  # UnicodeDecodeError and those of JSON and TOML are
    struct.error,
    zlib.error,
)
"""What reading damaged or hostile bytes may raise, in Python and in the libraries used here."""


@contextmanager
def decoding(what: str, error: type[GenoviewError], advice: str = "") -> Iterator[None]:
    """Any fault within is `error`, which names what was read and never quotes it.

    Args:
        what: such as the file's name.
        advice: a sentence on what to do.
    """
    try:
        yield
    except GenoviewError:
        raise
    except FAULTS as fault:
        advice = advice or "Save or copy it again from its source."
        raise error(f"{what[:200]} cannot be read: {reason_of(fault)}. {advice}") from fault


def reason_of(fault: BaseException) -> str:
    """In words, without anything of what was read."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    if isinstance(fault, UnicodeDecodeError):
        return "it is not text in UTF-8"
    if isinstance(fault, RecursionError):
        return "it is nested too deeply"
    if isinstance(fault, MemoryError):
        return "it needs more memory than there is"
    return "it is damaged, cut off or of another kind"


def text_of(line: bytes) -> str:
    """A line in UTF-8, or in Windows' Latin letters where it is not; a byte order mark left out."""
    line = line.removeprefix(BOM_UTF8)
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def whole_number(text: str) -> int | None:
    """Digits 0 to 9 alone; None for anything else, and for what no chromosome has."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def path_of(text: str, error: type[Exception]) -> Path:
    """A path as a person writes it, `~` for the home folder.

    Raises:
        error: no file can have it.
    """
    text = text.strip()
    names = text.replace("\\", "/").split("/")
    if "\x00" in text or not text.isprintable():
        raise error("A path cannot have control characters; type the path of a file.")
    if len(text.encode("utf-8", "replace")) > MOST_PATH or any(
        len(name.encode("utf-8", "replace")) > MOST_NAME for name in names
    ):
        raise error(f"The path {text[:60]}... is too long to be that of a file.")
    try:
        text.encode()
        return Path(text).expanduser()
    except (RuntimeError, UnicodeEncodeError) as fault:
        raise error(f"The path {text[:60]!r} begins with no person's folder.") from fault


def file_name_of(text: str) -> str:
    """The name of an upload as a file here may have it: no folder, at most 120 characters."""
    name = text.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode()
    name = "".join(c for c in name if c.isprintable()).strip()
    if len(name.encode()) > MOST_NAME // 2:
        stem, dot, ending = name.encode().decode().partition(".")
        ending = ending if dot and len(ending.encode()) <= 20 else ending.rpartition(".")[2][-20:]
        name = f"{stem[:20]}.{ending}" if dot else stem[:20]
    return name if name.strip(".") else "file"
