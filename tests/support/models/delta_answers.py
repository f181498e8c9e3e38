"""Answers of the original programs, as make_delta_fixture.py wrote them, beside ours."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genoview.io.reference import ReferenceGenome
from genoview.models.base import Backend
from genoview.scoring import DeltaScores
from genoview.scoring.splicing.delta_scores import ScoredLine, SpliceScorer
from genoview.scoring.splicing.genes import SpliceGenes
from genoview.scoring.variant_line import VariantLine
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "delta"
ROUNDING = 0.005 + 1e-5  # the programs write two decimals
PARITY = 0.01


@dataclass(frozen=True)
class Answer:
    """What a program wrote of a variant, each gene's fields split; why and how it was asked."""

    program: str
    distance: int
    masked: bool
    line: VariantLine
    place: str
    change: str
    gene: str
    entries: tuple[tuple[str, ...], ...]


def read_answers() -> list[Answer]:
    """All, in the order in which they were asked."""
    with gzip.open(FIXTURE / "answers.tsv.gz", "rt") as lines:
        return [_answer(row) for row in csv.DictReader(lines, delimiter="\t")]


def _answer(row: dict[str, str]) -> Answer:
    return Answer(
        row["program"],
        int(row["distance"]),
        row["masked"] == "1",
        VariantLine("20", int(row["pos"]), row["ref"], row["alt"]),
        row["place"],
        row["change"],
        row["gene"],
        tuple(tuple(entry.split("|")) for entry in row["answer"].split(",") if entry),
    )


def genes_of(program: str) -> SpliceGenes:
    """The rows of the program's own table."""
    if program == "spliceai":
        return SpliceGenes.from_spliceai(FIXTURE / "spliceai-genes.txt.gz")
    return SpliceGenes.from_cispliceai(FIXTURE / "cispliceai-genes.csv.gz")


def ask(
    answers: Sequence[Answer], backend: Backend, genome: ReferenceGenome
) -> Iterator[tuple[Answer, ScoredLine]]:
    """Ours beside theirs; all answers are of one program. Raw and masked scores come together."""
    for distance in sorted({one.distance for one in answers}):
        asked = [one for one in answers if one.distance == distance]
        asked.sort(key=lambda one: one.line.pos)
        scorer = SpliceScorer(backend, genome, genes_of(asked[0].program), distance)
        yield from zip(asked, scorer.score([one.line for one in asked]), strict=True)


@dataclass(frozen=True)
class Difference:
    """Of one of the four scores in one gene."""

    theirs: float
    ours: float
    their_position: int
    our_position: int

    @property
    def score(self) -> float:
        return abs(self.theirs - self.ours)

    @property
    def is_moved(self) -> bool:
        return self.their_position != self.our_position


def differences(answer: Answer, found: ScoredLine) -> list[Difference]:
    """Four for each gene; both have the same genes, or nothing."""
    ours = found.masked if answer.masked else found.raw
    theirs = [entry for entry in answer.entries if entry[2] != "."]
    assert [entry[1] for entry in theirs] == [scores.gene for scores in ours]
    assert bool(theirs) != bool(found.reason)
    return [
        one for entry, scores in zip(theirs, ours, strict=True) for one in _compared(entry, scores)
    ]


def _compared(entry: Sequence[str], scores: DeltaScores) -> Iterator[Difference]:
    for i, change in enumerate(scores.changes):
        yield Difference(float(entry[2 + i]), change.score, int(entry[6 + i]), change.position)
