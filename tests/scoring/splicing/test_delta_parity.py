"""Delta scores equal those of the original programs, each in its way.

Here for some of the variants; scripts/compare_delta_scores.py holds all of them, and its table is
in docs/splice-scores.md.
"""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.models import registry
from tests.support.delta_answers import PARITY, ROUNDING, Answer, ask, differences, read_answers

CHR20_FASTA = os.environ.get("GENOVIEW_CHR20_FASTA")
IN_DEMO = ("ADA", "HNF4A", "")  # genes of the embedded megabase; "" is between genes
EVERY = 3  # of the variants there, those that are asked each time
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


def check(asked: list[Answer], program: str, genome: ReferenceGenome) -> None:
    found = [
        one
        for answer, line in ask(asked, registry.create(program), genome)
        for one in differences(answer, line)
    ]
    assert len(found) >= 2 * len(asked) > 10
    assert max(one.theirs for one in found) > 0.2
    assert max(one.score for one in found) <= ROUNDING < PARITY
    # Of a masked loss of 0 the rounding of a float decides which place is the first.
    assert [one for one in found if one.is_moved and one.theirs] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_scores_in_genes_and_between_equal_the_program_s(
    answers: list[Answer], program: str, demo: Assembly
) -> None:
    mine = [one for one in answers if one.program == program and one.distance <= 50]
    there = [one for one in mine if one.gene in IN_DEMO]
    check(there[::EVERY], program, demo.reference)


@pytest.mark.skipif(
    not CHR20_FASTA, reason="GENOVIEW_CHR20_FASTA names no bgzipped chr20 of GRCh37"
)
@pytest.mark.parametrize("program", PROGRAMS)
def test_scores_of_some_variants_all_over_chr20_equal_the_program_s(
    answers: list[Answer], program: str, chr20: ReferenceGenome
) -> None:
    check([one for one in answers if one.program == program][::12], program, chr20)


def test_the_fixture_holds_every_kind_of_variant(answers: list[Answer]) -> None:
    kinds = {(one.place, one.change) for one in answers}
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
    assert max(abs(len(one.line.alt) - len(one.line.ref)) for one in answers) > 20
