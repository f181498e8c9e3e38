"""ClinGen's rules for splicing, quoted with the numbers that they are about; no classification.

A rule applies, does not apply, or can't be said from sequence. Whether it is used, with which
strength, and what follows for a person, is for who knows gene, disease and people. Walker et al.
calibrated the cut-offs on SpliceAI; a score that falls on two sides of a cut-off with and without
the mask of known sites says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from genoview.scoring.consequence.terms import Term
from genoview.scoring.prediction.loss_of_function import LossOfFunction
from genoview.scoring.prediction.splice_place import SplicePlace

WALKER = "Walker et al. 2023, doi:10.1016/j.ajhg.2023.06.002"
ABOU_TAYOUN = "Abou Tayoun et al. 2018, doi:10.1002/humu.23626"
TREE = "PVS1 tree"
CHANGES, NO_CHANGE = 0.2, 0.1  # of the largest delta score; between them nothing is said
DONOR_FROM, ACCEPTOR_FROM = 7, 21  # bp into the intron from which BP7 can be considered
LARGE_SHARE = 0.1  # of the protein


class Applies(StrEnum):
    """Whether a rule is met; never what follows from it."""

    YES = "applies"
    NO = "does not apply"
    UNKNOWN = "cannot be said from sequence"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, or one question of the PVS1 tree.

    Attributes:
        code: PP3, BP4, BP7, or TREE.
        rule: in our words.
        why: with the numbers.
    """

    code: str
    rule: str
    applies: Applies
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules are read from.

    Attributes:
        terms: on the chosen transcript.
        place: of the variant at that transcript's splice sites.
        masked, unmasked: the largest delta scores, with two decimals; None where not computed.
        model: that gave them.
        loss: what becomes of frame and protein, as far as known.
    """

    terms: tuple[Term, ...]
    place: SplicePlace
    masked: float | None = None
    unmasked: float | None = None
    model: str = ""
    loss: LossOfFunction | None = None

    @property
    def is_canonical(self) -> bool:
        """Whether a base of a canonical ±1,2 splice site changes."""
        return bool({Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR}.intersection(self.terms))

    @property
    def numbers(self) -> str:
        """`CI-SpliceAI, largest delta score 0.90, unmasked 0.90`."""
        if self.masked is None or self.unmasked is None:
            return "no delta scores are computed"
        score = f"largest delta score {self.masked:.2f}, unmasked {self.unmasked:.2f}"
        return f"{self.model}, {score}"


def clingen_rules(evidence: Evidence) -> tuple[Rule, ...]:
    """PP3, BP4, BP7, then the questions of the PVS1 tree."""
    return (_pp3(evidence), _bp4(evidence), _bp7(evidence), *_pvs1(evidence))


def _pp3(evidence: Evidence) -> Rule:
    text = (
        f"Outside of the canonical ±1,2 positions, a largest delta score of {CHANGES} or more "
        "predicts a change of splicing"
    )
    met = _both(evidence, lambda score: score >= CHANGES)
    return _outside_canonical("PP3", text, evidence, met)


def _bp4(evidence: Evidence) -> Rule:
    text = (
        f"Outside of the canonical ±1,2 positions, a largest delta score of {NO_CHANGE} or less "
        "predicts no change of splicing; of splicing alone"
    )
    met = _both(evidence, lambda score: score <= NO_CHANGE)
    return _outside_canonical("BP4", text, evidence, met)


def _bp7(evidence: Evidence) -> Rule:
    text = (
        "Where BP4 is met: a synonymous change outside of the exon's first base and last 3, or an "
        f"intronic change at or beyond +{DONOR_FROM} and −{ACCEPTOR_FROM}"
    )
    bp4, place = _bp4(evidence), evidence.place
    where = place.words
    if Term.SYNONYMOUS in evidence.terms:
        is_there = not place.at_exon_edge
        where = f"synonymous, {where}"
    elif place.from_donor is not None and place.from_exon:
        is_there = place.is_beyond(DONOR_FROM, ACCEPTOR_FROM)
    else:
        is_there = False
        where = f"neither synonymous nor deep enough in an intron: {where}"
    applies = bp4.applies if is_there else Applies.NO
    return Rule("BP7", text, applies, f"{where}; BP4 {bp4.applies}: {bp4.why}", WALKER)


def _outside_canonical(code: str, text: str, evidence: Evidence, met: Applies) -> Rule:
    if evidence.is_canonical:
        why = f"a canonical ±1,2 position changes, for which PVS1 is read; {evidence.numbers}"
        return Rule(code, text, Applies.NO, why, WALKER)
    return Rule(code, text, met, evidence.numbers, WALKER)


def _both(evidence: Evidence, met: Callable[[float], bool]) -> Applies:
    """With the mask and without it; where they differ, nothing can be said."""
    if evidence.masked is None or evidence.unmasked is None:
        return Applies.UNKNOWN
    sides = {met(evidence.masked), met(evidence.unmasked)}
    if len(sides) > 1:
        return Applies.UNKNOWN
    return Applies.YES if sides.pop() else Applies.NO


def _pvs1(evidence: Evidence) -> tuple[Rule, ...]:
    """The tree's questions; of a change that does not enter it the first alone."""
    entry, text = _entry(evidence)
    first = _question(
        "a canonical ±1,2 splice site, a stop gained, a frameshift or a start codon changes",
        Applies.YES if entry else Applies.NO,
        text,
    )
    if not entry:
        return (first,)
    if entry == START:
        return first, _question("no other transcript has another start codon", UNSAID, ELSEWHERE)
    return (
        first,
        _frame(evidence.loss),
        _decay(evidence.loss),
        _share(evidence.loss),
        *(_question(question, UNSAID, why) for question, why in NOT_IN_SEQUENCE),
    )


