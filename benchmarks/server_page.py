"""Seconds from query to painted page: a model behind a server, beside the same model in process.

    python benchmarks/server_page.py

1 Mb of 64 tracks (`Toy64` of `server.py`, whose random weights mean nothing) on the dashboard, in
headless Chromium, of a genome of random bases, since the embedded one is shorter than AlphaGenome's
window of 2**20 bp. One dashboard asks the model in its own process and by the address of a server
on loopback, in turns, each round at a place that neither has seen. Painted is the picture two
frames after the model's row is in it. CPU seconds are of dashboard and server together, with what
they still do after the picture, and hold on a busy machine too; Chromium's are not among them.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
from parts.browser import CHROMIUM, dashboard, launched
from parts.tables import Table, missing, options
from playwright.sync_api import Page, sync_playwright

from genoview.models.alphagenome.cards import SERVER
from genoview.models.configured_file import LargeModel, write_models
from genoview.query.resolve import GRID
from genoview.runtime.settings_edit import write_assembly
from genoview.runtime.settings_file import AssemblyConfig

HERE = Path(__file__).parent
WIDTH = 1_048_000  # bp, a multiple of what pages predict; the server is sent 2**20 around it
SMALL = 16_000
GENOME = "random"
START = 16 * GRID
STEP = GRID  # so that every round predicts another stretch, of exactly the window
WAYS = ("toy-64", "server.rna_seq")
ROUNDS = 3
LONGEST_MS = 600_000
QUIET_S = 0.5  # without a tick of work, after which nothing more is expected
PAINTED = """([model, start]) => {
  const meta = document.querySelector('.js-plotly-plot')?.layout?.meta;
  if (meta?.start !== start || !meta.rows.some(row => row.id.startsWith(model))) return false;
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
}"""
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
Seconds = tuple[float, float]
"""Of the wall and of the CPU."""


def main() -> None:
    """Print both ways and their ratio."""
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"{ROUNDS}")
    asked = parser.parse_args()
    width, n_rounds = (SMALL, 0) if asked.smoke else (WIDTH, asked.rounds)
    if not CHROMIUM:
        missing("no Chromium on this machine", asked.smoke)
    with tempfile.TemporaryDirectory() as name, model_server() as (server, port):
        folder = Path(name)
        place = LargeModel(SERVER, f"127.0.0.1:{port}", secure=False, outputs=("rna_seq",))
        write_models(folder / "cache" / "genoview-models.json", [place])
        write_assembly(folder / "cache" / "none.toml", random_genome(folder, width))
        with dashboard(folder / "cache", HERE / "parts" / "server_page_app.py") as (url, process):
            rounds = list(visits(url, (server, process), n_rounds, width))
    print(f"64 tracks over {width:,} bp, from query to painted page, median of {len(rounds)}")
    rows = tuple(overhead(rounds))
    Table(("", "in process", "served", "overhead"), rows).report(asked.json)


def random_genome(folder: Path, width: int) -> AssemblyConfig:
    """One chromosome, longer than the window on both sides."""
    bases = np.random.default_rng(0).choice(np.frombuffer(b"ACGT", np.uint8), width + 4 * START)
    lines = bases.tobytes().decode("ascii")
    rows = (lines[i : i + 80] for i in range(0, len(lines), 80))
    path = folder / "random.fa"
    path.write_text("\n".join((">chr1", *rows, "")), encoding="ascii")
    return AssemblyConfig(GENOME, path)


@contextmanager
def model_server() -> Iterator[tuple[int, int]]:
    """`server.py --serve`: its process and its port."""
    command = [sys.executable, str(HERE / "server.py"), "--serve", WAYS[0]]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        yield process.pid, int(process.stdout.readline())
        process.stdin.close()


def visits(
    url: str, processes: Sequence[int], n_rounds: int, width: int
) -> Iterator[list[Seconds]]:
    """Both ways at one place after the other; the first round, which loads models, is left out."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        for turn in range(n_rounds + 1):
            ways = WAYS if turn % 2 else WAYS[::-1]
            found = {}
            for model in ways:
                page = chromium.new_page(viewport={"width": 1440, "height": 1000})
                start = START + turn * STEP
                query = f"chr1:{start + 1:,}-{start + width:,}"
                address = f"{url}/?q={query}&g={GENOME}&m={model}"
                found[model] = visit(page, address, [model, start], processes)
                page.close()
            both = [found[model] for model in WAYS]
            print(f"round {turn}", *(f"{s:.2f} s ({cpu:.2f} s)" for s, cpu in both), flush=True)
            if turn or not n_rounds:
                yield both
        chromium.close()


def visit(page: Page, address: str, shown: list[object], processes: Sequence[int]) -> Seconds:
    """One query by the link, to the painted page and to the end of all work."""
    worked, began = cpu_seconds(processes), time.perf_counter()
    page.goto(address)
    page.wait_for_function(PAINTED, arg=shown, timeout=LONGEST_MS)
    painted = time.perf_counter() - began
    while (now := cpu_seconds(processes)) > worked and not is_quiet(processes, now):
        pass
    return painted, cpu_seconds(processes) - worked


def is_quiet(processes: Sequence[int], before: float) -> bool:
    """Whether they leave their cores alone for a moment."""
    time.sleep(QUIET_S)
    return cpu_seconds(processes) - before < 0.1 * QUIET_S


def cpu_seconds(processes: Sequence[int]) -> float:
    """That the processes took so far, all their threads."""
    total = 0.0
    for process in processes:
        text = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        total += sum(map(int, text.rpartition(")")[2].split()[11:13])) * TICK_S
    return total


def overhead(rounds: list[list[Seconds]]) -> Iterator[tuple[str, ...]]:
    """Medians and what the server adds."""
    for number, name in enumerate(("seconds", "CPU seconds")):
        here, served_at = (median(one[way][number] for one in rounds) for way in range(2))
        yield name, f"{here:.2f} s", f"{served_at:.2f} s", f"{served_at / here - 1:.1%}"


if __name__ == "__main__":
    main()
