"""A figure as bytes: its arrays as they lie in memory, everything else as JSON.

uint32 length of the JSON (little-endian), the JSON, padding to a multiple of 8, then the arrays
one after another, each from a multiple of 8. In the JSON an array is `{"$": number}`; `arrays`
lists dtype, length and offset of each. Equal arrays, such as the x of all rows, are sent once.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Spec = Mapping[str, Any]

ALIGNMENT = 8  # bytes, the widest item of a typed array
KINDS = {"i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8"}  # typed arrays that JavaScript has


def pack(spec: Spec) -> bytes:
    """A figure's `data` and `layout`, as `wire/packing.js` reads them."""
    arrays = _Arrays()
    text = json.dumps(
        {"figure": arrays.taken_out(spec), "arrays": arrays.table},
        allow_nan=False,
        separators=(",", ":"),
    ).encode()
    head = struct.pack("<I", len(text)) + text
    return head + b"\0" * (-len(head) % ALIGNMENT) + b"".join(arrays.parts)


class _Arrays:
    """The arrays of a figure, each different one once."""

    def __init__(self) -> None:
        self.table: list[dict[str, Any]] = []
        self.parts: list[bytes] = []
        self._size = 0
        self._known: dict[tuple[str, bytes], int] = {}

    def taken_out(self, value: Any) -> Any:
        """The same with `{"$": number}` where arrays were, and Python's own numbers."""
        if isinstance(value, Mapping):
            return {key: self.taken_out(item) for key, item in value.items()}
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, (list, tuple)):
            return [self.taken_out(item) for item in value]
        return value.item() if isinstance(value, np.generic) else value

    def _array(self, array: npt.NDArray[Any]) -> Any:
        kind = f"{array.dtype.kind}{array.dtype.itemsize}"
        if array.ndim > 1:  # rows of a heat map
            return [self._array(row) for row in array]
        if kind not in KINDS:
            return self.taken_out(array.tolist())
        raw = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
        return {"$": self._number(kind, raw.tobytes(), len(raw))}

    def _number(self, kind: str, raw: bytes, length: int) -> int:
        known = self._known.get((kind, raw))
        if known is not None:
            return known
        self.table.append({"kind": kind, "length": length, "at": self._size})
        padding = b"\0" * (-len(raw) % ALIGNMENT)
        self.parts += [raw, padding]
        self._size += len(raw) + len(padding)
        self._known[kind, raw] = len(self.table) - 1
        return len(self.table) - 1
