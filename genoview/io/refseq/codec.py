"""Columns of integers and lines of text <-> one small file, xz.

A column of int32 is stored as four planes of bytes, lowest first, so that the many zeros of the
upper ones lie together. A column of steps is stored as differences; both are decoded by NumPy.
"""

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from genoview.errors import AnnotationError

IntArray = npt.NDArray[np.int64]
Columns = Mapping[str, IntArray | list[str]]
_MAGIC = "genoview genes 1"


def pack(columns: Columns) -> bytes:
    """A file of columns; the same columns give the same bytes with the same liblzma."""
    parts, heads = [], []
    for name, values in columns.items():
        if isinstance(values, list):
            content = "\n".join(values).encode()
            heads.append([name, "text", len(content)])
        else:
            low = values.astype("<i4")
            if not np.array_equal(low, values):
                raise ValueError(f"Column {name} has values that do not fit into 32 bits.")
            content = low.view(np.uint8).reshape(-1, 4).T.tobytes()
            heads.append([name, "int", len(content)])
        parts.append(content)
    head = json.dumps([_MAGIC, heads]).encode() + b"\n"
    return lzma.compress(head + b"".join(parts), preset=9 | lzma.PRESET_EXTREME)


def unpack(path: Path) -> dict[str, IntArray | list[str]]:
    """What `pack` wrote.

    Raises:
        AnnotationError: the file is absent, damaged or of another kind.
    """
    try:
        head, _, body = lzma.decompress(path.read_bytes()).partition(b"\n")
        magic, heads = json.loads(head)
        if magic != _MAGIC:
            raise ValueError(magic)
        return dict(_columns(heads, body))
    except (OSError, ValueError, TypeError, lzma.LZMAError, EOFError) as error:
        raise AnnotationError(
            f"{path} cannot be read as a table of genes ({error}); install genoview again, or "
            "rebuild the table with scripts/assets/build_refseq.py."
        ) from error


def _columns(
    heads: list[tuple[str, str, int]], body: bytes
) -> Iterator[tuple[str, IntArray | list[str]]]:
    start = 0
    for name, kind, length in heads:
        content = body[start : start + length]
        start += length
        if kind == "text":
            yield name, content.decode().split("\n")
        else:
            planes = np.frombuffer(content, np.uint8).reshape(4, -1)
            yield name, planes.T.copy().view("<i4")[:, 0].astype(np.int64)


def differences(values: IntArray) -> IntArray:
    """Each value less the one before; `np.cumsum` turns it back."""
    return np.diff(values, prepend=0)
