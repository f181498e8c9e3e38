"""REF and ALT of an entry, whatever its file's way of writing them."""

from genoview.data.genome import Variant, reverse_complement

Change = tuple[int, str, str]  # 0-based start, REF, ALT, without shared bases


def trimmed(start: int, ref: str, alt: str) -> Change:
    """The change without bases that both alleles begin or end with; `-` is none."""
    ref, alt = ref.upper().replace("-", ""), alt.upper().replace("-", "")
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        ref, alt, start = ref[1:], alt[1:], start + 1
    return start, ref, alt


def change_of(variant: Variant) -> Change:
    """The same of a variant."""
    return trimmed(variant.start, variant.ref, variant.alt)


def on_forward_strand(ref: str, alt: str, base: str) -> tuple[str, str]:
    """`A>C` of a transcript as it is on the genome, whose base there is known.

    A base is never its own complement, so the reference tells the strand.
    """
    if len(ref) == len(alt) == 1 and ref != base and reverse_complement(ref) == base:
        return base, reverse_complement(alt)
    return ref, alt
