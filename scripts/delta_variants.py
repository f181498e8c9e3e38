"""Genes of chr20 -> variants that try delta scores where they are hard, and as they come; seeded.

The hard ones lie near exon boundaries, at gene edges, deep in introns, between genes;
substitutions, insertions, deletions, both in one, and changes of more than 20 bp; both strands. As
they come is one a kilobase over whole genes, as in the VCF of a genome.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 20
DEMO_REGION = (42_484_000, 43_484_000)  # of chr20, 0-based: what the repository has sequence of
N_GENES = {True: 12, False: 14}  # in and outside of the demo region
LONGEST_STRETCH = 25_000  # bp of a gene in which its variants lie, so that they share a reference
FEWEST_EXONS = 3
NEAR = 12  # bp from an exon boundary
EDGE = 30  # bp from a gene's first or last base
A_GENE = (  # place and change of the variants of one gene
    *[("boundary", "substitution")] * 9,
    *[("boundary", "insertion")] * 3,
    *[("boundary", "deletion")] * 3,
    ("boundary", "long insertion"),
    ("boundary", "long deletion"),
    ("boundary", "both"),
    ("first base", "substitution"),
    ("last base", "deletion"),
    ("first base", "insertion"),
    ("deep", "substitution"),
    ("deep", "insertion"),
)
BETWEEN_GENES = (*["substitution"] * 5, *["insertion"] * 3, *["deletion"] * 3)
LENGTHS = {  # bp inserted or deleted, least and most
    "insertion": (1, 8),
    "deletion": (1, 12),
    "long insertion": (21, 60),
    "long deletion": (21, 60),
}
MARGIN, READ = 90_000, 6_000  # bp from a chromosome's end; read on each side of a variant
SPACING = 1_000  # bp between variants as they come, on average
N_AS_THEY_COME = 200
CHANGES = (*["substitution"] * 17, "insertion", "insertion", "deletion")  # a genome's, roughly


@dataclass(frozen=True)
class Gene:
    """One row of the table of spliceai; starts are 0-based."""

    name: str
    strand: str
    start: int
    end: int
    boundaries: tuple[int, ...]  # 0-based first and last base of each exon


@dataclass(frozen=True)
class Chosen:
    """A variant as a VCF line has it, and why it was chosen."""

    pos: int
    ref: str
    alt: str
    place: str
    change: str
    gene: str


def read_genes(table: Path, chrom: str = "20") -> list[Gene]:
    """The genes of one chromosome from annotations/grch37.txt of spliceai."""
    with table.open() as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["CHROM"] == chrom]
    return [_gene(row) for row in rows]


def _gene(row: dict[str, str]) -> Gene:
    starts = [int(text) for text in row["EXON_START"].split(",") if text]
    ends = [int(text) - 1 for text in row["EXON_END"].split(",") if text]
    bounds = tuple(sorted({*starts, *ends}))
    return Gene(row["#NAME"], row["STRAND"], int(row["TX_START"]), int(row["TX_END"]), bounds)


def choose(genes: Sequence[Gene], bases: str) -> list[Chosen]:
    """Variants by place; `bases` is the whole chromosome in upper case."""
    dice = random.Random(SEED)
    found = [one for gene in _some_genes(genes, dice) for one in _of_gene(gene, bases, dice)]
    found += [_between(genes, change, bases, dice) for change in BETWEEN_GENES]
    distinct = {(one.pos, one.ref, one.alt): one for one in found}
    return sorted(distinct.values(), key=lambda one: (one.pos, one.ref, one.alt))


def choose_as_they_come(genes: Sequence[Gene], bases: str) -> list[Chosen]:
    """The first one a kilobase in the genes of the demo region."""
    found: dict[int, Chosen] = {}
    for gene in genes:
        if _is_inside(gene):
            dice = random.Random(f"{SEED} {gene.name}")
            inner = range(gene.start + 100, gene.end - 100)
            for at in dice.sample(inner, (gene.end - gene.start) // SPACING):
                change = dice.choice(CHANGES)
                ref, alt = _alleles(at, change, bases, dice)
                found[at] = Chosen(at + 1, ref, alt, "gene", change, gene.name)
    return [found[at] for at in sorted(found)][:N_AS_THEY_COME]


def scattered(bases: str, n: int) -> list[Chosen]:
    """Each far from the next, over the whole chromosome."""
    dice, found = random.Random(SEED), []
    for at in range(MARGIN, len(bases) - MARGIN, (len(bases) - 2 * MARGIN) // (2 * n)):
        if len(found) < n and "N" not in bases[at - READ : at + READ]:
            change = dice.choice(CHANGES)
            found.append(Chosen(at + 1, *_alleles(at, change, bases, dice), "far", change, ""))
    return found


def _some_genes(genes: Sequence[Gene], dice: random.Random) -> Iterator[Gene]:
    """As many of each strand, in and outside of the demo region."""
    rich = [gene for gene in genes if len(gene.boundaries) >= 2 * FEWEST_EXONS]
    for inside, count in N_GENES.items():
        for strand in "+-":
            fit = [g for g in rich if _is_inside(g) == inside and g.strand == strand]
            yield from dice.sample(fit, min(count // 2, len(fit)))


def _is_inside(gene: Gene) -> bool:
    margin = 10_100  # bp that the longest window reaches beyond the gene
    return gene.start - margin >= DEMO_REGION[0] and gene.end + margin <= DEMO_REGION[1]


def _of_gene(gene: Gene, bases: str, dice: random.Random) -> Iterator[Chosen]:
    first = dice.choice(gene.boundaries)
    near = [b for b in gene.boundaries if abs(b - first) <= LONGEST_STRETCH // 2]
    for place, change in A_GENE:
        if place == "boundary":
            at = dice.choice(near) + dice.randint(-NEAR, NEAR)
        elif place == "deep":
            at = dice.randint(max(gene.start, near[0] - 2_000), min(gene.end, near[-1] + 2_000))
        else:
            edge = gene.start if place == "first base" else gene.end - 1
            at = edge + dice.randint(-EDGE, EDGE)
        ref, alt = _alleles(at, change, bases, dice)
        yield Chosen(at + 1, ref, alt, place, change, gene.name)


def _between(genes: Sequence[Gene], change: str, bases: str, dice: random.Random) -> Chosen:
    """In no gene, within the demo region."""
    while True:
        at = dice.randint(DEMO_REGION[0] + 10_100, DEMO_REGION[1] - 10_100)
        if not any(gene.start - 200 <= at < gene.end + 200 for gene in genes):
            ref, alt = _alleles(at, change, bases, dice)
            return Chosen(at + 1, ref, alt, "between genes", change, "")


def _alleles(at: int, change: str, bases: str, dice: random.Random) -> tuple[str, str]:
    """REF and ALT that begin at `at` (0-based)."""
    if change == "substitution":
        return bases[at], dice.choice([base for base in "ACGT" if base != bases[at]])
    if change == "both":
        ref = bases[at : at + dice.randint(2, 6)]
        return ref, _other(_word(dice.randint(2, 6), dice), ref)
    length = dice.randint(*LENGTHS[change])
    if change.endswith("insertion"):
        return bases[at], bases[at] + _word(length, dice)
    return bases[at : at + length + 1], bases[at]


def _word(length: int, dice: random.Random) -> str:
    return "".join(dice.choice("ACGT") for _ in range(length))


def _other(word: str, ref: str) -> str:
    return word if word != ref else word.translate(str.maketrans("ACGT", "CGTA"))
