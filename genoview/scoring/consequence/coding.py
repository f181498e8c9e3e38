"""Changes of the coding part -> what becomes of its codons."""

from dataclasses import dataclass
from functools import cached_property

from genoview.data.transcript.amino_acids import CODE
from genoview.scoring.consequence.terms import Term

STOP = "*"
MOST_SHOWN = 24  # bases of a codon change that are written out


@dataclass(frozen=True, slots=True)
class Replaced:
    """0-based half-open bases that are replaced, counted from the start codon's A."""

    start: int
    end: int
    bases: str


@dataclass(frozen=True)
class CodingChange:
    """The message from its first coding base to its end, before and after.

    Attributes:
        message: bases of REF, behind the stop codon too.
        n_coding: how many of them are coding, the stop codon included.
        changes: from left to right; at least one reaches into the coding part.
    """

    message: str
    n_coding: int
    changes: tuple[Replaced, ...]

    @cached_property
    def after(self) -> str:
        """The message with all changes."""
        message = self.message
        for change in reversed(self.changes):
            message = message[: max(change.start, 0)] + change.bases + message[change.end :]
        return message

    @property
    def grown(self) -> int:
        """Bases that are more of it."""
        return len(self.after) - len(self.message)

    @cached_property
    def window(self) -> tuple[int, int]:
        """Whole codons of REF that change; none where whole codons are inserted between two."""
        first = max(self.changes[0].start, 0)
        last = min(max(change.end for change in self.changes), self.n_coding)
        return first // 3 * 3, -(-max(last, first) // 3) * 3

    @property
    def old(self) -> str:
        return self.message[slice(*self.window)]

    @property
    def new(self) -> str:
        first, last = self.window
        return self.after[first : max(last + self.grown, first)]

    @property
    def codons(self) -> str:
        """`aCg/aTg`: changed bases in capitals; long ones by their length; "" beyond the stop."""
        if self._leaves_coding:
            return ""
        old, new = _cased(self.old, self.new)
        return f"{old or '-'}/{new or '-'}"

    @property
    def residue(self) -> int:
        """The first that changes, 1-based."""
        return self.window[0] // 3 + 1

    @property
    def amino_acids(self) -> str:
        """`T/M`; one letter where they are the same; "" beyond the stop."""
        if self._leaves_coding:
            return ""
        old, new = _translated(self.old), _translated(self.new)
        if self.grown % 3:
            return f"{old or '-'}/{self._new_residues if self._stops_at_once else f'{new}X'}"
        if old == new:
            return old
        return f"{old or '-'}/{new or '-'}"

    @property
    def terms(self) -> set[Term]:
        """Never empty."""
        first, last = self.window
        if "N" in self.old + self.new:
            return {Term.CODING_SEQUENCE}
        starts = first == 0 and self.changes[0].start < 3
        if starts and self.message[:3] == "ATG" and self.after[:3] != "ATG":
            shifts = self.changes[0].start >= 0 and self.grown % 3
            return {Term.START_LOST} | ({Term.FRAMESHIFT} if shifts else set())
        if last > self.n_coding:
            return {Term.INCOMPLETE_TERMINAL_CODON, Term.CODING_SEQUENCE}
        if self.ends_with_stop and last == self.n_coding:
            return self._at_stop()
        if self.grown % 3:
            return {Term.FRAMESHIFT} | ({Term.STOP_GAINED} if self._stops_at_once else set())
        return self._in_frame()

    @property
    def _leaves_coding(self) -> bool:
        """Bases behind the stop codon change along with it."""
        return max(change.end for change in self.changes) > self.n_coding

    @property
    def ends_with_stop(self) -> bool:
        return _translated(self.message[self.n_coding - 3 : self.n_coding]) == STOP

    @property
    def _new_residues(self) -> str:
        """Of the codons that change, the last filled up from behind, to the first stop."""
        first, _ = self.window
        residues = _translated(self.after[first : first + -(-len(self.new) // 3) * 3])
        return residues[: residues.find(STOP) + 1] or residues

    @property
    def _stops_at_once(self) -> bool:
        return self._new_residues.endswith(STOP)

    def _in_frame(self) -> set[Term]:
        old, new = _translated(self.old), _translated(self.new)
        if old == new:
            return {Term.SYNONYMOUS}
        stops = {Term.STOP_GAINED} if STOP in new and STOP not in old else set()
        if self.grown == 0:
            return stops or {Term.MISSENSE}
        longer, shorter = sorted((self.old, self.new), key=len, reverse=True)
        if longer.startswith(shorter) or longer.endswith(shorter):
            return stops | {Term.INFRAME_INSERTION if self.grown > 0 else Term.INFRAME_DELETION}
        return stops or {Term.PROTEIN_ALTERING}

    def _at_stop(self) -> set[Term]:
        """The stop codon is among the codons that change."""
        old = _translated(self.old)
        new = _translated(self.after[self.window[0] :])
        new = new[: new.find(STOP) + 1] or new
        if new == old:
            return {Term.STOP_RETAINED}
        if self.grown % 3:
            return {Term.FRAMESHIFT, Term.STOP_GAINED if self._stops_at_once else Term.STOP_LOST}
        stops_in_time = self.grown < 0 and new.endswith(STOP) and len(new) <= len(old)
        if STOP not in _translated(self.new) and not stops_in_time:
            shorter = self.grown < 0 and not self._leaves_coding
            return {Term.STOP_LOST} | ({Term.INFRAME_DELETION} if shorter else set())
        if self.grown == 0:
            return {Term.MISSENSE} if len(new) == len(old) else {Term.STOP_GAINED}
        if len(new) < len(old) and self.grown > 0:
            return {Term.STOP_GAINED}
        resized = Term.INFRAME_INSERTION if self.grown > 0 else Term.INFRAME_DELETION
        return {resized, Term.STOP_RETAINED}


def _translated(bases: str) -> str:
    """All whole codons, stops too; X where a base is unknown."""
    return "".join(CODE.get(bases[i : i + 3], "X") for i in range(0, len(bases) - 2, 3))


def _cased(old: str, new: str) -> tuple[str, str]:
    left = 0
    while left < min(len(old), len(new)) and old[left] == new[left]:
        left += 1
    right = 0
    while right < min(len(old), len(new)) - left and old[-1 - right] == new[-1 - right]:
        right += 1

    def written(bases: str) -> str:
        changed = bases[left : len(bases) - right]
        if len(changed) > MOST_SHOWN:
            changed = f"({len(changed)} bp)"
        behind = bases[len(bases) - right :] if right else ""
        return f"{bases[:left].lower()}{changed}{behind.lower()}"

    return written(old), written(new)
