"""The folder of models: which files are here, right, missing; adding and removing them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from genoview.errors import BackendError
from genoview.models.weights.download import Patience, download, sha256_of
from genoview.models.weights.lock import alone, at_once
from genoview.models.weights.row import Row, WeightFile

Progress = Callable[[float], None]
READERS = "pip install 'genoview[shelf]'"  # brings what reads the files


class Presence(Enum):
    """How much of a model is here."""

    HERE = "here"
    UNREADABLE = "missing a package"
    INCOMPLETE = "incomplete"
    ABSENT = "not here"

    @property
    def words(self) -> str:
        """As pages and lists say it; the value is what JSON has."""
        return _WORDS.get(self, self.value)


_WORDS = {
    Presence.HERE: "installed",
    Presence.INCOMPLETE: "partly downloaded",
    Presence.ABSENT: "available to add",
}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """Where models lie: a folder for each, by its name.

    Attributes:
        mirror: an address that has `<model>/<file>`, in place of those of the rows; may be empty.
    """

    path: Path
    mirror: str = ""

    def of(self, name: str) -> Path:
        """The folder of a model."""
        return self.path / name

    def address(self, row: Row, file: WeightFile) -> str:
        """Where a file is fetched from."""
        if not self.mirror:
            return file.url
        return f"{self.mirror.rstrip('/')}/{quote(row.name)}/{quote(file.name)}"

    def presence(self, row: Row) -> Presence:
        """By names and sizes, without reading the files; of a package, by what is installed."""
        if row.package:
            is_here = all(find_spec(module) for module in row.modules)
            return Presence.HERE if is_here else Presence.ABSENT
        folder = self.of(row.name)
        here = [_has_size(folder / file.name, file.size) for file in row.files]
        if all(here):
            return Presence.UNREADABLE if _lacks_reader(row) else Presence.HERE
        begun = any((folder / f"{file.name}.part").exists() for file in row.files)
        return Presence.INCOMPLETE if any(here) or begun else Presence.ABSENT

    def words(self, row: Row) -> str:
        """`installed`, `available to add`, `missing h5py`."""
        presence = self.presence(row)
        return f"missing {row.needs}" if presence is Presence.UNREADABLE else presence.words

    def how(self, row: Row) -> str:
        """The command that brings what is missing."""
        return READERS if self.presence(row) is Presence.UNREADABLE else row.how

    def problems(self, row: Row) -> list[str]:
        """A sentence for each file that is missing or not the published one; reads them all."""
        if row.package:
            here = self.presence(row) is Presence.HERE
            return [] if here else [f"{row.how} brings it."]
        problems = []
        for file in row.files:
            path = self.of(row.name) / file.name
            if not path.is_file():
                problems.append(f"{path} is missing.")
            elif sha256_of(path) != file.sha256:
                problems.append(f"{path} is not the published file: its sha256 is another.")
        if _lacks_reader(row):
            problems.append(f"{row.needs}, which reads the files, is not installed: {READERS}")
        return problems

    def add(
        self,
        row: Row,
        progress: Progress,
        accepts_terms: bool = False,
        patience: Patience | None = None,
    ) -> None:
        """Fetch what is missing; files that are right stay.

        While another process adds the same model it is waited for, with what is here by then as
        the share that is done.

        Raises:
            BackendError: the terms were not accepted, or a file cannot be had.
        """
        if row.package:
            raise BackendError(f"{row.title} comes in a package. Run: {row.how}")
        if row.terms and not accepts_terms:
            raise BackendError(f"{row.title} may be used under terms only: {row.terms}")
        with alone(self.of(row.name), lambda: progress(self._share_here(row))):
            self._fetch(row, progress, patience or Patience())

    def _share_here(self, row: Row) -> float:
        """Of the bytes, whole files and begun ones."""
        folder = self.of(row.name)
        names = [name for file in row.files for name in (file.name, f"{file.name}.part")]
        return min(sum(_length(folder / name) for name in names) / row.size, 1.0)

    def _fetch(self, row: Row, progress: Progress, patience: Patience) -> None:
        done = 0
        for file in row.files:
            path = self.of(row.name) / file.name
            if not (_has_size(path, file.size) and sha256_of(path) == file.sha256):
                before = done

                def step(n_bytes: int, before: int = before) -> None:
                    progress((before + n_bytes) / row.size)

                address = self.address(row, file)
                download(address, path, file.size, file.sha256, step, patience)
            done += file.size
            progress(done / row.size)

    def remove(self, row: Row) -> None:
        """Delete the model's files, and its folder where nothing else is in it.

        Raises:
            BackendError: it is a package, is not here, is being added, or cannot be deleted.
        """
        if row.package:
            raise BackendError(f"{row.title} is a package. Run: pip uninstall {row.modules[0]}")
        with at_once(self.of(row.name), row.title):
            self._delete(row)

    def _delete(self, row: Row) -> None:
        folder = self.of(row.name)
        names = [name for file in row.files for name in (file.name, f"{file.name}.part")]
        here = [folder / name for name in names if (folder / name).is_file()]
        if not here:
            raise BackendError(f"{row.title} is not here: {folder} has none of its files.")
        try:
            for path in here:
                path.unlink()
            if not any(folder.iterdir()):
                folder.rmdir()
        except OSError as error:
            raise BackendError(f"{folder} cannot be removed: {error.strerror}.") from error


def _lacks_reader(row: Row) -> bool:
    return bool(row.needs) and find_spec(row.needs) is None


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # not there, or renamed at this moment
        return 0


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
