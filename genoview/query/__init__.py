"""Typed text -> locus, variant or gene: the only place where 1-based text becomes 0-based.

text --clean--> one plain line --columns, hgvs, patterns--> request --reference--> Variant
"""

from genoview.query.parser import format_query, parse
from genoview.query.reference import (
    MAX_CHANGED,
    check_reference,
    join_changes,
    resolve_hgvs,
    several_bases,
)
from genoview.query.requests import (
    ParsedEdit,
    ParsedGene,
    ParsedHaplotype,
    ParsedLocus,
    ParsedVariant,
    Request,
)

__all__ = [
    "MAX_CHANGED",
    "ParsedEdit",
    "ParsedGene",
    "ParsedHaplotype",
    "ParsedLocus",
    "ParsedVariant",
    "Request",
    "check_reference",
    "format_query",
    "join_changes",
    "parse",
    "resolve_hgvs",
    "several_bases",
]
