"""A protein before and after a change of its coding bases -> HGVS's words for the difference."""

from dataclasses import dataclass

from genoview.data.transcript.amino_acids import three_letters, translate


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """A protein, and the bases that are read instead of a part of its own.

    Attributes:
        protein: one letter a residue, the stop too.
        after: changed bases from the start codon to the transcript's end.
        start, end: 0-based half-open bases of the coding part that are replaced.
        n_new: bases in their place.
    """

    protein: str
    after: str
    start: int
    end: int
    n_new: int

    def text(self) -> str:
        """`Arg211His`, `Lys23_Val25del`, `Val326AlafsTer138`."""
        new = translate(self.after)
        if new == self.protein:
            return self._same()
        at = next(
            (
                i
                for i, pair in enumerate(zip(self.protein, new, strict=False))
                if pair[0] != pair[1]
            ),
            min(len(self.protein), len(new)),
        )
        if at == len(new):  # read to the transcript's end without a stop
            return f"{self._residue(at)}?"
        if new[at] == "*":
            return f"{self._residue(at)}Ter"
        in_frame = (self.n_new - self.end + self.start) % 3 == 0
        stop_stays = in_frame and -(-self.end // 3) < len(self.protein)
        length = len(new) - at if new.endswith("*") else None
        if self.protein[at] == "*" and not stop_stays:
            left = "?" if length is None else length - 1
            return f"{self._residue(at)}{three_letters(new[at])}extTer{left}"
        if not in_frame:
            left = "?" if length is None else length
            return f"{self._residue(at)}{three_letters(new[at])}fsTer{left}"
        return self._in_frame(new)

    def _residue(self, at: int) -> str:
        return f"{three_letters(self.protein[at])}{at + 1}"

    def _range(self, start: int, end: int) -> str:
        """`Lys23_Val25`, or one residue alone."""
        return "_".join(self._residue(at) for at in dict.fromkeys((start, end - 1)))

    def _same(self) -> str:
        last = len(self.protein) - 1
        first = min(self.start // 3, last)
        return f"{self._range(first, min((max(self.end, self.start + 1) - 1) // 3, last) + 1)}="

    def _in_frame(self, new: str) -> str:
        """Of whole codons that change, until reading is as before; to the end where the stop is
        among them."""
        first, last = self.start // 3, -(-self.end // 3)
        window = self.after[first * 3 : last * 3 + self.n_new - self.end + self.start]
        old, now = self.protein[first:last], translate(window)
        if old.endswith("*"):
            old, now = self.protein[first:], new[first:]
        while old and now and old[0] == now[0]:
            old, now, first = old[1:], now[1:], first + 1
        while old and now and old[-1] == now[-1]:
            old, now = old[:-1], now[:-1]
        if not old or not now:
            return self._indel(first, old, now)
        if len(old) == len(now) == 1:
            return f"{self._residue(first)}{three_letters(now)}"
        return f"{self._range(first, first + len(old))}delins{three_letters(now)}"

    def _indel(self, at: int, old: str, now: str) -> str:
        """A deletion, duplication or insertion of residues, as far to the end as can be."""
        residues, behind = old or now, at + len(old)
        while behind < len(self.protein) and self.protein[behind] == residues[0]:
            residues = residues[1:] + residues[0]
            at, behind = at + 1, behind + 1
        if old:
            return f"{self._range(at, behind)}del"
        n_residues = len(residues)
        if at >= n_residues and self.protein[at - n_residues : at] == residues:
            return f"{self._range(at - n_residues, at)}dup"
        return f"{self._range(at - 1, at + 1)}ins{three_letters(residues)}"
