"""What installed packages add by Python entry points; a broken one gives a warning."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plugin(Generic[T]):
    """One value, and the distribution that it comes from."""

    value: T
    package: str


@dataclass(frozen=True, slots=True)
class Plugins(Generic[T]):
    """Of one group.

    Attributes:
        faults: a sentence for each entry point that could not be read.
    """

    values: tuple[Plugin[T], ...]
    faults: tuple[str, ...]


def load_plugins(
    group: str, kind: type[T], check: Callable[[T], None] = lambda value: None
) -> Plugins[T]:
    """Values of a kind that packages offer: a value, several, or a function that gives them.

    Args:
        check: raises what is wrong with a value.
    """
    values: list[Plugin[T]] = []
    faults: list[str] = []
    for point in sorted(entry_points(group=group), key=lambda entry: (_package(entry), entry.name)):
        try:
            plugins = list(_values(point.load(), kind))
            for value in plugins:
                check(value)
        except Exception as error:  # noqa: BLE001  # code of others may raise anything
            faults.append(
                f"{point.name} of the package {_package(point)} cannot be used "
                f"({error or type(error).__name__}): update the package, or uninstall it."
            )
            logging.getLogger(__name__).warning(faults[-1])
        else:
            values += [Plugin(value, _package(point)) for value in plugins]
    return Plugins(tuple(values), tuple(faults))


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else ""


def _values(loaded: object, kind: type[T]) -> Iterator[T]:
    """Raises TypeError for what is of another kind."""
    if callable(loaded) and not isinstance(loaded, kind):
        loaded = loaded()
    for value in loaded if isinstance(loaded, list | tuple) else (loaded,):
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is not of type {kind.__name__}")
        yield value
