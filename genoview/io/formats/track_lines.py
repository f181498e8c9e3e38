"""A text file of UCSC -> its tracks, where `track` lines part it into several."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genoview.io.bgzf import open_text
from genoview.io.formats.detect import format_of
from genoview.io.formats.local_file import LocalFile, open_local
from genoview.io.formats.tabix import is_indexed
from genoview.io.formats.text_lines import LocalFileError

MOST_TRACKS = 50  # of one file; lines of further ones go with the last
_START = re.compile(rb"track\s")
_NAME = re.compile(r"""\bname\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")


def open_tracks(
    path: Path, *, title: str = "", assembly: str = "", chroms: Mapping[str, int] | None = None
) -> tuple[LocalFile, ...]:
    """As `open_local`, a file for each track that it has, each of its own format.

    A track that cannot be read is a warning of the first that can.

    Raises:
        LocalFileError: none can be read.
    """
    title = title or path.name
    is_one = not format_of(path).is_text or is_indexed(path) or _n_tracks(path) < 2
    if is_one:
        return (open_local(path, title=title, assembly=assembly, chroms=chroms),)
    opened, faults = list[LocalFile](), list[str]()
    with tempfile.TemporaryDirectory(prefix="genoview-") as folder:
        for part in _parts(path, Path(folder)):
            name = f"{title}: {part.name}"
            try:
                file = open_local(part.path, title=name, assembly=assembly, chroms=chroms)
            except LocalFileError as error:
                faults.append(str(error))
                continue
            _count_from(file, part.n_before)
            opened.append(replace(file, path=path))
    if not opened:
        raise LocalFileError(faults[0])
    return (replace(opened[0], warnings=(*opened[0].warnings, *faults)), *opened[1:])


def _count_from(file: LocalFile, n_before: int) -> None:
    """Numbers of lines as the whole file has them."""
    examples = file.contents.skips.examples
    examples.update({reason: number + n_before for reason, number in examples.items()})


@dataclass(frozen=True, slots=True)
class _Part:
    """A track in a file of its own, the track's name, and how many lines lie before it."""

    path: Path
    name: str
    n_before: int


def _n_tracks(path: Path) -> int:
    """Tracks with lines of data; lines before the first `track` line are one too."""
    n, is_empty = 0, True
    with open_text(path) as (file, _):
        for raw in file:
            if _START.match(raw):
                is_empty = True
            elif is_empty and raw.strip() and not raw.startswith((b"#", b"browser")):
                n, is_empty = n + 1, False
    return n


def _parts(path: Path, folder: Path) -> Iterator[_Part]:
    """A file for each track that has data, of the same name."""
    stem = re.sub(r"\.b?gz$", "", path.name, flags=re.IGNORECASE)
    lines: list[bytes] = []
    n_parts = n_before = 0

    def part() -> Iterator[_Part]:
        if _has_data(lines):
            target = folder / str(n_parts) / stem
            target.parent.mkdir()
            target.write_bytes(b"".join(lines))
            yield _Part(target, _name(lines, n_parts + 1), n_before)

    with open_text(path) as (file, _):
        for raw in file:
            if _START.match(raw) and n_parts < MOST_TRACKS:
                for each in part():
                    n_parts += 1
                    yield each
                n_before += len(lines)
                lines = []
            lines.append(raw)
    yield from part()


def _has_data(lines: list[bytes]) -> bool:
    return any(
        line.strip() and not line.startswith((b"#", b"browser")) and not _START.match(line)
        for line in lines
    )


def _name(lines: list[bytes], number: int) -> str:
    first = next((line for line in lines if _START.match(line)), b"").decode("utf-8", "replace")
    match = _NAME.search(first)
    return "".join(filter(None, match.groups())) if match else f"track {number}"
