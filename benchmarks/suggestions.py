"""Milliseconds of a list of suggestions on the server, as somebody types.

    python benchmarks/suggestions.py [--smoke]

Names of the whole of GRCh38, 500 queries in the history and 200 saved loci. Each beginning of each
text is timed; nothing is read from a network.
"""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from genoview.runtime.settings import read_settings
from genoview.runtime.suggestions import Suggestions
from genoview.runtime.workbench import Workbench
from genoview.store import HistoryEntry

TYPED = (
    "BRCA1",
    "HNF4A",
    "NM_007294.4",
    "ENST00000357654",
    "chr17:43,106,487",
    "rs80357906",
    "p53",
)


def main() -> None:
    """Print a row a text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="few texts; a check that it runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({**os.environ, "GENOVIEW_CONFIG": f"{folder}/genoview.toml"})
        bench = Workbench(replace(settings, cache_dir=Path(folder) / "cache"))
        fill(bench, 20 if options.smoke else 500)
        suggestions = Suggestions(bench)
        began = time.perf_counter()
        suggestions.warm("GRCh38").result()
        print(f"First use reads the names in {time.perf_counter() - began:.1f} s, beside the page.")
        print("| Typed | Lists | Median, ms | Longest, ms | of it CPU, ms |\n|---|---|---|---|---|")
        for text in TYPED[:2] if options.smoke else TYPED:
            print(row(suggestions, text), flush=True)
        bench.close()


def fill(bench: Workbench, n: int) -> None:
    """A history of variants on GRCh38."""
    for i in range(n):
        text = f"chr17:{43_000_001 + i}:A>C"
        entry = HistoryEntry(text, text, "GRCh38", "variant", "variant?q=x", 1.0, datetime.now(UTC))
        bench.store.history.record(entry)


def row(suggestions: Suggestions, text: str) -> str:
    """Every beginning of the text, as it is typed."""
    seconds = []
    for end in range(1, len(text) + 1):
        began, worked = time.perf_counter(), time.thread_time()
        suggestions.suggest("GRCh38", text[:end])
        seconds.append((time.perf_counter() - began, time.thread_time() - worked))
    (median, _), (longest, worked) = sorted(seconds)[len(seconds) // 2], max(seconds)
    words = " | ".join(f"{each * 1_000:.1f}" for each in (median, longest, worked))
    return f"| {text} | {len(seconds)} | {words} |"


if __name__ == "__main__":
    main()
