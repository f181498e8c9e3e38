"""Delta scores of genoview beside the fixture of the original programs -> a table in Markdown.

    python scripts/compare_delta_scores.py --fasta build/chr20/GRCh37-chr20.fa.gz

The fixture is that of scripts/make_delta_fixture.py. Every difference of more than rounding, every
position that differs and every variant that only one side scores is printed below the table.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from genoview.io.reference import ReferenceGenome
from genoview.models import registry
from genoview.scoring.splicing.delta_scores import ScoredLine
from tests.support.models.delta_answers import (
    ROUNDING,
    Answer,
    Difference,
    ask,
    differences,
    read_answers,
)


def main() -> None:
    """Both programs, where their weights are installed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fasta", type=Path, required=True, help="chromosome 20 of GRCh37")
    parser.add_argument("--programs", nargs="+", default=["cispliceai", "spliceai"])
    asked = parser.parse_args()
    answers = read_answers()
    print(
        "| program | distance | masked | change | variants | scored | largest difference | moved |"
    )
    print("|---|---|---|---|---|---|---|---|")
    notes: list[str] = []
    with ReferenceGenome.open("GRCh37", asked.fasta) as genome:
        for program in asked.programs:
            backend = registry.create(program)
            mine = [one for one in answers if one.program == program]
            notes += rows(list(ask(mine, backend, genome)))
    print("\n".join(["", *notes]))


def rows(pairs: Sequence[tuple[Answer, ScoredLine]]) -> list[str]:
    """Prints a row a kind; returns what does not agree, and why variants were not scored."""
    kinds: dict[tuple[str, int, bool, str], list[tuple[Answer, ScoredLine]]] = {}
    for answer, found in pairs:
        key = (answer.program, answer.distance, answer.masked, answer.change)
        kinds.setdefault(key, []).append((answer, found))
    for (program, distance, masked, change), some in sorted(kinds.items()):
        all_found = [one for answer, found in some for one in differences(answer, found)]
        n_scored = sum(not found.reason for _, found in some)
        largest = max((one.score for one in all_found), default=0.0)
        moved = sum(one.is_moved for one in all_found)
        print(
            f"| {program} | {distance:,} | {'yes' if masked else 'no'} | {change} | {len(some)} "
            f"| {n_scored} | {largest:.4f} | {moved} of {len(all_found)} |"
        )
    reasons = Counter(kind_of(found.reason) for _, found in pairs if found.reason)
    notes = [f"{pairs[0][0].program}: {n} not scored: {reason}" for reason, n in reasons.items()]
    return notes + [
        described(answer, one)
        for answer, found in pairs
        for one in differences(answer, found)
        if one.score > ROUNDING or one.is_moved
    ]


def kind_of(reason: str) -> str:
    """Without the place."""
    return reason.split(" lies at ")[0]


def described(answer: Answer, one: Difference) -> str:
    """A line for a difference."""
    line = answer.line
    return (
        f"{answer.program} {line.pos} {line.ref}>{line.alt}: {one.theirs:.2f} at "
        f"{one.their_position}, ours {one.ours:.4f} at {one.our_position}"
    )


if __name__ == "__main__":
    main()
