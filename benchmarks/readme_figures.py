"""The README's figures anew: runs the benchmarks they are of, keeps them, and prints the tables.

    python benchmarks/readme_figures.py --write     # about half an hour on an idle machine
    python benchmarks/readme_figures.py --show      # what is kept, without measuring

`benchmarks/results/readme.json` keeps what was measured, when and on what; `--write` puts its
tables between the two markers of the README. A benchmark that cannot run here keeps its old table.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parts.tables import options, table_of

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
KEPT = HERE / "results" / "readme.json"
BEGIN, END = "<!-- figures:begin -->\n", "<!-- figures:end -->\n"
CPU_FACTS = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Part:
    """One table: the command it comes of, and the words above it."""

    command: str
    words: str


PARTS = (
    Part("main_job.py --quick", "A reader's waiting times, server and browser on one machine"),
    Part("promoter_activity.py", "Reporter activity on both strands of a locus"),
    Part("mutagenesis.py", "Mutagenesis, first and looked at again"),
    Part("motif_scan.py", "Motif sites of 1 Mb"),
    Part(
        "track_view.py --rows 20",
        "The track view beside igv.js: 20 rows over 1 Mb, as many values, in one browser",
    ),
)
QUICKEST = "motif_scan.py"
Kept = dict[str, dict[str, Any]]


def main() -> None:
    """Measure, keep, and print."""
    parser = options(__doc__)
    parser.add_argument("--write", action="store_true", help="keep them, and write the README")
    parser.add_argument("--show", action="store_true", help="measure nothing")
    asked = parser.parse_args()
    kept = read_kept()
    if asked.smoke:
        kept |= measured([part for part in PARTS if part.command == QUICKEST], "--smoke")
    elif not asked.show:
        kept |= measured(PARTS)
    if asked.write:
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        README.write_text(with_figures(README.read_text(encoding="utf-8"), kept), encoding="utf-8")
    print(rendered(kept), end="")


def read_kept() -> Kept:
    """What was measured last."""
    kept: Kept = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def measured(parts: Sequence[Part], *more: str) -> Kept:
    """Tables by the command that they come of, each run in a process of its own."""
    kept: Kept = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.json"
        for part in parts:
            path.unlink(missing_ok=True)
            script, *arguments = part.command.split()
            command = [sys.executable, str(HERE / script), *arguments, "--json", str(path), *more]
            subprocess.run(command, check=True, stdout=sys.stderr)
            if path.exists():
                kept[part.command] = today() | json.loads(path.read_text(encoding="utf-8"))
    return kept


def today() -> dict[str, str]:
    """When and on what."""
    names = [
        line.partition(":")[2].strip()
        for line in (CPU_FACTS.read_text().splitlines() if CPU_FACTS.exists() else [])
        if line.startswith("model name")
    ]
    processor = names[0] if names else platform.machine()
    machine = f"{os.cpu_count()} cores of {processor}"
    return {"date": datetime.now(UTC).date().isoformat(), "machine": machine}


def rendered(kept: Kept) -> str:
    """Each table below what it is of, and when and on what it was measured."""
    texts = []
    for part in PARTS:
        if table := kept.get(part.command):
            source = f"`python benchmarks/{part.command}`, {table['date']}, {table['machine']}"
            texts.append(f"{part.words} ({source}):\n\n{table_of(table).markdown}\n")
    return "\n".join(texts)


def with_figures(readme: str, kept: Kept) -> str:
    """The README with these tables between its markers."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{rendered(kept)}\n{END}{after}"


if __name__ == "__main__":
    main()
