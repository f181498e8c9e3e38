"""A request on one build -> what to type for the same on another, and what should be known of it.

Request --parts--> Liftover --REF against the target--> CarriedOver
"""

from dataclasses import dataclass

from genoview.data.genome import Interval, Variant
from genoview.data.request import Request
from genoview.errors import AnnotationError
from genoview.io.assembly import Assembly
from genoview.io.liftover import Lifted, Liftover, Outcome
from genoview.query.parser import format_query, parse
from genoview.query.requests import ParsedGene, ParsedLocus


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The same on another build.

    Attributes:
        text: to type there; "" of a variant that does not carry over.
        words: what should be known of it; may be empty.
        place: where it lies there, to type too.
    """

    text: str
    words: str
    place: str


def gene_there(request: Request, target: Assembly) -> CarriedOver | None:
    """A gene goes by its name, without chains; None of anything else."""
    if request.variant is not None or not isinstance(parse(request.text), ParsedGene):
        return None
    try:
        gene = target.annotation.find(request.text)
    except AnnotationError:
        return None
    return CarriedOver(request.text, "", format_query(gene.interval))


def carried_over(request: Request, liftover: Liftover, target: Assembly) -> CarriedOver:
    """A locus or a variant on the target.

    Raises:
        GenomeError: it has no place on the target, or the target's sequence cannot be had.
    """
    if request.variant is not None:
        return _variant(request.variant, liftover, target)
    interval, inverted = liftover.lift(_shown(request))
    target.reference.check(interval)
    words = f"{liftover.target} has the other strand there." if inverted else ""
    place = format_query(interval)
    return CarriedOver(place, words, place)


def _shown(request: Request) -> Interval:
    """What was typed, a single position too; else what is shown."""
    typed = parse(request.text)
    return typed.interval if isinstance(typed, ParsedLocus) else request.locus.interval


def _variant(variant: Variant, liftover: Liftover, target: Assembly) -> CarriedOver:
    lifted = [liftover.lift_variant(change, target.reference.fetch) for change in variant.changes]
    words = " ".join(dict.fromkeys(each.words for each in lifted if each.words))
    first = lifted[0].variant
    place = format_query(Interval(first.chrom, first.start, first.start + 1))
    is_there = all(each.outcome is not Outcome.DIFFERENT for each in lifted)
    return CarriedOver(_text(lifted) if is_there else "", words, place)


def _text(lifted: list[Lifted]) -> str:
    """Changes of a haplotype from left to right, as the target has them."""
    return " + ".join(
        str(each) for each in sorted((e.variant for e in lifted), key=lambda v: v.pos)
    )
