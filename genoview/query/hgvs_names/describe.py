"""Variant -> its change as HGVS and SPDI write it, on the chromosome or on a transcript.

HGVS writes a change as far 3' as the bases allow (in the direction of the sequence that counts),
SPDI over all of the places where it may be written (Holmes et al. 2020,
doi:10.1093/bioinformatics/btz856).
"""

from collections.abc import Callable

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.transcript.edits import Edit, Fetch, edit_of, most_3prime, room


def duplicated(edit: Edit, fetch: Fetch, backward: bool) -> Interval | None:
    """The bases before an insertion, in the direction of reading, where it repeats them."""
    start = edit.start if backward else edit.start - len(edit.alt)
    if edit.ref or start < 0:
        return None
    twin = Interval(edit.chrom, start, start + len(edit.alt))
    return twin if fetch(twin) == edit.alt else None


def change_text(edit: Edit, fetch: Fetch, label: Callable[[int], str], backward: bool) -> str:
    """`976-34G>A`, of a change that is as far 3' as can be.

    Args:
        label: the name of a 0-based place of the chromosome.
    """

    def oriented(bases: str) -> str:
        return reverse_complement(bases) if backward else bases

    def place(start: int, end: int) -> str:
        ends = (end - 1, start) if backward else (start, end - 1)
        return label(start) if end - start == 1 else "_".join(map(label, ends))

    start, end, ref, alt = edit.start, edit.end, edit.ref, oriented(edit.alt)
    if not ref:
        if twin := duplicated(edit, fetch, backward):
            return f"{place(twin.start, twin.end)}dup"
        return f"{place(start - 1, start + 1)}ins{alt}"
    if not alt:
        return f"{place(start, end)}del"
    if len(ref) == len(alt) == 1:
        return f"{label(start)}{oriented(ref)}>{alt}"
    if edit.alt == reverse_complement(ref):
        return f"{place(start, end)}inv"
    return f"{place(start, end)}delins{alt}"


def genomic_text(variant: Variant, fetch: Fetch) -> str:
    """`43249076C>T`; of a haplotype, `[76A>C;83G>C]`."""
    texts = [
        change_text(
            most_3prime(edit_of(part), fetch, False), fetch, lambda place: str(place + 1), False
        )
        for part in variant.changes
    ]
    return texts[0] if len(texts) == 1 else f"[{';'.join(texts)}]"


def spdi_text(variant: Variant, sequence: str, fetch: Fetch) -> str:
    """`NC_000020.10:43249075:C:T`, as NCBI's canonical SPDI; positions count from 0."""
    edit = edit_of(variant)
    if not (edit.ref and edit.alt):
        left, right = (room(edit, fetch, backward) for backward in (True, False))
        start, end = edit.start - left, edit.end + right
        whole = fetch(Interval(edit.chrom, start, end)) if end > start else ""
        alt = whole[:left] + edit.alt + whole[left + len(edit.ref) :]
        edit = Edit(edit.chrom, start, whole, alt)
    return f"{sequence}:{edit.start}:{edit.ref}:{edit.alt}"
