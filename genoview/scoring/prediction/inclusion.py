"""Inclusion of the exon that changes most, beside changed splice sites -> a clause of both.

A model of exons knows those of the gene table alone, and no new site: it confirms or contradicts
the loss of a site of the exon, and adds to that of others and to gains.
"""

from dataclasses import dataclass

from genoview.data.genome import Transcript
from genoview.scoring.prediction.splicing import SplicingShown
from genoview.scoring.splicing.delta import as_written
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from genoview.scoring.splicing.inclusion.effect import LARGE, SMALL, ExonEffect
from genoview.scoring.splicing.outcomes import POSSIBLE

BESIDE = 1  # bp from an exon's first or last base in which a site is its own


@dataclass(frozen=True, slots=True)
class InclusionShown:
    """What the tables show of exons.

    Attributes:
        pos: of the variant, 1-based.
        transcript: that the sentence is about; None where none is near.
    """

    model: ExonInclusion
    pos: int
    transcript: Transcript | None = None

    @property
    def effect(self) -> ExonEffect | None:
        """The exon that changes most."""
        return self.model.effects[0] if self.model.effects else None

    @property
    def change(self) -> float:
        """Its change of log odds, as the table writes it; 0 where there is no exon."""
        return 0.0 if self.effect is None else as_written(self.effect.change.delta_logit_psi)

    @property
    def is_large(self) -> bool:
        """Whether it is strong by the authors' own notes."""
        return abs(self.change) >= LARGE

    def words(self, sites: SplicingShown) -> str:
        """`MMSplice agrees: exon 5 included less (log odds −3.66), most in Liver (91% to 60%)`.

        "" where no exon is near, where neither says anything, and where a site that the model
        does not know is all that changes.
        """
        effect = self.effect
        if effect is None:
            return ""
        joint = _joint(self.change, _sites(effect, sites, self.pos))
        size = _size_words(self.change)
        where = self._where() if abs(self.change) >= SMALL else ""
        number = f"{self.change:+.2f}".replace("-", "−")
        said = f"{self._exon(effect)} {size} (log odds {number}){where}"
        return f"{joint.format(model=self.model.card.title)}{said}" if joint else ""

    def agreement(self, sites: SplicingShown) -> str:
        """`MMSplice agrees`, where no site of the gene and no exon changes; else ""."""
        if self.effect is None or abs(self.change) >= SMALL:
            return ""
        shown = _sites(self.effect, sites, self.pos)
        is_silent = shown.are_known and not shown.own_lost and not shown.others
        return f"{self.model.card.title} agrees" if is_silent else ""

    def _where(self) -> str:
        """In which tissue it matters most."""
        said = [tissues.brief for tissues in self.model.tissues[:1]]
        return "".join(f", {words}" for words in said if words)

    def _exon(self, effect: ExonEffect) -> str:
        """`exon 5` of the transcript that the sentence is about, else with gene and transcript."""
        exons = [] if self.transcript is None else [e.interval for e in self.transcript.exons]
        spans = [(exon.start, exon.end) for exon in exons]
        own = (effect.exon.start, effect.exon.end)
        if self.transcript is None or own not in spans or exons[0].chrom != effect.exon.chrom:
            return f"{effect.gene} {effect.place} of {effect.transcripts[0]}"
        at = spans.index(own)
        return f"exon {len(spans) - at if effect.exon.strand == '-' else at + 1}"


def _size_words(change: float) -> str:
    if abs(change) < SMALL:
        return "hardly changed"
    some = "" if abs(change) >= LARGE else "somewhat "
    return f"included {some}{'less' if change < 0 else 'more'}"


@dataclass(frozen=True, slots=True)
class _Sites:
    """What is predicted of sites: of the exon one lost, elsewhere one lost, one gained; or none."""

    own_lost: bool
    others: bool
    are_known: bool


def _sites(effect: ExonEffect, shown: SplicingShown, pos: int) -> _Sites:
    """Of the gene's sites."""
    names = (effect.gene, effect.gene_id)
    rows = [row for row in shown.rows if row.gene in names]
    changed = [row for row in rows if as_written(row.masked.score) >= POSSIBLE]
    edges = (effect.exon.start + 1, effect.exon.end)
    lost = [
        row
        for row in changed
        if row.kind.endswith("loss")
        and min(abs(pos + row.masked.position - edge) for edge in edges) <= BESIDE
    ]
    return _Sites(bool(lost), len(changed) > len(lost), bool(rows))


def _joint(change: float, sites: _Sites) -> str:
    """Before what the model says: whether both say the same; "" where it adds nothing."""
    small = abs(change) < SMALL
    if not sites.are_known:
        return "{model}: "
    if sites.own_lost:
        return "{model} agrees: " if change <= -SMALL else "{model} disagrees: "
    if small:
        return ""
    if sites.others:
        return "{model} adds: "
    return "{model} disagrees: " if abs(change) >= LARGE else "{model} alone: "
