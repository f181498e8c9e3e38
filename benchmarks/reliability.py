"""What is lost, refused or broken by kill -9, by many processes, by many readers, by SIGTERM.

    python benchmarks/reliability.py [--only kills batches processes sessions ends] [--smoke]

On loopback alone, in folders that are removed; each part ends by itself. Nothing may be lost: the
command ends with 1 where anything was. Times hold for a machine with nothing else to do.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb
from parts.browser import dashboard
from parts.reliability_child import DEMO_START, acknowledged, missing_of, write_variants
from parts.tables import Table, options

from genoview.errors import StoreError
from genoview.store import Store
from tests.support.pages.streamlit_session import Session, Shown, answer_of, at_once

HERE = Path(__file__).parent
CHILD = HERE / "parts" / "reliability_child.py"
PLENTY = 10**10  # bytes of a cache that forgets nothing
WAIT_S = 300
MODELS = ("promoter-activity",)
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Size:
    """Of each part; `smoke` is the smallest."""

    kills: int = 200
    least_acknowledged: int = 500
    batches: int = 20
    lines: int = 120
    processes: int = 4
    seconds: float = 120
    sessions: int = 20
    variants: int = 5
    reruns: int = 200
    ends: int = 5


SMOKE = Size(kills=1, least_acknowledged=1, processes=2, seconds=0.5)
QUICK = ("kills", "processes")  # parts that need neither models nor pages


def main() -> int:
    """Print a row a part; 0 where nothing was lost."""
    parser = options(__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=())
    given = parser.parse_args()
    size = SMOKE if given.smoke else Size()
    parts = given.only or (QUICK if given.smoke else PARTS)
    rows: list[Row] = []
    faults: list[str] = []
    for name in parts:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="genoview-") as folder:
            row = PARTS[name](size, Path(folder), faults)
        rows.append((*row[:2], f"{row[2]}; {time.monotonic() - began:.0f} s"))
    Table(("what was done", "lost, refused or broken", "besides"), tuple(rows)).report(given.json)
    print(*faults[:20], sep="\n", file=sys.stderr)
    return int(bool(faults))


def kills(size: Size, folder: Path, faults: list[str]) -> Row:
    """A process that saves loci, history and predictions is killed, again and again."""
    names: list[str] = []
    dice = random.Random(21)
    for number in range(size.kills):
        with _child("save", folder, str(number)) as process:
            names += _until_killed(process, dice.randint(1, 9), dice.uniform(0, 0.02))
    lost = missing_of(folder, names)
    if len(names) < size.least_acknowledged:
        faults.append(f"only {len(names)} saves were acknowledged")
    faults += [f"{name} was acknowledged, and is lost" for name in lost]
    done = f"{size.kills} kill -9 while saves are acknowledged"
    return done, f"{len(lost)} of {len(names):,} acknowledged lost", "loci, history, predictions"


def batches(size: Size, folder: Path, faults: list[str]) -> Row:
    """`genoview score` is killed behind its first kept chunk, and started again."""
    for name in ("whole", *(f"run{number}" for number in range(size.batches))):
        write_variants(folder / name, size.lines)
    whole, n_kept, n_other = _scored(folder, "whole", -1)[0], list[int](), 0
    for number in range(size.batches):
        cut, kept = _scored(folder, f"run{number}", number)
        again, _ = _scored(folder, f"run{number}", -1)
        n_kept.append(kept)
        if cut or again != whole:
            n_other += 1
            faults.append(f"run {number}: written before its end, or with other bytes")
    done = f"{size.batches} kill -9 of a batch of {size.lines}, behind its first kept chunk"
    besides = f"killed with {min(n_kept)} to {max(n_kept)} scores kept"
    return done, f"{n_other} with other bytes than an uninterrupted run", besides


def _scored(folder: Path, name: str, kill: int) -> tuple[bytes, int]:
    """What is written, and the scores that are kept.

    Args:
        kill: number of the run, which says when it is killed; -1 for never.
    """
    least = random.Random(kill).uniform(0.1, 0.8) if kill >= 0 else 2.0
    with _child("score", folder / name, *MODELS) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("0.") and float(line) >= least:
                process.kill()
                break
        if process.wait(WAIT_S) and kill < 0:
            raise RuntimeError(f"genoview score ended with {process.returncode}")
    out = folder / name / "out.vcf"
    with duckdb.connect(str(folder / name / "cache" / "scores.duckdb"), read_only=True) as scores:
        row = scores.execute("SELECT count(*) FROM scores").fetchone()
    return (out.read_bytes() if out.exists() else b""), int(row[0]) if row else 0


def processes(size: Size, folder: Path, faults: list[str]) -> Row:
    """Processes save into one cache at once, and read what they saved."""
    with ExitStack() as stack:
        children = [
            stack.enter_context(_child("share", folder, str(i), str(size.seconds)))
            for i in range(size.processes)
        ]
        ends = [
            json.loads(child.communicate(timeout=size.seconds + WAIT_S)[0]) for child in children
        ]
    names = [name for end in ends for name in end["names"]]
    refused = [words for end in ends for words in end["refused"]]
    lost = missing_of(folder, names)
    faults += [f"lost: {name}" for name in lost] + [f"refused: {words}" for words in refused]
    slowest, n_waits = max(end["slowest_s"] for end in ends), sum(end["n_waits"] for end in ends)
    done = f"{size.processes} processes x {size.seconds:g} s on one cache"
    broken = f"{len(lost)} of {len(names):,} lost, {len(refused)} refused"
    return done, broken, f"the slowest save took {slowest:.1f} s, {n_waits} longer than 2 s"


def sessions(size: Size, folder: Path, faults: list[str]) -> Row:
    """Readers open variants at once; then the page runs again and again."""
    with dashboard(folder / "cache") as (url, process), ExitStack() as stack:
        readers = [stack.enter_context(Session(url, "variant")) for _ in range(size.sessions)]
        answered = at_once(readers, lambda i: answer_of(readers[i], _query(i % size.variants)))
        warm = _megabytes(process)
        later: list[Shown] = []
        halfway = 0.0
        for i in range(0, size.reruns, size.sessions):
            later += at_once(readers, lambda i: readers[i].run(_query(i % size.variants)))
            if i < size.reruns / 2:
                halfway = _megabytes(process)
        last = _megabytes(process)
    errors = [words for shown in (*answered, *later) for words in shown.exceptions]
    n_whole = sum(shown.is_answer for shown in later)
    n_final = sum(shown.is_answer and "So far" not in shown.text for shown in answered)
    faults += errors
    if n_final < len(answered) or n_whole < len(later):
        faults.append(f"{n_final} of {len(answered)} answered, {n_whole} of {len(later)} reruns")
    done = f"{size.sessions} sessions at once, then {len(later)} reruns"
    broken = (
        f"{n_final} answered by every model, {n_whole} reruns whole, {len(errors)} script errors"
    )
    memory = (
        f"{warm:.0f} MB when all were answered, {halfway:.0f} MB halfway, {last:.0f} MB at the end"
    )
    return done, broken, memory


def ends(size: Size, folder: Path, faults: list[str]) -> Row:
    """SIGTERM while models run: the server ends, and what it kept can be read."""
    seconds, n_running, broken = [0.0], 0, list[str]()
    for number in range(size.ends):
        with dashboard(folder / "cache") as (url, process):
            with suppress(OSError, EOFError), Session(url, "variant") as reader:
                n_running += "So far" in reader.run(_query(100 + number)).text
            began = time.monotonic()
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)
            seconds.append(time.monotonic() - began)
        store = Store(folder / "cache", PLENTY)
        try:
            store.size()
            store.history.entries()
            broken += store.take_warnings()
        except StoreError as error:
            broken.append(str(error))
    faults += broken
    done = f"{size.ends} SIGTERM to a server with a session, {n_running} of them in a job"
    return done, f"{len(broken)} faults of the cache", f"ended within {max(seconds):.1f} s"


def _query(number: int) -> str:
    """A variant of ADA's first exon and what lies before it: transitions of the embedded genome."""
    return f"q=chr20%3Ag.{DEMO_START + 3 * number}_{DEMO_START + 3 * number + 1}del"


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    [resident] = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(resident) / 1024


def _child(*words: str | Path) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": str(HERE.parent), "OMP_WAIT_POLICY": "PASSIVE"}
    command = [sys.executable, str(CHILD), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)


def _until_killed(process: "subprocess.Popen[str]", n: int, pause_s: float) -> list[str]:
    """Names that were acknowledged: some, then as many as come before the kill."""
    assert process.stdout is not None
    names = [process.stdout.readline() for _ in range(n)]
    time.sleep(pause_s)
    process.kill()
    return acknowledged("".join(names) + process.stdout.read())


PARTS: dict[str, Callable[[Size, Path, list[str]], Row]] = {
    "kills": kills,
    "batches": batches,
    "processes": processes,
    "sessions": sessions,
    "ends": ends,
}

if __name__ == "__main__":
    sys.exit(main())
