"""One plain line -> request: each reader takes the line or passes it on."""

import re
from collections.abc import Callable
from dataclasses import replace

from genoview.data.assembly_names import chromosome
from genoview.data.genome import Interval, Locus, Variant
from genoview.errors import QueryError
from genoview.query.alleles import ALLELE_PATTERN, ALT_PATTERN, variant_from
from genoview.query.clean import (
    EXAMPLES,
    first_line,
    fits_patterns,
    one_assembly,
    shown,
    spaced,
    split_assembly,
)
from genoview.query.columns import parse_columns
from genoview.query.haplotype import parse_replacement, parts_of
from genoview.query.hgvs import parse_hgvs, parse_spdi
from genoview.query.numbers import POSITION, SCALED, to_number
from genoview.query.requests import (
    ParsedEdit,
    ParsedGene,
    ParsedHaplotype,
    ParsedLocus,
    ParsedVariant,
    Request,
)

# Before a colon any sequence name; before other marks only what can't be a gene such as NKX2-5.
_HLA = r"HLA-\w+\*[0-9]{2,3}(?::[0-9]{2,3}){1,3}[A-Z]?"  # a contig of an allele, with colons
_ANY_NAME = rf"(?P<chrom>{_HLA}|[A-Za-z0-9][\w.#*|-]*)\s*:\s*"
_CHROMOSOME = r"(?P<chrom>NC_[0-9]+(?:\.[0-9]+)?|chr\w+?|[0-9]{1,2}|[XY]|MT?)[\s_-]+"
_ALLELES = rf"(?P<ref>{ALLELE_PATTERN})(?:\s*(?:->|=>|>|/|\||:|_|-)\s*|\s+)(?P<alt>{ALT_PATTERN})"
_RANGE = rf"(?P<first>{SCALED})(?:(?:\s*(?:-|\.{{2,3}}|_|:|~|to)\s*|\s+)(?P<last>{SCALED}))?"
_STRAND = r"(?P<strand>\s*:\s*(?:[+-]?1|[+-])|\s*\([+-]\))?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII)


_VARIANTS = tuple(
    _pattern(rf"{name}(?P<pos>{POSITION})(?:\s*[:_-]\s*|\s*){_ALLELES}")
    for name in (_ANY_NAME, _CHROMOSOME)
)
_LOCI = tuple(_pattern(rf"{name}{_RANGE}{_STRAND}") for name in (_ANY_NAME, _CHROMOSOME))
_WHOLE = _pattern(r"(chr(?:[0-9]{1,2}|[XYM]|MT)|[0-9]{1,2}|[XYM]|MT|NC_[0-9]+\.[0-9]+)")
_NO_CHROMOSOME = _pattern(rf"{POSITION}(?:\s*(?:-|\.{{2,3}})\s*{POSITION}|\s*[ACGT]+>[ACGT]+)?")
_GENE = _pattern(r"[A-Z0-9]?[A-Z][\w.@-]{0,40}")
_OFFLINE = (
    (_pattern(r"(?:rs|ss|esv|nsv)\s?[0-9]+"), "a dbSNP or dbVar id"),
    (
        _pattern(r"(?:RCV|VCV|SCV)[0-9]+(?:\.[0-9]+)?|clinvar.*|https?://\S*/clinvar/\S*"),
        "a ClinVar id",
    ),
    (_pattern(r"COS[MVN][0-9]+"), "a COSMIC id"),
    (_pattern(r"CA[0-9]{6,}"), "a ClinGen allele id"),
    (_pattern(r"(?:HGNC|OMIM|MIM|UniProt\w*)\s?:\s?\w+"), "an id of another database"),
    (
        _pattern(r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){2}"),
        "an accession of UniProt",
    ),
    (_pattern(r"(?:ENS[A-Z]*P[0-9]{9,}|[NX]P_[0-9]+)(?:\.[0-9]+)?"), "a protein id"),
    (_pattern(r"(?:[0-9]{1,2}|[XY])[pq][0-9]{1,2}(?:\.[0-9]+)?"), "a cytoband"),
)


def parse(text: str) -> Request:
    """What a typed or pasted text asks for.

    Raises:
        QueryError: it is neither locus, variant nor gene; the message says what to type.
    """
    line, notes = first_line(text)
    body, hint = split_assembly(line)
    words = spaced(body)
    for reader in _READERS if fits_patterns(words) else (parse_columns,):
        parsed = reader(body if reader is parse_columns else words)
        if parsed is not None:
            assembly = one_assembly(line, hint, parsed.assembly)
            return replace(parsed, assembly=assembly, notes=parsed.notes + notes)
    raise QueryError(
        f"{shown(line)} is neither a locus, a variant nor a gene. Type for example {EXAMPLES}."
    )


