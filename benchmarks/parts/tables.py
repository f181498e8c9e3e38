"""What a benchmark measured, as a table: printed as Markdown, kept as JSON for the README."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

SMOKE = "the smallest input, in seconds, to see that it runs"
JSON = "keep the table in this file too"


@dataclass(frozen=True)
class Table:
    """Columns by name, and rows with a text for each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def markdown(self) -> str:
        """Aligned columns, without a line break at the end."""
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        rule = tuple("-" * width for width in widths)
        return "\n".join(_line(row, widths) for row in (self.columns, rule, *self.rows))

    def report(self, path: Path | None) -> None:
        """Print it, and write it down where that is wished."""
        print(self.markdown, flush=True)
        if path:
            content = {"columns": self.columns, "rows": self.rows}
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    cells = (text.ljust(width) for text, width in zip(texts, widths, strict=True))
    return f"| {' | '.join(cells)} |"


def table_of(content: Mapping[str, Any]) -> Table:
    """What `report` has written down."""
    return Table(tuple(content["columns"]), tuple(tuple(row) for row in content["rows"]))


def options(description: str | None) -> argparse.ArgumentParser:
    """A command line with what every benchmark takes."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help=SMOKE)
    parser.add_argument("--json", type=Path, help=JSON)
    return parser


def missing(what: str, smoke: bool) -> NoReturn:
    """Say what this machine lacks, and end: well where only the script itself was tried."""
    print(f"Not measured: {what}.", file=sys.stderr)
    raise SystemExit(0 if smoke else 1)
