"""Delta scores equal those of the original programs, each in its way.

Here for some of the variants; scripts/fixtures/compare_delta_scores.py holds all of them, and its
table is in docs/splice-scores.md.
"""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.models import registry
from tests.support.models.delta_answers import (
    PARITY,
    ROUNDING,
    Answer,
    ask,
    differences,
    read_answers,
)

CHR20_FASTA = os.environ.get("GENOVIEW_CHR20_FASTA")
IN_DEMO = ("ADA", "HNF4A", "")  # genes of the embedded megabase; "" is between genes
EVERY = 3  # of the variants there, those that are asked each time
# Far apart on chr20, on both strands; each with its hard variants so close that they share REF.
FAR_GENES = ("BPIFA1", "DUSP15", "SYS1")
PROGRAMS = [
    "cispliceai",
    pytest.param(
        "spliceai",
        marks=pytest.mark.skipif(
            not (find_spec("spliceai") and find_spec("h5py")),
            reason="the package spliceai, or h5py, is not installed",
        ),
    ),
]


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return read_answers()


@pytest.fixture
def chr20(tmp_path: Path) -> Iterator[ReferenceGenome]:
    with ReferenceGenome.open("chr20", Path(str(CHR20_FASTA)), index_dir=tmp_path) as genome:
        yield genome


def check(expected: list[Answer], program: str, genome: ReferenceGenome) -> None:
    result = [
        difference
        for answer, line in ask(expected, registry.create(program), genome)
        for difference in differences(answer, line)
    ]
    assert len(result) >= 2 * len(expected) > 10
    assert max(difference.theirs for difference in result) > 0.2
    assert max(difference.score for difference in result) <= ROUNDING < PARITY
    # Of a masked loss of 0 the rounding of a float decides which place is the first.
    assert [difference for difference in result if difference.is_moved and difference.theirs] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_scores_in_genes_and_between_equal_the_program_s(
    answers: list[Answer], program: str, demo: Assembly
) -> None:
    mine = [answer for answer in answers if answer.program == program and answer.distance <= 50]
    there = [answer for answer in mine if answer.gene in IN_DEMO]
    check(there[::EVERY], program, demo.reference)


@pytest.mark.skipif(
    not CHR20_FASTA, reason="GENOVIEW_CHR20_FASTA names no bgzipped chr20 of GRCh37"
)
@pytest.mark.parametrize("program", PROGRAMS)
def test_scores_of_each_kind_of_variant_far_apart_on_chr20_equal_the_program_s(
    answers: list[Answer], program: str, chr20: ReferenceGenome
) -> None:
    kinds: dict[tuple[object, ...], Answer] = {}
    for answer in answers:
        if answer.program == program and answer.gene in FAR_GENES:
            kind = answer.place, answer.change, answer.distance, answer.masked
            kinds.setdefault(kind, answer)
    check(list(kinds.values()), program, chr20)


def test_the_fixture_holds_every_kind_of_variant(answers: list[Answer]) -> None:
    kinds = {(answer.place, answer.change) for answer in answers}
    assert {place for place, _ in kinds} == {
        "boundary",
        "first base",
        "last base",
        "deep",
        "between genes",
        "gene",
    }
    assert {change for _, change in kinds} == {
        "substitution",
        "insertion",
        "deletion",
        "long insertion",
        "long deletion",
        "both",
    }
    assert max(abs(len(answer.line.alt) - len(answer.line.ref)) for answer in answers) > 20
