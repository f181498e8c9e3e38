"""Names of assemblies and chromosomes as people write them."""

import re
from collections.abc import Iterable

from genoview.data.accessions import load_accessions
from genoview.data.genome import canonical_chrom
from genoview.errors import QueryError

_ALIASES = {
    "NCBI36": ("hg18", "b36"),
    "GRCh37": ("hg19", "b37", "hs37", "hs37d5"),
    "GRCh38": ("hg38", "b38", "hs38"),
    "T2T-CHM13v2.0": ("hs1", "CHM13", "T2T-CHM13", "CHM13v2.0", "T2T"),
    "GRCm38": ("mm10",),
    "GRCm39": ("mm39",),
}
_CANONICAL = {alias.lower(): name for name, others in _ALIASES.items() for alias in (name, *others)}
_LONGEST_FIRST = sorted(map(re.escape, _CANONICAL), key=len, reverse=True)
ASSEMBLY = f"(?:{'|'.join(_LONGEST_FIRST)})(?:\\.p[0-9]+)?"  # pattern, for any case
_GATK = {"assembly19": "GRCh37", "assembly38": "GRCh38", "g1k_v37": "GRCh37"}  # FASTA files
_SAYS = re.compile(
    r"^##(?:reference|assembly)=|^##contig=<.*?\bassembly=|^#[#!]genome-build\s|^track\s.*?\bdb="
)
_NAMED = re.compile(
    rf"(?<![A-Za-z0-9])({ASSEMBLY}|{'|'.join(_GATK)})(?![A-Za-z0-9])", re.IGNORECASE
)
_PATCH = re.compile(r"\.p[0-9]+$", re.IGNORECASE)
_ACCESSION = re.compile(r"(NC_[0-9]+)(\.[0-9]+)?")


def canonical_assembly(name: str) -> str:
    """`hg19`, `b37` and `GRCh37.p13` are GRCh37; names that are not known stay as they are."""
    return _CANONICAL.get(_PATCH.sub("", name.strip()).lower(), name.strip())


def known_assembly(*names: str) -> str:
    """The known assembly that one of a genome's names begins with; "" where none does."""
    words = (re.split(r"[\s_/(-]", canonical_assembly(name))[0] for name in names)
    return next(
        (canonical for word in words if (canonical := canonical_assembly(word)) in _ALIASES), ""
    )


def assembly_fits(hint: str, name: str) -> bool:
    """Whether a genome called `name` is of the assembly in `hint`: `GRCh37-demo` is of GRCh37."""
    if not hint:
        return True
    wanted, given = canonical_assembly(hint), canonical_assembly(name)
    first_word = canonical_assembly(re.split(r"[\s_/(-]", given)[0])
    return wanted.lower() in {given.lower(), first_word.lower()}


def chromosome(name: str) -> tuple[str, str]:
    """Canonical name and the assembly that it implies: `NC_000020.10` is (chr20, GRCh37).

    Raises:
        QueryError: the accession has a version of no known assembly.
    """
    match = _ACCESSION.fullmatch(name.upper())
    if not match:
        return canonical_chrom(name), ""
    stem, version = match.groups()
    known = {a: place for a, place in load_accessions().items() if a.startswith(f"{stem}.")}
    if not known:
        return name.upper(), ""
    if version is None:
        return next(iter(known.values())).chrom, ""
    if stem + version not in known:
        named = " and ".join(f"{a} ({place.family})" for a, place in known.items())
        raise QueryError(f"{name} is not a sequence of a known assembly: there are {named}.")
    place = known[stem + version]
    return place.chrom, canonical_assembly(place.family)


def header_assembly(lines: Iterable[str]) -> str:
    """The assembly that lines of a file's header name; "" where none or several do.

    Reads VCF's `##reference=` and `assembly=`, `genome-build` of GTF and GFF3, UCSC's `db=`.
    """
    named = {
        canonical_assembly(_GATK.get(match[1].lower(), match[1]))
        for line in lines
        if (words := _SAYS.search(line))
        for match in _NAMED.finditer(line, words.end())
    }
    return named.pop() if len(named) == 1 else ""
