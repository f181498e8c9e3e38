"""Who may do what on this server: name a file of it, set up models and genomes, see a library.

genoview.toml --Access--> Settings --typed_path, may_set_up--> yes, or a sentence
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from genoview.data.input.decoding import MOST_PATH, path_of
from genoview.errors import SettingsError

NO_PATHS = (
    "Paths of this server's files may not be typed here: others can reach the server, or its "
    "settings have allow_paths = false. Upload the file, or ask who runs the server."
)
NO_SET_UP = (
    "Who runs this server sets models and genomes up, by `genoview models` and `genoview genomes` "
    "on its command line, or as one of the admins in its settings."
)


@dataclass(frozen=True, slots=True)
class Access:
    """As it is written.

    Attributes:
        paths: `allow_paths`; None where nothing is written.
        admins: names that readers sign in with; None where nothing is written.
    """

    paths: bool | None = None
    admins: tuple[str, ...] | None = None
    own_library: bool = False


NOTHING_WRITTEN = Access()
FORBIDDEN = Access(paths=False, admins=(), own_library=True)  # of settings that cannot be read


class Rules(Protocol):
    """What of the settings decides."""

    @property
    def is_shared(self) -> bool: ...

    @property
    def allow_paths(self) -> bool: ...

    @property
    def admins(self) -> tuple[str, ...] | None: ...


def typed_path(text: str, rules: Rules) -> Path:
    """The path that a reader typed: every form that takes one asks here.

    Raises:
        SettingsError: readers may type none, or this can be none.
    """
    if not rules.allow_paths:
        raise SettingsError(NO_PATHS)
    typed = text.strip().strip("\"'")
    if not typed:
        raise SettingsError("A path was expected, such as /data/file.bed.")
    return path_of(typed, SettingsError)


def is_path(text: str) -> bool:
    """Whether the place of a model is on this machine, and no name on a hub as `owner/name`."""
    typed = text.strip()
    is_name = typed.count("/") <= 1 and not typed.startswith((".", "~", "/")) and "\\" not in typed
    return bool(typed) and (not is_name or Path(typed[:MOST_PATH]).exists())


def may_set_up(rules: Rules, reader: str) -> bool:
    """Whether a reader may set up models and genomes on a page, and take them away.

    Without admins in the settings: on one's own machine everybody, else nobody.

    Args:
        reader: the name this reader signed in with; empty of one who did not.
    """
    if rules.admins is not None:
        return bool(reader) and reader.casefold() in (name.casefold() for name in rules.admins)
    return not rules.is_shared and rules.allow_paths


def read_access(path: Path, values: Mapping[str, Any], problems: list[SettingsError]) -> Access:
    """What a settings file says; a sentence for each wrong part, which then forbids."""
    paths, own = values.get("allow_paths"), values.get("own_library", False)
    for name, given in (("allow_paths", paths), ("own_library", own)):
        if given is not None and not isinstance(given, bool):
            sentence = f"{path}: {name} is {given!r}; true or false was expected."
            problems.append(SettingsError(sentence))
    admins = values.get("admins")
    if admins is not None and not _are_names(admins):
        sentence = f"{path}: admins is {admins!r}; a list of names in quotes was expected."
        problems.append(SettingsError(sentence))
        admins = []
    return Access(
        paths if paths is None else paths is True,
        None if admins is None else tuple(name.strip() for name in admins),
        own is not False,
    )


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
