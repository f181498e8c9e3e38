"""Typed text + genome -> Request: a locus or a variant that is really there.

text --query--> parsed --annotation, reference--> Request
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from genoview.data.assembly_names import assembly_fits
from genoview.data.genome import Gene, Interval, Locus, Variant
from genoview.data.request import Request
from genoview.errors import (
    AnnotationError,
    GenomeError,
    GenoviewError,
    NotLookedUp,
    OtherBuild,
    QueryError,
    ReferenceMismatch,
)
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.io.refseq.table import FAMILIES
from genoview.query import (
    ParsedEdit,
    ParsedGene,
    ParsedHaplotype,
    ParsedVariant,
    check_reference,
    format_query,
    join_changes,
    parse,
    resolve_hgvs,
    several_bases,
)
from genoview.query.gene_parts import place_part
from genoview.query.gene_spellings import read_by_genes
from genoview.query.resolve_names import is_covered, lies_elsewhere, place_name, read_typed
from genoview.query.rs_names import place_rs, read_rs
from genoview.query.spellings import offered, reworded

_ACCESSION = re.compile(r"NC_[0-9]{1,9}\.[0-9]{1,3}")
GRID = 1_000  # bp; what is predicted begins and ends on multiples, so that neighbours share it
MAX_WIDTH = 1_048_576  # bp of one prediction, 2**20: the longest input of this field's models
VARIANT_FLANK = 5_000  # bp shown on each side of a variant: the reach of a 10-kb splice model
POSITION_FLANK = 2_500  # bp shown on each side of a single position
GENE_MARGIN = 20  # a gene is shown with its length / 20 on each side


def resolve(
    text: str, assembly: Assembly, others: Sequence[Assembly] = (), flank: int = 0
) -> Request:
    """The request behind a typed text, in whichever known spelling.

    Args:
        others: further genomes, offered where the REF allele fits one of them.
        flank: bp shown on each side of a variant or position; 0 for the usual.

    Raises:
        QueryError: the text cannot be read. OtherBuild: it names another assembly.
        ReferenceMismatch: REF is not in the genome; carries what would fit.
        GenomeError: the place is not in the genome. AnnotationError: the gene is not.
    """
    try:
        return _as_written(text, assembly, others, flank)
    except (NotLookedUp, ReferenceMismatch):
        raise
    except (QueryError, GenomeError, AnnotationError) as error:
        return _in_other_words(error, text, assembly, others, flank)


def _in_other_words(
    error: GenoviewError, text: str, assembly: Assembly, others: Sequence[Assembly], flank: int
) -> Request:
    """The same text in a spelling that is read; else raises the error that says most."""
    if (part := place_part(text, assembly)) is not None:
        place, words = part
        label = format_query(place)
        view = place.expanded(max(place.width // GENE_MARGIN, 100))
        return _request(label, Locus(view, label), assembly, notes=(words,))
    by_genes = read_by_genes(text, assembly)
    for spelling in [by_genes] if by_genes else reworded(text):
        if _is_read(spelling):
            try:
                request = _as_written(spelling, assembly, others, flank)
                return replace(request, notes=(f"Read as {spelling}.", *request.notes))
            except QueryError as other:
                error = other
    if not getattr(error, "suggestions", ()) and (choices := offered(text)):
        raise QueryError(f"{error} Or choose what is meant.", choices) from error
    raise error


def _is_read(text: str) -> bool:
    """Whether it is a name or place in form, whatever the genome has there."""
    try:
        parse(text)
    except QueryError:
        return read_rs(text) is not None or read_typed(text) is not None
    return True


def _as_written(
    text: str, assembly: Assembly, others: Sequence[Assembly] = (), flank: int = 0
) -> Request:
    """In the spellings that the readers know."""
    if (rs := read_rs(text)) is not None:
        _check_assembly(rs.assembly, assembly, others)
        variant, words = place_rs(rs, assembly)
        return _around(variant, assembly, flank or VARIANT_FLANK, (*rs.notes, words))
    if (contig := text.strip()) in assembly.reference.chromosomes and ":" in contig:
        return _whole(contig, assembly)
    try:
        parsed = parse(text)
    except QueryError:
        typed = read_typed(text)
        if typed is None:
            raise
        _check_assembly(typed.assembly, assembly, others)
        named = place_name(typed, assembly)
        return _around(
            named.variant, assembly, flank or VARIANT_FLANK, (*typed.notes, *named.notes)
        )
    if not set(_ACCESSION.findall(text.upper())) & assembly.reference.records:  # its own names
        _check_assembly(parsed.assembly, assembly, others)
    if isinstance(parsed, ParsedVariant | ParsedEdit | ParsedHaplotype):
        return _variant_request(parsed, assembly, others, flank or VARIANT_FLANK)
    if isinstance(parsed, ParsedGene):
        return _gene_request(parsed, assembly)
    interval = parsed.interval
    if interval.width == 1:
        interval = interval.expanded(flank or POSITION_FLANK)
    label = format_query(parsed.interval)
    return _request(label, Locus(interval, label), assembly, notes=parsed.notes)


def _whole(contig: str, assembly: Assembly) -> Request:
    """A contig whose name looks like a place on another: `HLA-A*01:01:01:01`."""
    interval = Interval(contig, 0, assembly.reference.chromosomes[contig])
    return _request(contig, Locus(interval, contig), assembly)


def _check_assembly(hint: str, assembly: Assembly, others: Sequence[Assembly]) -> None:
    if not hint or _fits(hint, assembly):
        return
    fitting = [other.name for other in others if _fits(hint, other)]
    advice = (
        f"Choose the genome {fitting[0]} next to the search box."
        if fitting
        else "Add that genome on the page Models and data, or type the position in this one."
    )
    raise OtherBuild(
        f"The query is for {hint}, but the genome in use is {assembly.name}. {advice}", hint
    )


def _fits(hint: str, assembly: Assembly) -> bool:
    """Whether `hint` is the genome's own name or that of its assembly."""
    names = [name for name in (assembly.name, assembly.family) if name]
    return any(assembly_fits(hint, name) for name in names)


