"""Consequences beside those of `bcftools csq` 1.16, on 5,189 random changes of chr20.

Every difference has one reason of `csq_differences`; `docs/consequences.md` has the table. Fixture:
`scripts/fixtures/make_csq_fixture.py`.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from genoview.data.genome import Interval, Transcript, Variant
from genoview.data.transcript.edits import edit_of, room
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence, consequence_of
from tests.scoring.consequence.csq_differences import REASONS, SITES, Case
from tests.support.paths import FIXTURES, ROOT

SLICE = Interval("chr20", 42_484_000, 43_484_000)
N_COMPARED, N_EQUAL = 14_809, 13_241
OWN_NAMES = {
    "5_prime_utr": Term.UTR_5,
    "3_prime_utr": Term.UTR_3,
    "non_coding": Term.NON_CODING_EXON,
    "inframe_altering": Term.PROTEIN_ALTERING,
}
FINER = {
    Term.SPLICE_DONOR_5TH_BASE: Term.SPLICE_REGION,
    Term.SPLICE_DONOR_REGION: Term.SPLICE_REGION,
    Term.SPLICE_POLYPYRIMIDINE_TRACT: Term.SPLICE_REGION,
}
WEAKEST = {Term.INTRON, Term.CODING_SEQUENCE}  # csq says them only where it says nothing else
RESIDUES = re.compile(r"([0-9]+)([A-Z*])(?:>\1([A-Z*]))?")


class Line(NamedTuple):
    """What csq says of a variant on a transcript."""

    variant: Variant
    transcript: str
    terms: frozenset[Term]
    residues: str


def term(name: str) -> Term:
    name = name.lstrip("*")
    known = {str(each) for each in Term}
    return OWN_NAMES.get(name) or Term(name if name in known else f"{name}_variant")


@cache
def transcripts() -> dict[str, Transcript]:
    genes = refseq_genes("GRCh37").genes(SLICE)
    return {one.transcript_id: one for gene in genes for one in gene.transcripts}


def lines() -> Iterator[Line]:
    known: dict[tuple[Variant, str], Line] = {}
    with gzip.open(FIXTURES / "csq-chr20.tsv.gz", "rt") as file:
        for text in file:
            pos, ref, alt, transcript, terms, residues = text.rstrip("\n").split("\t")
            if transcript:
                key = Variant("chr20", int(pos), ref, alt), transcript
                before = known.get(key, Line(*key, frozenset(), ""))
                said = before.terms.union(map(term, terms.split("&")))
                known[key] = Line(*key, said, residues or before.residues)
    yield from known.values()


@pytest.fixture(scope="module")
def both(demo: Assembly) -> list[tuple[Line, Consequence]]:
    fetch, pairs = demo.reference.fetch, []
    for line in lines():
        ours = consequence_of(line.variant, transcripts()[line.transcript], fetch)
        assert ours is not None
        pairs.append((line, ours))
    return pairs


def test_each_difference_has_one_reason(
    demo: Assembly, both: list[tuple[Line, Consequence]]
) -> None:
    fetch = demo.reference.fetch
    counts: Counter[str] = Counter()
    n_equal = 0
    for line, detail in both:
        ours = {FINER.get(each, each) for each in detail.terms} - WEAKEST
        theirs = set(line.terms - WEAKEST)
        if theirs & SITES and ours & SITES:
            theirs.discard(Term.SPLICE_REGION)
        if ours == theirs:
            n_equal += 1
            continue
        edit = edit_of(line.variant)
        can_move = any(room(edit, fetch, way) for way in (True, False))
        missing, extra = frozenset(theirs - ours), frozenset(ours - theirs)
        case = Case(line.variant, missing, extra, detail, can_move)
        words = [reason.words for reason in REASONS if reason.holds(case)]
        assert len(words) == 1, (case, words)
        counts[words[0]] += 1
    assert counts == {reason.words: reason.n for reason in REASONS}
    assert (len(both), n_equal) == (N_COMPARED, N_EQUAL)


def test_residues_of_substitutions_are_those_of_csq(
    both: list[tuple[Line, Consequence]],
) -> None:
    n_compared = 0
    for line, ours in both:
        match = RESIDUES.fullmatch(line.residues)
        edit = edit_of(line.variant)
        if len(edit.ref) != 1 or len(edit.alt) != 1 or match is None:
            continue
        residue, ref, alt = match.groups()
        assert ours.residue == int(residue), line
        assert ours.amino_acids == (f"{ref}/{alt}" if alt else ref), line
        n_compared += 1
    assert n_compared > 1_500


def test_the_table_in_the_documentation_has_each_reason() -> None:
    page = (ROOT / "docs" / "consequences.md").read_text()
    assert f"{N_EQUAL:,} of {N_COMPARED:,}" in page
    for reason in REASONS:
        assert f"| {reason.n} | {reason.words} |" in page
