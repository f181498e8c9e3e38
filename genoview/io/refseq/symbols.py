"""Embedded aliases -> which gene a symbol of today, of before, or an alias means.

Symbols of HGNC (Seal et al. 2023, doi:10.1093/nar/gkac888), NCBI Gene and Ensembl.
"""

from bisect import bisect_left
from pathlib import Path
from typing import NamedTuple, cast

from genoview.data.assets import ASSETS
from genoview.io.refseq.codec import IntArray, unpack

SYMBOL, PREVIOUS, ALIAS = "symbol", "previous symbol", "alias"
_KINDS = (SYMBOL, PREVIOUS, ALIAS)
TODAY_CODE, PREVIOUS_CODE, ALIAS_CODE = range(3)  # column `kind` of the file
_AFTER = "\uffff"


class Symbol(NamedTuple):
    """A name, the symbol that the table has for its gene, and what kind of name it is."""

    name: str
    symbol: str
    kind: str


class SymbolIndex:
    """Every symbol by its upper-case letters."""

    def __init__(
        self, names: list[str], genes: list[int], kinds: list[int], own: list[str]
    ) -> None:
        """Args: columns of the file, by upper-case letters; own: a gene's symbol here, or ""."""
        self._names, self._genes, self._kinds, self._own = names, genes, kinds, own
        self._keys = [name.upper() for name in names]

    def meant(self, name: str) -> list[str]:
        """Symbols of the genes that have it: of today, else of before, else as an alias."""
        key = name.upper()
        matches = self._between(key, key + "\0")
        for kind in _KINDS:
            if symbols := [match.symbol for match in matches if match.kind == kind]:
                return list(dict.fromkeys(symbols))
        return []

    def beginning(self, prefix: str) -> list[Symbol]:
        """Names that begin so: symbols before aliases, short before long; one a gene."""
        typed = prefix.upper()
        hits = self._between(typed, typed + _AFTER)
        hits.sort(
            key=lambda hit: (hit.name.upper() != typed, _KINDS.index(hit.kind), len(hit.name))
        )
        genes: dict[str, Symbol] = {}
        for hit in hits:
            genes.setdefault(hit.symbol, hit)
        return list(genes.values())

    def _between(self, first: str, behind: str) -> list[Symbol]:
        """Names of the genes that are here; a gene's own symbol is of today, whatever the file
        says."""
        rows = range(*(bisect_left(self._keys, key) for key in (first, behind)))
        matches = []
        for name, gene, kind in ((self._names[i], self._genes[i], self._kinds[i]) for i in rows):
            if own := self._own[gene]:
                words = SYMBOL if name == own else PREVIOUS if kind < ALIAS_CODE else ALIAS
                matches.append(Symbol(name, own, words))
        return matches


def load_symbols(own: frozenset[str], folder: Path = ASSETS / "genes") -> SymbolIndex:
    """The index of a table that has the symbols `own`; a gene keeps the symbol of its table.

    Raises:
        AnnotationError: the file of aliases cannot be read.
    """
    columns = unpack(folder / "aliases.xz")
    names = cast(list[str], columns["name"])
    genes, kinds = (cast(IntArray, columns[key]).tolist() for key in ("gene", "kind"))
    today: dict[int, str] = {}
    before: dict[int, str] = {}
    for name, gene, kind in zip(names, genes, kinds, strict=True):
        if kind == TODAY_CODE:
            today[gene] = name
        elif kind == PREVIOUS_CODE and name in own:
            before[gene] = name
    taken = own & set(today.values())
    here = {gene: name for gene, name in today.items() if name in own}
    here |= {g: name for g, name in before.items() if g not in here and name not in taken}
    return SymbolIndex(names, genes, kinds, [here.get(gene, "") for gene in range(len(today))])
