"""What a variant does to one exon, and what a change of log odds is from a given inclusion."""

import math
from dataclasses import dataclass
from statistics import median

from genoview.data.genome import Interval
from genoview.io.inclusion.table import ExonShares
from genoview.models.exons.contract import ExonChange
from genoview.scoring.splicing.inclusion.alleles import ReadExon

HALF = 0.5  # inclusion that a change begins from where none is measured
CLIP = 1e-3  # least and most inclusion (from 1) that a change begins from, as in the package
SMALL = 0.5  # change of log odds below which an exon counts as hardly changed
LARGE = 2.0  # and from which the change is strong, by the package's own notes


@dataclass(frozen=True, slots=True)
class ExonEffect:
    """One exon, as one or more transcripts of a gene have it.

    Attributes:
        read: the exon and how much of its introns is read.
        transcripts: that have it so, in the order of the gene table.
        number, n_exons: of the exon along the first of them.
        shares: of RNA that has it, as measured by tissue; None where it was not.
    """

    gene: str
    gene_id: str
    read: ReadExon
    transcripts: tuple[str, ...]
    number: int
    n_exons: int
    change: ExonChange
    shares: ExonShares | None = None

    @property
    def exon(self) -> Interval:
        return self.read.interval

    @property
    def place(self) -> str:
        """`exon 5 of 12`."""
        return f"exon {self.number} of {self.n_exons}"

    @property
    def delta_psi(self) -> float:
        """Change of inclusion, from one half."""
        return delta_psi(self.change.delta_logit_psi, HALF)

    @property
    def psi(self) -> float | None:
        """Measured inclusion of REF: median of the tissues that have RNA with the exon."""
        seen = self.shares.seen.values() if self.shares else ()
        return median(seen) if seen else None

    @property
    def measured_delta_psi(self) -> float | None:
        """Change of inclusion, from that."""
        psi = self.psi
        return None if psi is None else delta_psi(self.change.delta_logit_psi, psi)

    @property
    def words(self) -> str:
        """A sentence without its end."""
        delta = self.change.delta_logit_psi
        size = "hardly changed" if abs(delta) < SMALL else "less of it" if delta < 0 else "more"
        return (
            f"{self.gene} {self.place} ({self.transcripts[0]}): log odds of inclusion "
            f"{delta:+.2f}, {size}; {self.inclusion_words}"
        )

    @property
    def inclusion_words(self) -> str:
        """`inclusion of 95% (GTEx, median) would become 40%`, or from 50%."""
        psi, start = self.psi, "measured in GTEx, median of tissues"
        if psi is None:
            psi, start = HALF, "not measured"
        after = clipped(psi) + delta_psi(self.change.delta_logit_psi, psi)
        return f"inclusion of {psi:.0%} ({start}) would become {after:.0%}"


def delta_psi(delta_logit_psi: float, psi: float) -> float:
    """Change of inclusion, from -1 to 1, of an exon that a share `psi` of the RNA has."""
    psi = clipped(psi)
    log_odds = math.log(psi / (1 - psi)) + delta_logit_psi
    return 1 / (1 + math.exp(-log_odds)) - psi


def clipped(psi: float) -> float:
    """What a change is counted from: of 0 and of 1 the log odds have no end."""
    return min(max(psi, CLIP), 1 - CLIP)
