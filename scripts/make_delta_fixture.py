"""What the programs spliceai and cispliceai say of variants -> tests/fixtures/delta.

    python3.11 -m venv keras && keras/bin/pip install spliceai==1.3.1 'keras>=3.10' torch h5py \
        'numpy<2.3' 'setuptools<80'
    python3.11 -m venv tensorflow && tensorflow/bin/pip install cispliceai==1.2.2 tensorflow-cpu \
        'numpy<2' 'setuptools<80'
    python scripts/build_demo.py chr20 build/chr20
    python scripts/make_delta_fixture.py --spliceai keras/bin --cispliceai tensorflow/bin \
        --fasta build/chr20/GRCh37-chr20.fa.gz --work build/delta

Their own command lines are run, some variants at a time. What is in the folder of work is not run
again, so that it can be stopped and gone on with: all takes hours on two cores.
"""

import argparse
import gzip
import os
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from delta_variants import SEED, Chosen, choose, choose_as_they_come, read_genes

FIXTURE = Path(__file__).parents[1] / "tests" / "fixtures" / "delta"
PIECE = 40  # variants a run of a program
PIECE_OF_GENES = 50  # of those as they come
CHROM = "20"
CHROM_LENGTH = 63_025_520  # bp, GRCh37
TABLES = {"spliceai": "annotations/grch37.txt", "cispliceai": "data/grch37.csv"}
HEADER = "program\tdistance\tmasked\tpos\tref\talt\tplace\tchange\tgene\tanswer"


@dataclass(frozen=True)
class Question:
    """One way to run the programs; every `step`-th variant is asked."""

    distance: int
    masked: bool
    step: int


QUESTIONS = (
    Question(50, False, 1),
    Question(50, True, 5),
    Question(500, False, 12),
    Question(4_999, True, 40),
)


def main() -> None:
    """Choose variants, ask the programs, write their answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spliceai", type=Path, required=True, help="folder of its program")
    parser.add_argument("--cispliceai", type=Path, required=True, help="folder of its program")
    parser.add_argument("--fasta", type=Path, required=True, help="chromosome 20 of GRCh37")
    parser.add_argument("--work", type=Path, required=True, help="for pieces, kept between runs")
    parser.add_argument("--run", nargs="*", default=list(TABLES), help="programs; none: write only")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    folders = {"cispliceai": asked.cispliceai, "spliceai": asked.spliceai}
    tables = {name: table_of(name, folder) for name, folder in folders.items()}
    fasta = plain_fasta(asked.fasta, asked.work)
    genes, bases = read_genes(tables["spliceai"]), bases_of(fasta)
    hard, others = mixed(choose(genes, bases)), choose_as_they_come(genes, bases)
    answers = []
    for question, piece, variants in pieces(hard, others):
        for program, folder in folders.items():
            path = asked.work / f"{program}-{question.distance}-{question.masked:d}-{piece}.vcf"
            if not path.exists() and program in asked.run:
                run(program, folder, question, variants, fasta, path)
            if path.exists():
                answers += rows(program, question, variants, path)
    write(answers, tables, [*hard, *others])


def table_of(program: str, folder: Path) -> Path:
    """The program's own genes of GRCh37."""
    find = f"import importlib.util as u; print(u.find_spec({program!r}).origin)"
    origin = subprocess.check_output([folder / "python", "-c", find], text=True).strip()
    return Path(origin).parent / TABLES[program]


def plain_fasta(fasta: Path, work: Path) -> Path:
    """Uncompressed, as both programs read it without further packages."""
    plain = work / "20.fa"
    if not plain.exists():
        plain.write_bytes(gzip.decompress(fasta.read_bytes()))
    return plain


def bases_of(fasta: Path) -> str:
    """Of the one record, upper case."""
    return "".join(fasta.read_text().split("\n")[1:]).upper()


def mixed(variants: Sequence[Chosen]) -> list[Chosen]:
    """In an order of which every part holds every kind."""
    order = list(variants)
    random.Random(SEED).shuffle(order)
    return order


