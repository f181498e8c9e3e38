"""Write `wire/types.d.ts`, the types of the browser's scripts, from `wire_types.py`.

python scripts/wire_types.py          # writes the file
python scripts/wire_types.py --check  # fails where the file is out of date
"""

import inspect
import sys
import types
import typing
from pathlib import Path
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints

import numpy as np

from genoview.ui.trackview import wire_types

TARGET = Path(wire_types.__file__).with_name("wire") / "types.d.ts"
HEAD = "// Written by scripts/wire_types.py from ../wire_types.py, which is the one to edit."
PLAIN = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    object: "unknown",
}
TYPED_ARRAYS = (
    "Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array\n"
    "  | Float32Array | Float64Array"
)
# Aliases by name; equal types are written by their names.
ALIASES = ("Range", "Stop", "Numbers", "Words", "Clickable", "PackedKind", "Act", "Trace")


def declarations() -> str:
    """The text of the file."""
    parts = [HEAD, f"export type TypedArray =\n  {TYPED_ARRAYS};"]
    for name, value in vars(wire_types).items():
        if name in ALIASES:
            parts.append(f"export type {name} = {_written(value, spell=True)};")
        elif typing.is_typeddict(value):
            parts.append(_interface(name, value))
    return "\n\n".join(parts) + "\n"


def _interface(name: str, value: type) -> str:
    hints = get_type_hints(value, include_extras=True)
    optional = value.__optional_keys__  # type: ignore[attr-defined]
    fields = [
        f"  {key}{'?' if key in optional else ''}: {_written(hint)};" for key, hint in hints.items()
    ]
    words = " ".join((inspect.getdoc(value) or "").split())
    return f"/** {words} */\nexport interface {name} {{\n" + "\n".join(fields) + "\n}"


def _written(hint: Any, spell: bool = False) -> str:
    """A Python type in TypeScript's words."""
    if not spell:
        for name in ALIASES:
            if getattr(wire_types, name) == hint:
                return name
    if get_origin(hint) is NotRequired:
        return _written(get_args(hint)[0])
    if hint in PLAIN:
        return PLAIN[hint]
    if typing.is_typeddict(hint):
        return str(hint.__name__)
    return _composed(get_origin(hint), get_args(hint))


def _composed(origin: Any, args: tuple[Any, ...]) -> str:
    if origin is np.ndarray:
        return "TypedArray"
    if origin is Literal:
        return " | ".join(f'"{arg}"' for arg in args)
    if origin in (types.UnionType, typing.Union):
        return " | ".join(dict.fromkeys(_written(arg) for arg in args))
    if origin is tuple:
        return f"[{', '.join(_written(arg) for arg in args)}]"
    if origin is dict:
        return f"Record<{_written(args[0])}, {_written(args[1])}>"
    if origin is list:
        item = _written(args[0])
        return f"({item})[]" if " " in item else f"{item}[]"
    raise TypeError(f"{origin} has no word in TypeScript; add one here.")


def main() -> None:
    """Write the file, or check it."""
    text = declarations()
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET} is out of date: run python scripts/wire_types.py.")


if __name__ == "__main__":
    main()
