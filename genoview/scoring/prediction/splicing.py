"""What the tables show of splicing -> the one number of the prediction, and what is said of it.

Scores count as they are written, with two decimals, as the original programs write them: a table
that shows 0.20 stands under a sentence that calls it 0.20.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.scoring.effects import Effect, distance_words
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.gain_loss_report import GainRow
from genoview.scoring.splicing.outcomes import POSSIBLE, certainty
from genoview.scoring.splicing.report import DeltaRow

SHORTEST_PSEUDOEXON, LONGEST_PSEUDOEXON = 25, 500  # bp
BOTH_ENDS, ONE_END = 0.02, 0.05  # gain of an acceptor and a donor, and of the stronger of them
PSEUDOEXON_SOURCE = (
    "SpliceAI-10k calculator; Canson et al. 2023, doi:10.1093/bioinformatics/btad179"
)
DEEP_FROM = 50  # bp from the nearest exon, exclusive; Jaganathan et al. 2019
DEEP_CUT = 0.02  # a tenth of 0.2: Fortier et al. 2026, doi:10.1371/journal.pone.0348885


@dataclass(frozen=True, slots=True)
class Pseudoexon:
    """A new exon in an intron, between two gained sites; `length` in bp of REF."""

    gene: str
    length: int
    acceptor: float
    donor: float

    @property
    def words(self) -> str:
        """`ADA: possible pseudo-exon of 84 bp (acceptor gain 0.06, donor gain 0.03)`."""
        scores = f"acceptor gain {self.acceptor:.2f}, donor gain {self.donor:.2f}"
        return (
            f"{self.gene}: possible pseudo-exon of {self.length:,} bp by the lower cut-offs for "
            f"deep intronic changes ({scores})"
        )


@dataclass(frozen=True, slots=True)
class SplicingShown:
    """All that the tables of a page show of splicing.

    Attributes:
        deltas: four a gene; empty where no model has delta scores, or they are not known yet.
        gains: two a gene and model of strengths.
        effects: of tracks of splice sites.
        distance: bp on each side of the variant in which `deltas` and `gains` look.
        is_deep: the variant lies in introns alone, more than 50 bp from every exon.
    """

    deltas: tuple[DeltaRow, ...] = ()
    gains: tuple[GainRow, ...] = ()
    effects: tuple[Effect, ...] = ()
    distance: int = 0
    is_deep: bool = False

    @property
    def rows(self) -> "tuple[DeltaRow | GainRow, ...]":
        """By the masked score, the largest first."""
        rows: tuple[DeltaRow | GainRow, ...] = (*self.deltas, *self.gains)
        return tuple(sorted(rows, key=lambda row: -row.masked.score))

    @property
    def largest(self) -> float | None:
        """The number of the prediction: masked scores where there are any, else of tracks."""
        if self.rows:
            return as_written(self.rows[0].masked.score)
        sizes = [as_written(abs(effect.difference)) for effect in self.effects]
        return max(sizes, default=None)

    @property
    def hidden(self) -> str:
        """`unmasked 0.31`: what else a table shows from 0.2 on while the number is below; or ""."""
        raw = max((as_written(row.raw.score) for row in self.rows), default=0.0)
        near = (effect for effect in self.effects if abs(effect.distance) <= self.distance)
        on_tracks = max((as_written(abs(effect.difference)) for effect in near), default=0.0)
        sizes = (("unmasked", raw), ("on the tracks", on_tracks))
        return ", ".join(f"{name} {size:.2f}" for name, size in sizes if size >= POSSIBLE)

    @property
    def farther(self) -> Effect | None:
        """The largest change of a site of 0.2 or more beyond the distance of the scores."""
        if not self.rows:
            return None
        far = [
            effect
            for effect in self.effects
            if abs(effect.distance) > self.distance
            and as_written(abs(effect.difference)) >= POSSIBLE
        ]
        return max(far, key=lambda effect: abs(effect.difference), default=None)

    @property
    def pseudoexon(self) -> Pseudoexon | None:
        """Of a deep intronic change: an acceptor and a donor gained 25 to 500 bp apart."""
        if not self.is_deep:
            return None
        by_gene: dict[tuple[str, str], dict[str, DeltaRow]] = {}
        for row in self.deltas:
            by_gene.setdefault((row.gene, row.strand), {})[row.kind] = row
        new = [exon for rows in by_gene.values() if (exon := _pseudoexon(rows))]
        return max(new, key=lambda exon: max(exon.acceptor, exon.donor), default=None)


def _pseudoexon(rows: dict[str, DeltaRow]) -> Pseudoexon | None:
    acceptor, donor = rows["acceptor gain"], rows["donor gain"]
    scores = as_written(acceptor.masked.score), as_written(donor.masked.score)
    sign = -1 if acceptor.strand == "-" else 1
    length = (donor.masked.position - acceptor.masked.position) * sign + 1
    is_exon = SHORTEST_PSEUDOEXON <= length <= LONGEST_PSEUDOEXON
    if not is_exon or min(scores) < BOTH_ENDS or max(scores) < ONE_END:
        return None
    return Pseudoexon(acceptor.gene, length, *scores)


def change_words(row: DeltaRow | GainRow) -> str:
    """`acceptor gain 0.90`."""
    return f"{row.kind} {as_written(row.masked.score):.2f}"


def scores_words(rows: "Sequence[DeltaRow | GainRow]") -> str:
    """`delta scores: acceptor gain 0.90, acceptor loss 0.80`; by name, for tracks differ."""
    names = {row.score_name for row in rows}
    name = names.pop() if len(names) == 1 else "score"
    return f"{name}{'s' * (len(rows) > 1)}: {', '.join(map(change_words, rows))}"


def row_words(row: DeltaRow | GainRow) -> str:
    """`possible acceptor gain in ADA, 2 bp downstream (delta score 0.23)`."""
    sure = ADJECTIVES[certainty(row.masked.score)]
    place = distance_words(row.masked.position, row.strand)
    score = f"{row.score_name} {as_written(row.masked.score):.2f}"
    return f"{sure} {row.kind} {gene_words(row.gene)}, {place} ({score})"


def gene_words(gene: str) -> str:
    """`in ADA`; `on the + strand` where no gene is known."""
    return f"on the {gene} strand" if gene in ("+", "-") else f"in {gene}"


ADJECTIVES = {"very likely": "very likely", "likely": "likely", "possibly": "possible"}


def no_change_words(shown: SplicingShown, agreement: str = "") -> str:
    """`no splice site change of 0.2 or more (largest delta score 0.03; MMSplice agrees)`.

    With what else a reader may see.
    """
    largest = shown.largest or 0.0
    facts = [f"largest {shown.rows[0].score_name} {largest:.2f}", shown.hidden]
    if shown.is_deep and largest >= DEEP_CUT:
        facts.append(f"deep intronic, where {DEEP_CUT} or more may matter")
    said = "; ".join(filter(None, (", ".join(filter(None, facts)), agreement)))
    return f"no splice site change of {POSSIBLE} or more ({said})"