def pieces(
    hard: Sequence[Chosen], others: Sequence[Chosen]
) -> Iterator[tuple[Question, str, Sequence[Chosen]]]:
    """Each question with its variants, some at a time, in order of position; a name for each."""
    for i in range(0, len(others), PIECE_OF_GENES):
        yield QUESTIONS[0], f"genes-{i // PIECE_OF_GENES}", others[i : i + PIECE_OF_GENES]
    for question in QUESTIONS:
        chosen = hard[:: question.step]
        for i in range(0, len(chosen), PIECE):
            some = sorted(chosen[i : i + PIECE], key=lambda one: one.pos)
            yield question, str(i // PIECE), some


def run(
    program: str,
    folder: Path,
    question: Question,
    variants: Sequence[Chosen],
    fasta: Path,
    path: Path,
) -> None:
    """One run of a program; `path` is there only when it has ended well."""
    asked, answer = path.with_suffix(".in.vcf"), path.with_suffix(".part.vcf")
    write_vcf(variants, asked)
    line = command(program, folder, question, fasta, asked, answer)
    subprocess.run(line, check=True, env=environment(), capture_output=True)
    answer.rename(path)


def write_vcf(variants: Sequence[Chosen], path: Path) -> None:
    """As both programs read it."""
    lines = [f"{CHROM}\t{one.pos}\t.\t{one.ref}\t{one.alt}\t.\t.\t." for one in variants]
    head = ["##fileformat=VCFv4.2", f"##contig=<ID={CHROM},length={CHROM_LENGTH}>"]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    path.write_text("\n".join([*head, columns, *lines, ""]))


def command(
    program: str, folder: Path, question: Question, fasta: Path, asked: Path, answer: Path
) -> list[str]:
    """The program's own command line."""
    distance, masked = str(question.distance), question.masked
    if program == "spliceai":
        files = [folder / "spliceai", "-I", asked, "-O", answer, "-R", fasta]
        options = ["-A", "grch37", "-D", distance, *(["-M", "1"] if masked else [])]
    else:
        files = [folder / "cis-vcf", fasta, "-i", asked, "-o", answer, "--all"]
        options = ["-a", "grch37", "-d", distance, *(["--mask"] if masked else [])]
    return [*map(str, files), *options]


def environment() -> dict[str, str]:
    """Keras computes by torch; threads that wait leave the core to others."""
    return {**os.environ, "KERAS_BACKEND": "torch", "OMP_WAIT_POLICY": "PASSIVE"}


def rows(program: str, question: Question, variants: Sequence[Chosen], path: Path) -> list[str]:
    """Lines of the fixture: the variant, and what the program wrote of it."""
    key = {"spliceai": "SpliceAI=", "cispliceai": "CISpliceAI="}[program]
    answers = {}
    for line in path.read_text().splitlines():
        if not line.startswith("#"):
            _, pos, _, ref, alt, _, _, info = line.split("\t")[:8]
            found = [entry for entry in info.split(";") if entry.startswith(key)]
            answers[int(pos), ref, alt] = found[0].removeprefix(key) if found else ""
    return [
        f"{program}\t{question.distance}\t{question.masked:d}\t{one.pos}\t{one.ref}\t{one.alt}"
        f"\t{one.place}\t{one.change}\t{one.gene}\t{answers[one.pos, one.ref, one.alt]}"
        for one in variants
    ]


def write(answers: Sequence[str], tables: dict[str, Path], variants: Sequence[Chosen]) -> None:
    """The answers, and the rows of both tables of genes that hold a variant; gzipped, no date."""
    FIXTURE.mkdir(parents=True, exist_ok=True)
    save("answers.tsv.gz", [HEADER, *answers])
    for program, table in tables.items():
        lines = table.read_text().splitlines()
        separator = "\t" if table.suffix == ".txt" else ","
        kept = [line for line in lines[1:] if holds_any(line.split(separator), variants)]
        save(f"{program}-genes{table.suffix}.gz", [lines[0], *kept])


def holds_any(columns: Sequence[str], variants: Sequence[Chosen]) -> bool:
    """Whether a gene of chr20 (name, chrom, strand, start, end, ...) lies at a variant."""
    if columns[1].removeprefix("chr") != CHROM:
        return False
    start, end = int(columns[3]), int(columns[4])
    return any(start - 1 <= one.pos <= end + 1 for one in variants)


def save(name: str, lines: Sequence[str]) -> None:
    """Each line ended."""
    content = gzip.compress("\n".join([*lines, ""]).encode(), mtime=0)
    (FIXTURE / name).write_bytes(content)
    print(f"{name}: {len(lines) - 1:,} rows, {len(content):,} bytes")


if __name__ == "__main__":
    main()
