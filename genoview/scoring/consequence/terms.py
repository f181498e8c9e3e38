"""Consequence terms of the Sequence Ontology, severest first.

Terms, order and impacts are Ensembl VEP's (McLaren et al. 2016, doi:10.1186/s13059-016-0974-4;
Eilbeck et al. 2005, doi:10.1186/gb-2005-6-5-r44).
"""

from collections.abc import Iterable
from enum import StrEnum


class Impact(StrEnum):
    """How much a term is expected to matter; a class of terms, not a measurement."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    MODIFIER = "modifier"


class Term(StrEnum):
    """A consequence; the severest is declared first."""

    SPLICE_ACCEPTOR = "splice_acceptor_variant"
    SPLICE_DONOR = "splice_donor_variant"
    STOP_GAINED = "stop_gained"
    FRAMESHIFT = "frameshift_variant"
    STOP_LOST = "stop_lost"
    START_LOST = "start_lost"
    INFRAME_INSERTION = "inframe_insertion"
    INFRAME_DELETION = "inframe_deletion"
    MISSENSE = "missense_variant"
    PROTEIN_ALTERING = "protein_altering_variant"
    SPLICE_DONOR_5TH_BASE = "splice_donor_5th_base_variant"
    SPLICE_REGION = "splice_region_variant"
    SPLICE_DONOR_REGION = "splice_donor_region_variant"
    SPLICE_POLYPYRIMIDINE_TRACT = "splice_polypyrimidine_tract_variant"
    INCOMPLETE_TERMINAL_CODON = "incomplete_terminal_codon_variant"
    START_RETAINED = "start_retained_variant"
    STOP_RETAINED = "stop_retained_variant"
    SYNONYMOUS = "synonymous_variant"
    CODING_SEQUENCE = "coding_sequence_variant"
    UTR_5 = "5_prime_UTR_variant"
    UTR_3 = "3_prime_UTR_variant"
    NON_CODING_EXON = "non_coding_transcript_exon_variant"
    INTRON = "intron_variant"
    NON_CODING_TRANSCRIPT = "non_coding_transcript_variant"
    UPSTREAM = "upstream_gene_variant"
    DOWNSTREAM = "downstream_gene_variant"
    INTERGENIC = "intergenic_variant"

    @property
    def rank(self) -> int:
        """0 of the severest."""
        return _RANK[self]

    @property
    def impact(self) -> Impact:
        return next((impact for impact, terms in _IMPACTS if self in terms), Impact.MODIFIER)

    @property
    def words(self) -> str:
        """`missense`, `5' UTR`, `splice donor`."""
        words = self.removesuffix("_variant").removesuffix("_gene").replace("_prime_", "' ")
        for written, spoken in _SPOKEN.items():
            words = words.replace(written, spoken)
        return words.replace("_", " ")


_SPOKEN = {
    "inframe": "in-frame",
    "non_coding": "non-coding",
    "transcript_exon": "exon",
    "splice_polypyrimidine": "polypyrimidine",
}
_RANK = {term: rank for rank, term in enumerate(Term)}
_IMPACTS = (
    (
        Impact.HIGH,
        {
            Term.SPLICE_ACCEPTOR,
            Term.SPLICE_DONOR,
            Term.STOP_GAINED,
            Term.FRAMESHIFT,
            Term.STOP_LOST,
            Term.START_LOST,
        },
    ),
    (
        Impact.MODERATE,
        {
            Term.INFRAME_INSERTION,
            Term.INFRAME_DELETION,
            Term.MISSENSE,
            Term.PROTEIN_ALTERING,
        },
    ),
    (
        Impact.LOW,
        {
            Term.SPLICE_DONOR_5TH_BASE,
            Term.SPLICE_REGION,
            Term.SPLICE_DONOR_REGION,
            Term.SPLICE_POLYPYRIMIDINE_TRACT,
            Term.INCOMPLETE_TERMINAL_CODON,
            Term.START_RETAINED,
            Term.STOP_RETAINED,
            Term.SYNONYMOUS,
        },
    ),
)


def by_severity(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Each once, the severest first."""
    return tuple(sorted(set(terms), key=lambda term: term.rank))
