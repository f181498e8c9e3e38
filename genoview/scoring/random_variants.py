"""A variant -> random variants of its kind in its neighbourhood, the same ones every time."""

import hashlib
import random
from collections.abc import Callable, Iterator

from genoview.data.genome import Interval, Variant, reverse_complement

REACH = 500  # bp on each side from which they are drawn
N_VARIANTS = 100
TRIES = 50  # drawings for each variant wanted, before the neighbourhood counts as exhausted
BASES = "ACGT"

Fetch = Callable[[Interval], str]
"""Forward-strand bases of an interval, N where unknown."""


def random_variants(
    variant: Variant, fetch: Fetch, n: int = N_VARIANTS, reach: int = REACH
) -> tuple[Variant, ...]:
    """At most `n` different ones, left-normalised, without the variant itself.

    A substitution has others of its class: C>T on either strand for C>T and G>A. Insertions,
    deletions and longer changes have others of the same lengths, with random inserted bases.
    Drawn by a generator whose seed is the variant and the bases around it.

    Args:
        variant: left-normalised.
        reach: bp on each side of the variant.
    """
    window = variant.interval.expanded(reach)
    bases = fetch(window)
    seed = hashlib.sha256(f"{variant.ref}>{variant.alt} {n} {bases}".encode()).digest()
    variants: dict[Variant, None] = {}
    for drawn in _drawings(variant, bases, window.start, random.Random(seed), n * TRIES):
        normalised = drawn.normalised(fetch)  # several drawings may be one change, or a smaller one
        if normalised != variant and _shape(normalised) == _shape(variant):
            variants[normalised] = None
        if len(variants) == n:
            break
    return tuple(sorted(variants))


def background_words(variant: Variant, reach: int = REACH) -> str:
    """`random substitutions of C>T within 500 bp`, `random deletions of 3 bp within 500 bp`."""
    length = abs(variant.length_change)
    if is_single(variant):
        kind = f"substitutions of {'>'.join(substitution_class(variant))}"
    elif variant.kind in ("insertion", "deletion"):
        kind = f"{variant.kind}s of {length:,} bp"
    else:
        kind = f"replacements of {len(variant.ref):,} by {len(variant.alt):,} bp"
    return f"random {kind} within {reach:,} bp"


def is_single(variant: Variant) -> bool:
    """Whether one base takes the place of another."""
    return len(variant.ref) == len(variant.alt) == 1


def substitution_class(variant: Variant) -> tuple[str, str]:
    """REF and ALT on the strand on which REF is C or T."""
    ref, alt = variant.ref, variant.alt
    if ref in "CT":
        return ref, alt
    return reverse_complement(ref), reverse_complement(alt)


def _shape(variant: Variant) -> tuple[str, int, int]:
    return variant.kind, len(variant.ref), len(variant.alt)


def _drawings(
    variant: Variant, bases: str, start: int, generator: random.Random, n: int
) -> Iterator[Variant]:
    """Variants of the same kind, perhaps the same one twice."""
    if is_single(variant):
        yield from _substitutions(variant, bases, start, generator)
        return
    length = len(variant.ref)
    for _ in range(n):
        at = generator.randrange(len(bases) - length + 1)
        ref = bases[at : at + length]
        alt = _alternative(variant, ref, generator)
        if "N" not in ref and ref != alt:
            yield Variant(variant.chrom, start + at + 1, ref, alt)


def _substitutions(
    variant: Variant, bases: str, start: int, generator: random.Random
) -> Iterator[Variant]:
    """Every one of the class, in random order."""
    ref, alt = substitution_class(variant)
    classes = {ref: alt, reverse_complement(ref): reverse_complement(alt)}
    places = [at for at, base in enumerate(bases) if base in classes]
    generator.shuffle(places)
    for at in places:
        yield Variant(variant.chrom, start + at + 1, bases[at], classes[bases[at]])


def _alternative(variant: Variant, ref: str, generator: random.Random) -> str:
    """ALT at another place: as much of REF is kept as the variant keeps of its own."""
    kept = 1 if variant.kind in ("insertion", "deletion") else 0
    added = len(variant.alt) - kept
    return ref[:kept] + "".join(generator.choice(BASES) for _ in range(added))
