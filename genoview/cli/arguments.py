"""Fields of a frozen dataclass <-> arguments of a command, by argparse."""

import argparse
from collections.abc import Callable
from dataclasses import field, fields
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")


def positional(words: str, **facts: Any) -> Any:
    """A field that goes by its place; facts as argparse takes them."""
    return field(metadata={"help": words} | facts)


def option(
    default: Any, words: str | None = None, flags: tuple[str, ...] = (), **facts: Any
) -> Any:
    """A field that goes by a flag: `--metrics-port` of `metrics_port`, where none is given.

    Args:
        facts: as argparse takes them, and `group`, a heading in the help.
    """
    return field(
        default=default, metadata={"help": words, "default": default, "flags": flags} | facts
    )


def define(parser: argparse.ArgumentParser, kind: type[T], run: Callable[[T], int | None]) -> None:
    """Add the fields of a dataclass as arguments; `run` gets it filled, and may give a code."""
    groups: dict[str, Any] = {}
    types, names = get_type_hints(kind), list[str]()
    for each in fields(kind):  # type: ignore[arg-type]
        names.append(each.name)
        facts = _facts_of(types[each.name]) | each.metadata
        group = facts.pop("group", "")
        if group and group not in groups:
            groups[group] = parser.add_argument_group(group)
        target = groups.get(group, parser)
        if "flags" not in facts:
            target.add_argument(each.name, **facts)
            continue
        flags = facts.pop("flags") or (f"--{each.name.replace('_', '-')}",)
        file = (
            {"metavar": "FILE"} if facts.get("type") is Path and not facts.get("required") else {}
        )
        target.add_argument(*flags, dest=each.name, **file, **facts)

    def run_filled(given: argparse.Namespace) -> int | None:
        values = {name: getattr(given, name) for name in names}
        return run(kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}))

    parser.set_defaults(run=run_filled)


def _facts_of(kind: Any) -> dict[str, Any]:
    """What argparse should know of a type, such as Path | None."""
    if kind is bool:
        return {"action": "store_true"}
    if getattr(kind, "__origin__", None) is tuple:
        return {"nargs": "+"}
    known = next((each for each in (int, float, Path) if each in (kind, *get_args(kind))), None)
    return {} if known is None else {"type": known}
