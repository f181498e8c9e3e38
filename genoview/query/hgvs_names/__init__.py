"""HGVS names along transcripts and proteins: text -> variants of a genome -> names.

grammar -> transcripts -> numbering -> edits, codons -> Variant -> describe, protein
"""

from genoview.query.hgvs_names.resolve import (
    NamedVariant,
    VariantNames,
    names_of,
    resolve_name,
)

__all__ = ["NamedVariant", "VariantNames", "names_of", "resolve_name"]
