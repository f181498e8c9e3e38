"""Consequences beside those of `bcftools csq` 1.16, on 5,189 random changes of chr20.

Every difference has one of the reasons below; `docs/consequences.md` has the table. Fixture:
`scripts/make_csq_fixture.py`.
"""

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from genoview.data.genome import Interval, Transcript, Variant
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.scoring.consequence.terms import Term
from genoview.scoring.consequence.transcripts import Consequence, consequence_of
from tests.support.paths import FIXTURES

SLICE = Interval("chr20", 42_484_000, 43_484_000)
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
SITES = {Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR}
RESIZED = {Term.INFRAME_INSERTION, Term.INFRAME_DELETION, Term.PROTEIN_ALTERING}
PROTEIN = RESIZED | {Term.FRAMESHIFT, Term.MISSENSE, Term.SYNONYMOUS, Term.STOP_GAINED}
PROTEIN |= {Term.STOP_LOST, Term.START_LOST, Term.STOP_RETAINED}


class Case(NamedTuple):
    """What both say of a variant on a transcript."""

    variant: Variant
    theirs: frozenset[Term]
    ours: frozenset[Term]
    detail: Consequence

    @property
    def is_complex(self) -> bool:
        """Bases are replaced by another number of bases."""
        return self.variant.kind == "indel"

    @property
    def length_change(self) -> int:
        return self.variant.length_change


def term(name: str) -> Term:
    name = name.lstrip("*")
    known = {str(each) for each in Term}
    return OWN_NAMES.get(name) or Term(name if name in known else f"{name}_variant")


@cache
def transcripts() -> dict[str, Transcript]:
    genes = refseq_genes("GRCh37").genes(SLICE)
    return {one.transcript_id: one for gene in genes for one in gene.transcripts}


def rows() -> Iterator[tuple[Variant, str, set[Term]]]:
    said: dict[tuple[Variant, str], set[Term]] = {}
    with gzip.open(FIXTURES / "csq-chr20.tsv.gz", "rt") as file:
        for line in file:
            pos, ref, alt, transcript, terms, _ = line.rstrip("\n").split("\t")
            if transcript:
                key = Variant("chr20", int(pos), ref, alt), transcript
                said.setdefault(key, set()).update(map(term, terms.split("&")))
    yield from ((variant, name, terms) for (variant, name), terms in said.items())
