"""Runs on disk: the file, the state of its scoring, and the rows once done.

batches/<id>/input, run.json, rows.jsonl.gz
"""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from genoview.errors import StoreError
from genoview.runtime.batch.results import Row, row_from, row_text
from genoview.store.private import private_file, private_folder

ID = re.compile(r"[0-9a-f]{12}")
FORMAT = 1  # raised when files written before can no longer be read


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with a file.

    Attributes:
        name: by which the reader knows it.
        models: names, in the order in which they run.
        distance: bp from a variant in which splice sites are compared.
    """

    name: str
    assembly: str
    models: tuple[str, ...]
    distance: int = 50


@dataclass(frozen=True, slots=True)
class Run:
    """One file with one plan.

    Attributes:
        run_id: of file and plan together: the same again is the same run.
        state: "begun", "done", "stopped" or "failed"; "begun" without a job was cut off.
        created: UTC, ISO 8601.
        words: counts once done, or why it failed.
        versions: name and version of each model, once done.
        warnings: a sentence each.
    """

    run_id: str
    plan: Plan
    state: str
    created: str
    words: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


class RunFolder:
    """The runs in one folder, which only its owner can read. Methods raise StoreError only."""

    def __init__(self, folder: Path) -> None:
        """Touches no file yet."""
        self._folder = folder

    def add(self, content: bytes, plan: Plan) -> Run:
        """Store a file; a run that is here already stays as it is."""
        facts = json.dumps([FORMAT, asdict(plan)]).encode()
        run_id = hashlib.sha256(facts + content).hexdigest()[:12]
        known = self.find(run_id)
        if known is not None:
            return known
        now = datetime.now(UTC).isoformat(timespec="seconds")
        run = Run(run_id, plan, "begun", now)
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder)
            private_folder(self._folder / run_id)
            self.input(run_id).write_bytes(content)
            private_file(self.input(run_id))
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        self.keep(run)
        return run

    def input(self, run_id: str) -> Path:
        """The file as it was handed in."""
        return self._folder / run_id / "input"

    def keep(self, run: Run) -> None:
        """Store the state; a run that was removed meanwhile stays removed."""
        path = self._folder / run.run_id / "run.json"
        temporary = path.with_suffix(".part")
        if not path.parent.is_dir():
            return
        try:
            temporary.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1))
            private_file(temporary).replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error

    def find(self, run_id: str) -> Run | None:
        """None where there is none, or none that this genoview can read."""
        if not ID.fullmatch(run_id):
            return None
        try:
            text = (self._folder / run_id / "run.json").read_text()
            return _run(json.loads(text))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def runs(self) -> list[Run]:
        """All, the newest first."""
        names = [path.name for path in self._folder.glob("*") if ID.fullmatch(path.name)]
        runs = [run for name in names if (run := self.find(name)) is not None]
        return sorted(runs, key=lambda run: (run.created, run.run_id), reverse=True)

    def finish(self, run: Run, rows: Sequence[Row]) -> None:
        """Store the rows."""
        path = self._rows(run.run_id)
        temporary = path.with_suffix(".part")
        try:
            with gzip.open(temporary, "wt", encoding="utf-8") as file:
                file.writelines(f"{row_text(row)}\n" for row in rows)
            private_file(temporary).replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        self.keep(replace(run, state="done"))

    def rows(self, run_id: str) -> list[Row] | None:
        """The rows; None where the file is missing or incomplete."""
        try:
            with gzip.open(self._rows(run_id), "rt", encoding="utf-8") as file:
                return [row_from(line) for line in file]
        except (OSError, EOFError, ValueError, TypeError, KeyError):
            return None

    def remove(self, run_id: str) -> None:
        """Forget a run, with its file."""
        if ID.fullmatch(run_id):
            shutil.rmtree(self._folder / run_id, ignore_errors=True)

    def _rows(self, run_id: str) -> Path:
        return self._folder / run_id / "rows.jsonl.gz"


def _run(fields: dict[str, Any]) -> Run:
    plan = fields.pop("plan")
    plan["models"] = tuple(plan["models"])
    fields["versions"] = tuple((name, version) for name, version in fields["versions"])
    fields["warnings"] = tuple(fields["warnings"])
    return Run(plan=Plan(**plan), **fields)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be written: {error.strerror}. Check that the cache folder has room."
    )
