"""Delta scores beside the original programs: the same variants and cores, in one run.

    python benchmarks/splice_scores.py --fasta build/chr20/GRCh37-chr20.fa.gz \
        --spliceai keras/bin --cispliceai tensorflow/bin       # about half an hour on two cores

The folders are those of scripts/fixtures/make_delta_fixture.py; without them only genoview is
measured. Each run is a process of its own, and a run with its first variant alone is taken off, so
that what is compared is variants a second behind the start. genoview runs before, between and
behind the originals. Two kinds of variants: one a kilobase over genes of the demo region, as in the
VCF of a genome; and scattered, each too far from the next to share anything. genoview runs with
CI-SpliceAI's weights; SpliceAI's cost the same. Where other work shares the cores, believe the
ratio of CPU seconds.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts" / "fixtures"))

from delta_variants import DEMO_REGION, Chosen, choose_as_they_come, read_genes, scattered
from make_delta_fixture import (
    CHROM,
    QUESTIONS,
    bases_of,
    command,
    environment,
    plain_fasta,
    write_vcf,
)
from parts.sparse_fasta import demo_genome, write_sparse_fasta
from parts.tables import Table, options

from genoview.data.genome import Interval

ROOT = Path(__file__).parents[1]
FIXTURE = ROOT / "tests" / "fixtures" / "delta"
TABLES = ("spliceai-genes.txt", "cispliceai-genes.csv")
FARTHER = {500: 40, 5_000: 10}  # number of variants by distance
EVERYWHERE = "everywhere.csv"  # one gene over all of chr20: each variant is in one gene
ONE_GENE = "gene_id,chr,strand,start,end,jn_start,jn_end\nALL,chr20,+,1,63025520,1,2\n"
COLUMNS = (
    *("program", "variants", "distance", "dtype", "variants/s"),
    *("CPU s a variant", "memory", "times/s", "times CPU"),
)
Row = tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """What one run is to do."""

    program: str  # spliceai, cispliceai or genoview
    variants: tuple[Chosen, ...]
    distance: int = 50
    dtype: str = "float32"
    genes: str = TABLES[1]  # of genoview


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
        self.folder = folder
        self.fasta = plain_fasta(asked.fasta, folder) if asked.fasta else demo_fasta(folder)
        self.homes = {"spliceai": asked.spliceai, "cispliceai": asked.cispliceai}
        for name in TABLES:
            plain = gzip.decompress((FIXTURE / f"{name}.gz").read_bytes())
            (self.folder / name).write_bytes(plain)
        (self.folder / EVERYWHERE).write_text(ONE_GENE)

    def cost(self, task: Task) -> Cost:
        """Of the variants behind the first."""
        short, long = self._run(replace(task, variants=task.variants[:1])), self._run(task)
        n = len(task.variants) - 1
        return Cost(n, long.seconds - short.seconds, long.cpu - short.cpu, long.memory)

    def _run(self, task: Task) -> Cost:
        line = self._ours(task) if task.program == "genoview" else self._theirs(task)
        env = {**environment(), "PYTHONPATH": str(ROOT)}
        began = time.perf_counter()
        process = subprocess.Popen(
            line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status  # it was waited for
        if status:
            raise SystemExit(f"{task.program} ended with status {status}: {line}")
        seconds = time.perf_counter() - began
        n, cpu = len(task.variants), used.ru_utime + used.ru_stime
        return Cost(n, seconds, cpu, used.ru_maxrss * 1024)

    def _ours(self, task: Task) -> list[str]:
        job = self.folder / "job.json"
        job.write_text(json.dumps(asdict(task)))
        return [sys.executable, __file__, "--fasta", str(self.fasta), "--job", str(job)]

    def _theirs(self, task: Task) -> list[str]:
        asked, answer = self.folder / "asked.vcf", self.folder / "answer.vcf"
        write_vcf(task.variants, asked)
        home = self.homes[task.program]
        return command(task.program, home, QUESTIONS[0], self.fasta, asked, answer)


def score(fasta: Path, job: Path) -> None:
    """One run of genoview, in the process that is measured."""
    from genoview.io.reference import ReferenceGenome
    from genoview.models import registry
    from genoview.scoring.splicing.delta_scores import SpliceScorer
    from genoview.scoring.splicing.genes import SpliceGenes
    from genoview.scoring.variant_line import VariantLine

    task = json.loads(job.read_text())
    genes = SpliceGenes.from_cispliceai(job.parent / task["genes"])
    backend = registry.create("cispliceai", dtype=task["dtype"])
    with ReferenceGenome.open("GRCh37", fasta) as genome:
        scorer = SpliceScorer(backend, genome, genes, task["distance"])
        lines = [VariantLine("20", v["pos"], v["ref"], v["alt"]) for v in task["variants"]]
        found = list(scorer.score(lines))
    if any(one.reason for one in found):
        raise SystemExit(f"not scored: {[one for one in found if one.reason][:3]}")


def demo_fasta(folder: Path) -> Path:
    """Chromosome 20 with the bases of the demo region alone."""
    at = Interval(f"chr{CHROM}", *DEMO_REGION)
    return write_sparse_fasta(folder / "20.fa", demo_genome(), at, CHROM)


def main() -> None:
    """Measure, and print a row as soon as it is known."""
    parser = options(__doc__)
    parser.add_argument("--fasta", type=Path, help="chromosome 20 of GRCh37")
    parser.add_argument("--spliceai", type=Path, help="folder of its program")
    parser.add_argument("--cispliceai", type=Path, help="folder of its program")
    parser.add_argument("--variants", type=int, default=200, help="at most 200")
    parser.add_argument("--rows", nargs="*", default=["beside", "kinds"], help="of the table")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        score(asked.fasta, asked.job)
        return
    if asked.smoke:
        asked.fasta, asked.variants, asked.rows = None, 2, ["beside"]  # the first is not counted
    elif not asked.fasta:
        parser.error(
            "--fasta is needed: python scripts/assets/build_demo.py chr20 build/chr20 makes it"
        )
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(asked, Path(folder))
        genes, bases = read_genes(bench.folder / TABLES[0]), bases_of(bench.fasta)
        dense = tuple(choose_as_they_come(genes, bases)[: asked.variants])
        task, rows = Task("genoview", dense, dtype=asked.dtype), []
        if "beside" in asked.rows:
            rows += beside(bench, task)
        if "kinds" in asked.rows:
            rows += kinds(bench, task, bases)
    Table(COLUMNS, tuple(rows)).report(asked.json)


def beside(bench: Bench, task: Task) -> Iterator[Row]:
    """The same variants by each program that is there, and genoview before and behind each."""
    ours, theirs = [bench.cost(task)], []
    for program, home in bench.homes.items():
        if home:
            theirs.append(bench.cost(replace(task, program=program)))
            other = replace(task, program=program, dtype="float32")
            yield row(other, "one a kb", theirs[-1], [])
            ours.append(bench.cost(task))
    n, memory = len(ours), max(one.memory for one in ours)
    seconds, cpu = sum(one.seconds for one in ours) / n, sum(one.cpu for one in ours) / n
    yield row(task, "one a kb", Cost(ours[0].n, seconds, cpu, memory), theirs)


def kinds(bench: Bench, task: Task, bases: str) -> Iterator[Row]:
    """genoview where nothing can be shared, and at larger distances."""
    sparse = tuple(scattered(bases, len(task.variants)))
    alone = replace(task, variants=sparse, genes=EVERYWHERE)
    yield row(alone, "scattered", bench.cost(alone), [])
    for distance, n in FARTHER.items():
        far = replace(task, variants=task.variants[:n], distance=distance)
        yield row(far, "one a kb", bench.cost(far), [])


def row(task: Task, kind: str, cost: Cost, theirs: Sequence[Cost]) -> Row:
    """One row; how many times the faster of the others it is."""
    times = "", ""
    if theirs:
        seconds, cpu = min(one.seconds for one in theirs), min(one.cpu for one in theirs)
        times = f"{seconds / cost.seconds:.1f}", f"{cpu / cost.cpu:.1f}"
    what = task.program, f"{cost.n} {kind}", f"{task.distance:,}", task.dtype
    speed = f"{cost.n / cost.seconds:.2f}", f"{cost.cpu / cost.n:.3f}"
    return *what, *speed, f"{cost.memory / 1e9:.2f} GB", *times


if __name__ == "__main__":
    main()
