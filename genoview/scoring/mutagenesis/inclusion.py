"""Every substitution of a few bases -> what it does to the inclusion of the exon near it."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Gene, Variant
from genoview.data.progress import Progress
from genoview.scoring.mutagenesis.facts import Meaning
from genoview.scoring.mutagenesis.score import Score, Stretch
from genoview.scoring.splicing.inclusion.changes import exons_near, largest_changes
from genoview.scoring.variant_line import VariantLine

CHUNK = 8  # bases computed together: every substitution in an exon reads all of it
MEANING = Meaning(
    unit="change of log odds",
    formula=(
        "ALT − REF of the log odds that RNA has the exon, natural logarithm, of the exon within "
        "reach that changes most: the number that the page Variant gives. Below 0 it is skipped "
        "more; bases further than 100 bp from every exon have no value."
    ),
    most_bases=2_000,
)


@dataclass(frozen=True, slots=True)
class InclusionChange(Score):
    """The exon near a base whose inclusion changes most."""

    def contents(self, stretch: Stretch) -> list[str]:
        """The exons that the model reads with each base, and where the base lies in them."""
        reach, interval = stretch.exon_model.intron_length, stretch.interval
        genes, fetch = _genes(stretch), stretch.assembly.reference.fetch
        contents = []
        for start in range(interval.start, interval.end):
            base = Variant(interval.chrom, start + 1, "A", "C")
            near = [read for gene in genes for _, read, _ in exons_near(gene, base, reach)]
            seen = (
                f"{read.interval.strand} {read.left} {read.right} {start - read.extent.start} "
                f"{fetch(read.extent)}"
                for read in near
            )
            contents.append(f"inclusion {' '.join(seen)}")
        return contents

    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> list[float]:
        variants = [Variant(line.chrom, line.pos, line.ref, line.alt) for line in lines]
        fetch = stretch.assembly.reference.fetch
        return largest_changes(stretch.exon_model, _genes(stretch), variants, fetch)


def _genes(stretch: Stretch) -> tuple[Gene, ...]:
    near = stretch.interval.expanded(stretch.exon_model.intron_length)
    return stretch.assembly.annotation.genes(near)