def _gene_request(parsed: ParsedGene, assembly: Assembly) -> Request:
    gene = _gene(parsed.name, assembly)
    margin = max(gene.interval.width // GENE_MARGIN, 500)
    interval = replace(gene.interval.expanded(margin), strand=".")
    notes = parsed.notes
    if gene.symbol.upper() != parsed.name.upper():
        notes = (*notes, f"{parsed.name} belongs to {gene.symbol} ({gene.gene_id}).")
    return _request(gene.symbol, Locus(interval, gene.symbol), assembly, notes=notes)


def _gene(name: str, assembly: Assembly) -> Gene:
    """In the genome's own file; else by RefSeq's names, where the genome has its sequence."""
    try:
        return assembly.annotation.find(name)
    except AnnotationError:
        if assembly.family not in FAMILIES or not refseq_genes(assembly.family).has(name):
            raise
        gene = refseq_genes(assembly.family).find(name)
        if not is_covered(gene.interval, assembly):
            raise lies_elsewhere(name, gene.interval, assembly) from None
        return gene


def _variant_request(
    parsed: ParsedVariant | ParsedEdit | ParsedHaplotype,
    assembly: Assembly,
    others: Sequence[Assembly],
    flank: int,
) -> Request:
    notes = list(parsed.notes)
    changes = parsed.changes if isinstance(parsed, ParsedHaplotype) else (parsed,)
    variants = [_variant(change, assembly, others, notes) for change in changes]
    variant = join_changes(variants, assembly.reference.fetch) if len(variants) > 1 else variants[0]
    return _around(variant, assembly, flank, tuple(notes))


def _around(variant: Variant, assembly: Assembly, flank: int, notes: tuple[str, ...]) -> Request:
    """A variant with what lies beside it."""
    view = variant.interval.expanded(flank).snapped(GRID)
    text = format_query(variant)
    return _request(text, Locus(view, text), assembly, variant, notes)


def _variant(
    parsed: ParsedVariant | ParsedEdit,
    assembly: Assembly,
    others: Sequence[Assembly],
    notes: list[str],
) -> Variant:
    """Left-normalised and checked; what was changed is added to `notes`."""
    fetch = assembly.reference.fetch
    if isinstance(parsed, ParsedEdit):
        place = Interval(parsed.chrom, parsed.start, max(parsed.end, parsed.start + 1))
        assembly.reference.check(place)
        typed = resolve_hgvs(parsed, fetch)
    else:
        typed = parsed.variant
        assembly.reference.check(typed.interval)
        check_reference(typed, fetch, assembly.name, [(o.name, o.reference.fetch) for o in others])
    notes += several_bases(typed.interval, assembly.reference)
    variant = typed.normalised(fetch)
    if variant != typed:
        notes.append(f"Left-normalised: {format_query(typed)} is written {format_query(variant)}.")
    return variant


def _request(
    text: str,
    locus: Locus,
    assembly: Assembly,
    variant: Variant | None = None,
    notes: tuple[str, ...] = (),
) -> Request:
    """Clip to what the genome covers, say so, and refuse what no model can take."""
    interval = locus.interval
    wanted = interval if variant is None else variant.interval  # its flank may touch another part
    assembly.reference.check(wanted)
    covered = next(
        part for part in assembly.reference.covered(interval.chrom) if part.overlaps(wanted)
    )
    shown = covered.intersection(interval)
    assert shown is not None  # chosen to overlap
    if shown != interval:
        extent = f"{assembly.name} covers {covered.to_ucsc()} here: the view ends there."
        notes = (*notes, extent)
    if shown.width > MAX_WIDTH:
        raise GenomeError(
            f"{text} spans {shown.width:,} bp; at most {MAX_WIDTH:,} bp are predicted at once. "
            "Choose a part of it."
        )
    predicted = covered.intersection(shown.snapped(GRID))
    assert predicted is not None
    return Request(text, assembly.name, Locus(shown, locus.label), predicted, variant, notes)
