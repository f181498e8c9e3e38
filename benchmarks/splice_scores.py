"""Delta scores beside the original programs: the same variants, genes and cores, in one run.

    python benchmarks/splice_scores.py --fasta build/chr20/GRCh37-chr20.fa.gz \
        --spliceai keras/bin --cispliceai tensorflow/bin       # about half an hour on two cores

The folders are those of scripts/make_delta_fixture.py; without them only genoview is measured. Each
run is a process of its own, and a run with its first variant alone is taken off, so that what is
compared is variants a second behind the start. Two kinds of variants: one a kilobase over genes of
the demo region, as in the VCF of a genome; and scattered, each too far from the next to share
anything. genoview runs with CI-SpliceAI's weights; SpliceAI's cost the same. Where other work
shares the cores, believe the ratios only.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIXTURE = ROOT / "tests" / "fixtures" / "delta"
TABLES = {"spliceai": "spliceai-genes.txt", "cispliceai": "cispliceai-genes.csv"}
SEED = 200
SPACING = 1_000  # bp between neighbours on average
SHARE_OF_INDELS = 0.15
APART = 30_000  # bp between scattered variants
FARTHER = {500: 40, 5_000: 10}  # number of variants by distance
FIRST_BASE = 60_000  # of chr20 that is known
CHROM_LENGTH = 63_025_520  # bp, GRCh37
EVERYWHERE = "everywhere.csv"  # one gene over all of chr20: each variant is in one gene
ONE_GENE = f"gene_id,chr,strand,start,end,jn_start,jn_end\nALL,chr20,+,1,{CHROM_LENGTH},1,2\n"

Line = tuple[int, str, str]


@dataclass(frozen=True)
class Task:
    """What one run is to do."""

    program: str  # spliceai, cispliceai or genoview
    lines: tuple[Line, ...]
    distance: int
    dtype: str = "float32"
    genes: str = "cispliceai-genes.csv"  # of genoview


@dataclass(frozen=True)
class Cost:
    """Of some variants: seconds on the clock, seconds of all cores, bytes of memory at most."""

    n: int
    seconds: float
    cpu: float
    memory: int


class Bench:
    """Where programs and files are."""

    def __init__(self, asked: argparse.Namespace, folder: Path) -> None:
        self.folder, self.fasta = folder, folder / "20.fa"
        self.fasta.write_bytes(gzip.decompress(asked.fasta.read_bytes()))
        self.homes = {"spliceai": asked.spliceai, "cispliceai": asked.cispliceai}
        for name in TABLES.values():
            (folder / name).write_bytes(gzip.decompress((FIXTURE / f"{name}.gz").read_bytes()))
        (folder / EVERYWHERE).write_text(ONE_GENE)

    def cost(self, task: Task) -> Cost:
        """Of the variants behind the first."""
        first = replace(task, lines=task.lines[:1])
        short, long = self._run(first), self._run(task)
        n = len(task.lines) - 1
        return Cost(n, long.seconds - short.seconds, long.cpu - short.cpu, long.memory)

    def _run(self, task: Task) -> Cost:
        command = self._ours(task) if task.program == "genoview" else self._theirs(task)
        env = {**os.environ, "KERAS_BACKEND": "torch", "PYTHONPATH": str(ROOT)}
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{task.program} ended with status {status}: {command}")
        seconds = time.perf_counter() - began
        return Cost(len(task.lines), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)

    def _ours(self, task: Task) -> list[str]:
        job = self.folder / "job.json"
        job.write_text(json.dumps(asdict(task)))
        return [sys.executable, __file__, "--fasta", str(self.fasta), "--job", str(job)]

    def _theirs(self, task: Task) -> list[str]:
        asked, answer = self.folder / "asked.vcf", self.folder / "answer.vcf"
        head = ["##fileformat=VCFv4.2", f"##contig=<ID=20,length={CHROM_LENGTH}>"]
        rows = [f"20\t{pos}\t.\t{ref}\t{alt}\t.\t.\t." for pos, ref, alt in task.lines]
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        asked.write_text("\n".join([*head, columns, *rows, ""]))
        table = self.folder / TABLES[task.program]
        home = self.homes[task.program]
        if task.program == "spliceai":
            options = ["-I", asked, "-O", answer, "-R", self.fasta, "-A", table]
            return [str(word) for word in (home / "spliceai", *options, "-D", task.distance)]
        options = [self.fasta, "-i", asked, "-o", answer, "-a", table, "--all"]
        return [str(word) for word in (home / "cis-vcf", *options, "-d", task.distance)]


def score(fasta: Path, job: Path) -> None:
    """One run of genoview, in the process that is measured."""
    from genoview.backends import registry
    from genoview.reference import ReferenceGenome
    from genoview.splice_genes import SpliceGenes
    from genoview.splice_scores import SpliceScorer, VariantLine

    task = json.loads(job.read_text())
    genes = SpliceGenes.from_cispliceai(job.parent / task["genes"])
    backend = registry.create("cispliceai", dtype=task["dtype"])
    with ReferenceGenome.open("GRCh37", fasta) as genome:
        scorer = SpliceScorer(backend, genome, genes, task["distance"])
        lines = [VariantLine("20", *line) for line in task["lines"]]
        found = list(scorer.score(lines))
    if any(one.reason for one in found):
        raise SystemExit(f"not scored: {[one for one in found if one.reason][:3]}")


def variants(bases: str, places: Sequence[int]) -> tuple[Line, ...]:
    """A change at each place (0-based)."""
    dice, found = random.Random(SEED), []
    for place in places:
        ref = bases[place]
        if dice.random() > SHARE_OF_INDELS:
            found.append((place + 1, ref, dice.choice([b for b in "ACGT" if b != ref])))
        elif dice.random() < 0.5:
            inserted = "".join(dice.choice("ACGT") for _ in range(dice.randint(1, 6)))
            found.append((place + 1, ref, ref + inserted))
        else:
            found.append((place + 1, bases[place : place + dice.randint(2, 7)], ref))
    return tuple(found)


def inside_genes() -> list[tuple[int, int]]:
    """Stretches that are in a gene of both tables, 0-based."""
    rows = gzip.decompress((FIXTURE / "spliceai-genes.txt.gz").read_bytes()).decode().splitlines()
    return [(int(row.split("\t")[3]), int(row.split("\t")[4])) for row in rows[1:]]


def genome_like(bases: str, n: int) -> tuple[Line, ...]:
    """One a kilobase, in the genes of the demo region."""
    found: list[int] = []
    dice = random.Random(SEED)
    for start, end in inside_genes():
        if start > 42_500_000:
            found += dice.sample(range(start + 100, end - 100), (end - start) // SPACING)
    return variants(bases, sorted(dict.fromkeys(found))[:n])


def scattered(bases: str, n: int) -> tuple[Line, ...]:
    """Each far from the next, over the whole chromosome."""
    places = range(FIRST_BASE + APART, len(bases), (len(bases) - 2 * APART) // (2 * n))
    known = [place for place in places if "N" not in bases[place - 6_000 : place + 6_000]]
    return variants(bases, known[:n])


def main() -> None:
    """Measure, and print a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fasta", type=Path, required=True, help="chromosome 20 of GRCh37")
    parser.add_argument("--spliceai", type=Path, help="folder of its program")
    parser.add_argument("--cispliceai", type=Path, help="folder of its program")
    parser.add_argument("--variants", type=int, default=200)
    parser.add_argument("--originals", type=int, default=200, help="so many of them at most")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        score(asked.fasta, asked.job)
        return
    with tempfile.TemporaryDirectory() as folder:
        table(Bench(asked, Path(folder)), asked)