START, SPLICE, TRUNCATION = "start", "splice", "truncation"
UNSAID = Applies.UNKNOWN
ELSEWHERE = "needs what is known of the gene's transcripts"
NOT_IN_SEQUENCE = (
    ("loss of function is a known mechanism of the disease", "needs what is known of the disease"),
    ("the exon is in the biologically relevant transcripts", ELSEWHERE),
    ("the region that is lost or altered is critical for the protein", "needs functional data"),
    ("loss-of-function variants of this exon are frequent in people", "needs frequencies"),
)


def _entry(evidence: Evidence) -> tuple[str, str]:
    """By which branch the change enters, and in words."""
    terms = set(evidence.terms)
    words = ", ".join(term.words for term in evidence.terms) or "no transcript near"
    if evidence.is_canonical:
        return SPLICE, words
    if Term.START_LOST in terms:
        return START, words
    return (TRUNCATION if terms & {Term.STOP_GAINED, Term.FRAMESHIFT} else ""), words


def _frame(loss: LossOfFunction | None) -> Rule:
    text = "the reading frame is disrupted"
    if loss is None:
        return _question(text, UNSAID, "no change of splicing is predicted")
    if loss.frame_kept is None:
        return _question(text, UNSAID, loss.event)
    return _question(text, Applies.NO if loss.frame_kept else Applies.YES, loss.event)


def _decay(loss: LossOfFunction | None) -> Rule:
    text = (
        "nonsense-mediated decay is predicted: the new stop codon lies neither in the last exon "
        "nor in the last 50 nt of the one before"
    )
    if loss is None or loss.decay is None:
        why = loss.why_decay if loss else ""
        return _question(text, UNSAID, why or "where the new stop codon lies is not known")
    return _question(text, Applies.YES if loss.decay else Applies.NO, loss.why_decay)


def _share(loss: LossOfFunction | None) -> Rule:
    text = f"more than {LARGE_SHARE:.0%} of the protein is removed"
    if loss is None or loss.share_removed is None:
        return _question(text, UNSAID, "the changed protein is not known")
    applies = Applies.YES if loss.share_removed > LARGE_SHARE else Applies.NO
    return _question(text, applies, f"{loss.share_removed:.0%} of the residues")


def _question(text: str, applies: Applies, why: str) -> Rule:
    return Rule(TREE, text, applies, why, ABOU_TAYOUN)
