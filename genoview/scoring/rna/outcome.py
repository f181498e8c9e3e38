"""One transcript before and after, with its protein: the typed result, and its words."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from genoview.data.genome import Transcript
from genoview.data.transcript.protein_name import ProteinChange
from genoview.scoring.rna.alignment import AlignedProteins, align
from genoview.scoring.rna.decay import Decay, DecayRule, decay_of
from genoview.scoring.rna.message import STOP, Message
from genoview.scoring.splicing.events import SpliceEvent
from genoview.scoring.splicing.outcomes import certainty, frame_words

LONGEST_NAME = 60  # characters; longer names of proteins are not written


class ProteinEffect(StrEnum):
    """What becomes of the protein."""

    UNCHANGED = "unchanged"
    SUBSTITUTION = "residues replaced"
    IN_FRAME = "in frame"
    FRAMESHIFT = "frameshift"
    STOP_GAINED = "new stop codon"
    STOP_LOST = "stop codon lost"
    START_LOST = "start codon lost"
    NO_PROTEIN = "no protein"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class RnaOutcome:
    """A transcript as it is, and as ALT makes it.

    Attributes:
        gene: symbol.
        events: of splicing, the surest first; none where it is spliced as annotated.
        n_coding: nt from the start codon to the stop codon's end, before.
        problem: why no protein is read, in a sentence; "" where one is.
    """

    gene: str
    transcript: Transcript
    before: Message
    after: Message
    n_coding: int = 0
    events: tuple[SpliceEvent, ...] = ()
    problem: str = ""

    @property
    def transcript_id(self) -> str:
        return self.transcript.transcript_id

    @property
    def score(self) -> float | None:
        """The largest change of a site's probability behind it; None without such a change."""
        return self.events[0].score if self.events else None

    @property
    def certainty(self) -> str:
        """`very likely`, `likely`, `possibly`; "" where splicing stays as annotated."""
        return certainty(self.events[0].score) if self.events else ""

    @cached_property
    def region(self) -> tuple[int, int, int]:
        """0-based half-open nt behind the start codon's first that change, and how many come."""
        old, new = self._read(self.before), self._read(self.after)
        shared = min(len(old), len(new))
        left = next((i for i in range(shared) if old[i] != new[i]), shared)
        most = shared - left
        right = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
        return left, len(old) - right, len(new) - right - left

    @property
    def coding_change(self) -> int | None:
        """nt that the coding part grows by; None where it is not read, or stays as it is."""
        if self.effect in (ProteinEffect.NO_PROTEIN, ProteinEffect.UNKNOWN):
            return None
        start, end, n_new = self.region
        if self.effect is ProteinEffect.START_LOST or start >= self.n_coding:
            return None
        return None if start == end and not n_new else n_new - (end - start)

    @cached_property
    def effect(self) -> ProteinEffect:
        """What becomes of the protein."""
        if self.problem:
            return ProteinEffect.UNKNOWN
        if self.before.start is None:
            return ProteinEffect.NO_PROTEIN
        if not self.after.starts:
            return ProteinEffect.START_LOST
        if self.before.protein == self.after.protein:
            return ProteinEffect.UNCHANGED
        start, end, n_new = self.region
        grown = n_new - (end - start)
        if grown % 3 and end <= self.n_coding:
            return ProteinEffect.FRAMESHIFT
        if self.keeps_stop:
            return ProteinEffect.IN_FRAME if grown else ProteinEffect.SUBSTITUTION
        is_hit = end > self.n_coding - 3
        return ProteinEffect.STOP_LOST if is_hit else ProteinEffect.STOP_GAINED

    @property
    def keeps_stop(self) -> bool:
        """Whether reading ends at the stop codon of before."""
        old, new = self.before.stop, self.after.stop
        if old is None or new is None or self.before.start is None or self.after.start is None:
            return False
        start, *_ = self.region
        if start >= self.n_coding:
            return new - self.after.start == old - self.before.start
        return len(self.after.bases) - new == len(self.before.bases) - old

    @cached_property
    def alignment(self) -> AlignedProteins | None:
        """Of both proteins; None where one is not read."""
        old, new = self.before.protein, self.after.protein
        if self.problem or not old or not new:
            return None
        return align(old, new, self.keeps_stop)

    @property
    def name(self) -> str:
        """`p.(Val326AlafsTer139)`; "" where it is not read, or is long."""
        if self.effect is ProteinEffect.START_LOST:
            return "p.(Met1?)"
        if self.effect is ProteinEffect.UNCHANGED:
            return "p.(=)"
        if self.alignment is None or not self.before.protein.endswith(STOP):
            return ""
        start, end, n_new = self.region
        change = ProteinChange(self.before.protein, self._read(self.after), start, end, n_new)
        name = f"p.({change.text()})"
        return name if len(name) <= LONGEST_NAME else ""

    @property
    def stop_codon(self) -> int | None:
        """Number of the stop codon, counted from the start codon; None where none is read."""
        return None if self.after.stop is None else len(self.after.protein)

    @property
    def stop_exon(self) -> int | None:
        """Number of the exon after the change, from 1."""
        return None if self.after.stop is None else self.after.exon_at(self.after.stop)

    @property
    def decay(self) -> DecayRule:
        """Whether nonsense-mediated decay is expected, by rule."""
        if self.alignment is None:
            return DecayRule(Decay.NOT_ASKED, "no protein is read")
        after = self._decay(self.after)
        if self.after.stop is None:
            return DecayRule(Decay.NOT_ASKED, "no stop codon is read before the transcript's end")
        if not (self.keeps_stop or self.effect is ProteinEffect.UNCHANGED):
            return after
        if self._decay(self.before).decay is after.decay:
            return DecayRule(Decay.NOT_ASKED, "the stop codon is that of before")
        return after

    def _decay(self, message: Message) -> DecayRule:
        if message.start is None or message.stop is None:
            return DecayRule(Decay.NOT_ASKED, "no stop codon is read")
        name = "the stop codon" if self.keeps_stop else "the new stop codon"
        return decay_of(message.lengths, message.start, message.stop, name)

    def _read(self, message: Message) -> str:
        return message.bases[message.start or 0 :] if message.start is not None else ""

    @property
    def frame(self) -> str:
        """`frameshift (+32 bp)`; "" where no base comes or goes."""
        return frame_words(self.coding_change) if self.coding_change else ""