def format_query(request: Request | Locus | Interval | Variant) -> str:
    """The normalised text, which `parse` reads back; a named assembly follows in brackets."""
    match request:
        case Locus():
            return _place(request.interval)
        case Interval():
            return _place(request)
        case Variant():
            return str(request)
        case ParsedLocus():
            body = _place(request.interval)
        case ParsedVariant():
            body = str(request.variant)
        case ParsedEdit() | ParsedHaplotype():
            body = str(request)
        case ParsedGene():
            body = request.name
    return f"{body} [{request.assembly}]" if request.assembly else body


def _place(interval: Interval) -> str:
    """`chr20:43,000,001-43,020,000`, or one position alone."""
    return f"{interval.chrom}:{interval.end:,}" if interval.width == 1 else interval.to_ucsc()


def _refuse_offline(line: str) -> None:
    for pattern, words in _OFFLINE:
        if pattern.fullmatch(line):
            raise QueryError(
                f"{shown(line)} is {words}, which is not resolvable offline. Type the place or the "
                f"change itself, or a gene: {EXAMPLES}."
            )


def _variant(line: str) -> ParsedVariant | None:
    for pattern in _VARIANTS:
        if match := pattern.fullmatch(line):
            return variant_from(line, match["chrom"], match["pos"], match["ref"], match["alt"])
    return None


def _haplotype(line: str) -> ParsedHaplotype | None:
    """Changes joined by `+`, or by `;` in the brackets of HGVS; None where a part is none."""
    parts, changes = parts_of(line), []
    if len(parts) < 2:
        return None
    for part in parts:
        readers = (parse_spdi, parse_hgvs, _variant, parse_replacement)
        change = next((parsed for reader in readers if (parsed := reader(part)) is not None), None)
        if change is None:
            return None
        changes.append(change)
    assembly = one_assembly(line, *(change.assembly for change in changes))
    notes = tuple(dict.fromkeys(note for change in changes for note in change.notes))
    return ParsedHaplotype(
        tuple(replace(change, assembly="") for change in changes), assembly, notes
    )


def _locus(line: str) -> ParsedLocus | None:
    match = next((m for pattern in _LOCI if (m := pattern.fullmatch(line))), None)
    if not match:
        return None
    chrom, assembly = chromosome(match["chrom"])
    first = to_number(_with_unit(match["first"], match["last"]))
    last = to_number(match["last"]) if match["last"] else first
    notes = ("The strand is left out: both are shown.",) if match["strand"] else ()
    if last < first:
        _check_shortened(line, f"{chrom}:{first}", str(first), str(last))
        first, last = last, first
        notes = (*notes, "The ends were swapped: the smaller one comes first.")
    if last == 0:
        raise QueryError(f"{shown(line)}: position 0 does not exist, counting is from 1.")
    if first == 0:
        first, notes = 1, (*notes, "Counting is from 1: the interval begins there, not at 0.")
    return ParsedLocus(Interval(chrom, first - 1, last), assembly, notes)


def _check_shortened(line: str, begins: str, first: str, last: str) -> None:
    """Raises QueryError where the end may lack its leading digits: `chr20:43042364-370`."""
    whole = first[: -len(last)] + last
    if len(last) < len(first) and int(whole) > int(first):
        raise QueryError(
            f"{shown(line)} ends before it begins. Was {int(whole):,} meant?",
            (("Up to there", f"{begins}-{whole}"),),
        )


def _with_unit(first: str, last: str | None) -> str:
    """`43.0` of `43.0-43.1Mb` has the unit of its end."""
    unit = re.search(r"[a-z]+$", last or "", re.IGNORECASE)
    return f"{first}{unit[0]}" if unit and re.fullmatch(r"[0-9]{1,3}\.[0-9]+", first) else first


def _gene(line: str) -> ParsedGene | None:
    if _WHOLE.fullmatch(line):
        raise QueryError(
            f"{shown(line)} is a whole chromosome. Give a part of it: "
            f"{chromosome(line)[0]}:43,000,000-43,020,000."
        )
    if _NO_CHROMOSOME.fullmatch(line):
        raise QueryError(f"{shown(line)} has no chromosome. Put it first, as chr20:{line}.")
    return ParsedGene(line) if _GENE.fullmatch(line) else None


_READERS: tuple[Callable[[str], Request | None], ...] = (
    _refuse_offline,
    _haplotype,
    parse_spdi,
    parse_hgvs,
    parse_columns,
    _variant,
    parse_replacement,
    _locus,
    _gene,
)
