"""Parsed alleles + the genome's bases -> a variant that is really there, or what would fit."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.errors import GenomeError, QueryError, ReferenceMismatch
from genoview.io.reference import ReferenceGenome
from genoview.query.requests import ParsedEdit, checked_variant

Fetch = Callable[[Interval], str]
"""Forward-strand bases of an interval, upper case, N where unknown."""

MAX_CHANGED = 10_000  # bp that one variant may delete or insert


def check_reference(
    variant: Variant, fetch: Fetch, genome: str, others: Sequence[tuple[str, Fetch]] = ()
) -> None:
    """Nothing where REF is what the genome has.

    Args:
        genome: its name, for the message.
        others: name and bases of further genomes, offered where REF fits them.

    Raises:
        ReferenceMismatch: REF is not there; carries what would fit.
        QueryError: the variant is too long.
    """
    _check_length(variant.ref, variant.alt)
    expected = fetch(variant.interval)
    if expected == variant.ref:
        return
    raise _mismatch(
        variant, expected, genome, _same_genome(variant, fetch) + _other(variant, others)
    )


def several_bases(place: Interval, reference: ReferenceGenome) -> list[str]:
    """A note where the genome has codes of several bases at a place; none elsewhere."""
    codes = reference.several(place)
    if not codes:
        return []
    words = ", ".join(f"{code} at {place.chrom}:{at + 1:,}" for at, code in codes.items())
    return [
        f"{reference.name} has {words}, which stands for several bases; as in VCF it is read as "
        "the first of them by the alphabet."
    ]


def resolve_hgvs(edit: ParsedEdit, fetch: Fetch, genome: str = "genome") -> Variant:
    """The variant of an edit, with the base before it where an allele would be empty.

    Raises:
        ReferenceMismatch: the edit names other bases than the genome has.
        QueryError: bases are unknown there, the edit changes nothing, or it is too long.
    """
    if edit.end - edit.start > MAX_CHANGED:
        raise QueryError(_too_long(edit.end - edit.start))
    place = Interval(edit.chrom, edit.start, edit.end) if edit.end > edit.start else None
    bases = fetch(place) if place else ""
    if edit.deleted and edit.deleted != bases:
        raise _mismatch(edit, bases, genome, ())
    ref, alt = _alleles(edit, bases)
    if ref == alt:
        raise QueryError(f"{edit} changes nothing: {genome} has {ref} there already.")
    start = edit.start
    if not ref or not alt:
        if start > 0:
            start -= 1
            anchor = fetch(Interval(edit.chrom, start, start + 1))
            ref, alt = anchor + ref, anchor + alt
        else:
            behind = start + len(ref)
            anchor = fetch(Interval(edit.chrom, behind, behind + 1))
            ref, alt = ref + anchor, alt + anchor
    if not set(ref + alt) <= set("ACGT"):
        raise QueryError(f"{edit}: {genome} has unknown bases (N) there; it cannot be applied.")
    _check_length(ref, alt)
    return checked_variant(edit.chrom, start + 1, ref, alt)


def join_changes(changes: Sequence[Variant], fetch: Fetch) -> Variant:
    """The haplotype that has all of the changes.

    Raises:
        QueryError: they lie on several chromosomes, overlap, or span too much.
    """
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    names = " + ".join(map(str, ordered))
    if len({change.chrom for change in ordered}) > 1:
        raise QueryError(f"{names} lie on several chromosomes; a haplotype lies on one.")
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise QueryError(f"{left} and {right} overlap; write them as one change.")
    first, last = ordered[0], ordered[-1]
    place = Interval(first.chrom, first.start, last.end)
    if place.width > MAX_CHANGED:
        raise QueryError(
            f"{names} span {place.width:,} bp; at most {MAX_CHANGED:,} bp are compared as one "
            "haplotype."
        )
    ref = alt = fetch(place)
    for change in reversed(ordered):  # from the right: what is left of a change stays in its place
        at = change.start - place.start
        alt = alt[:at] + change.alt + alt[at + len(change.ref) :]
    if not set(ref) <= set("ACGT"):
        raise QueryError(f"{names}: there are unknown bases (N) between the changes.")
    if ref == alt:
        raise QueryError(f"{names} undo each other: together they change nothing.")
    return Variant(first.chrom, first.pos, ref, alt, tuple(ordered))


def _alleles(edit: ParsedEdit, bases: str) -> tuple[str, str]:
    """REF and ALT without an anchor; either may be empty."""
    match edit.operation:
        case "duplicate":
            return "", bases
        case "invert":
            return bases, reverse_complement(bases)
        case _:
            return bases, edit.inserted


def _mismatch(
    change: Variant | ParsedEdit,
    expected: str,
    genome: str,
    suggestions: tuple[tuple[str, str], ...],
) -> ReferenceMismatch:
    if "N" in expected:
        there = f"{genome} has no known base there"
    else:
        there = f"The {genome} reference allele there is {_short(expected)}"
    advice = "" if suggestions else " Check the position, the strand and the genome."
    message = f"{change} has an unexpected reference allele. {there}.{advice}"
    return ReferenceMismatch(message, expected, suggestions)


def _same_genome(variant: Variant, fetch: Fetch) -> tuple[tuple[str, str], ...]:
    """Swapped alleles, the other strand, and both, where the genome agrees."""
    ref, alt = variant.ref, variant.alt
    back, forth = reverse_complement(ref), reverse_complement(alt)
    candidates = (
        ("Swap the alleles", alt, ref),
        ("Take the reverse complement", back, forth),
        ("Swap the alleles and take the reverse complement", forth, back),
    )
    by_text: dict[str, str] = {}
    for words, new_ref, new_alt in candidates:
        candidate = Variant(variant.chrom, variant.pos, new_ref, new_alt)
        if _fits(candidate, fetch):
            by_text.setdefault(str(candidate), words)
    return tuple((words, text) for text, words in by_text.items())


def _other(variant: Variant, others: Sequence[tuple[str, Fetch]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"Use the genome {name}", f"{variant} [{name}]")
        for name, fetch in others
        if _fits(variant, fetch)
    )


def _fits(variant: Variant, fetch: Fetch) -> bool:
    try:
        return fetch(variant.interval) == variant.ref
    except GenomeError:  # not in that genome: nothing to offer
        return False


def _check_length(ref: str, alt: str) -> None:
    if max(len(ref), len(alt)) > MAX_CHANGED + 1:
        raise QueryError(_too_long(max(len(ref), len(alt))))


def _too_long(length: int) -> str:
    return (
        f"The variant changes {length:,} bp; at most {MAX_CHANGED:,} bp are compared as one "
        "variant. Look at the locus instead."
    )


def _short(bases: str) -> str:
    return bases if len(bases) <= 40 else f"{bases[:20]}...{bases[-10:]} ({len(bases):,} bp)"