def table(bench: Bench, asked: argparse.Namespace) -> None:
    """All rows, in Markdown."""
    bases = "".join(bench.fasta.read_text().split("\n")[1:]).upper()
    dense, sparse = genome_like(bases, asked.variants), scattered(bases, asked.variants)
    print("| program | variants | distance | variants/s | CPU s a variant | memory | times |")
    print("|---|---|---|---|---|---|---|")
    fastest = 0.0
    for program in ("cispliceai", "spliceai"):
        if bench.homes[program]:
            cost = bench.cost(Task(program, dense[: asked.originals], 50))
            fastest = max(fastest, cost.n / cost.seconds)
            show(program, "one a kb", 50, cost, 0)
    show_ours = row(bench, asked.dtype, fastest)
    show_ours("one a kb", dense, 50)
    show_ours("scattered", sparse, 50)
    for distance, n in FARTHER.items():
        show_ours("one a kb", dense[:n], distance)


def row(bench: Bench, dtype: str, fastest: float) -> Callable[[str, tuple[Line, ...], int], None]:
    """Measures genoview and prints its row."""

    def measured(kind: str, lines: tuple[Line, ...], distance: int) -> None:
        genes = EVERYWHERE if kind == "scattered" else TABLES["cispliceai"]
        cost = bench.cost(Task("genoview", lines, distance, dtype, genes))
        show("genoview", kind, distance, cost, fastest if distance == 50 else 0)

    return measured


def show(program: str, kind: str, distance: int, cost: Cost, fastest: float) -> None:
    """One row."""
    rate = cost.n / cost.seconds
    times = f"{rate / fastest:.1f}" if fastest else ""
    print(
        f"| {program} | {cost.n} {kind} | {distance:,} | {rate:.2f} | {cost.cpu / cost.n:.3f} "
        f"| {cost.memory / 1e9:.2f} GB | {times} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
