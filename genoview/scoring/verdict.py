"""What a curator reads first: one sentence from the scores, by fixed rules, and its four marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from genoview.scoring.marks import Mark

RULES = (
    "First the change of the protein on the chosen transcript, if splicing stays as it is. NMD: "
    "nonsense-mediated decay after a frameshift or a new stop codon, by the 50-55 nt rule (Nagy & "
    "Maquat 1998), not by a model. "
    "Splicing: the largest masked delta score of the table, with two decimals; 0.2 is called "
    "possible, 0.5 likely, 0.8 very likely (Jaganathan et al. 2019). Delta scores read bases "
    "outside of the gene as N, as their authors do; the tracks read the genome as it is, so that "
    "their difference may be another number. The chosen transcript is read if it changes as surely "
    "as any other of the gene. A lost site is replaced by a gained one of its kind before the next "
    "site of the transcript that gains at least half as much; else its exon is skipped, or the "
    "intron retained where both of its ends are lost, or the exon is the first or last and the "
    "intron has up to 4,999 bp. More than 50 bp from every exon, an acceptor and a donor that gain "
    "0.02 or more, one of them 0.05, 25 to 500 bp apart, make a possible pseudo-exon (Canson et "
    "al. 2023). "
    "Inclusion of the exon that changes most (MMSplice): below 0.5 of log odds it hardly changes, "
    "from 2 on strongly. The model agrees where a site of the exon is lost and the exon is "
    "included less, or where neither changes; it disagrees where one changes strongly and the "
    "other does not. It does not know new sites. "
    "Expression and binding have no published cut-off: the largest change is named, of a promoter "
    "from 0.05 of its probability, of reporter activity from 0.1 of log2 and twice the spread of "
    "the networks, of motif sites from a 30-fold p-value."
)


class State(StrEnum):
    """Why a model has not spoken."""

    QUEUED = "queued"
    RUNNING = "running"
    NOT_COMPUTED = "not computed"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_waiting(self) -> bool:
        """Whether its scores may still come."""
        return self not in (State.STOPPED, State.FAILED)


@dataclass(frozen=True, slots=True)
class Pending:
    """A model, or scores of one, that the sentence does not know yet.

    Attributes:
        family: `splicing`, `expression` ..., as `data.Family` names it.
        title: of the model.
    """

    family: str
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class Verdict:
    """The prediction of a variant: what page, files and commands say of it.

    Attributes:
        name: of the variant.
        consequence: `HNF4A p.(Thr117Ile), missense`; "" where no transcript is near.
        gene: symbol of the chosen transcript's gene; "" likewise.
        clauses: of splicing, promoter, reporter activity and binding, as far as predicted.
        pending: models that have not spoken.
        marks: of protein, splicing, expression and binding, in this order.
    """

    name: str = ""
    consequence: str = ""
    gene: str = ""
    clauses: tuple[str, ...] = ()
    pending: tuple[Pending, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether every model has spoken."""
        return not any(model.state.is_waiting for model in self.pending)

    @property
    def sentence(self) -> str:
        """`So far (splicing is running): HNF4A p.(Thr117Ile), missense.`; "" of a locus."""
        said = [*self.clauses, *_silent(self.pending)]
        waiting = waiting_words(self.pending)
        if self.consequence:
            words = "; ".join([self.consequence, *said])
        elif said:
            words = f"{self.name}: {'; '.join(said)}"
        elif waiting:
            words = self.name
        else:
            return ""
        return f"{f'So far ({waiting}): ' if waiting else ''}{words}."

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "sentence": self.sentence,
            "is_final": self.is_final,
            "gene": self.gene,
            "consequence": self.consequence,
            "pending": [
                {"family": model.family, "model": model.title, "state": str(model.state)}
                for model in self.pending
            ],
            "marks": [
                {
                    "family": mark.family,
                    "level": str(mark.level),
                    "number": None if mark.number is None else round(mark.number, 6),
                    "unit": mark.unit,
                    "words": mark.words,
                    "rule": mark.rule,
                }
                for mark in self.marks
            ],
        }


def waiting_words(pending: Sequence[Pending]) -> str:
    """`splicing is running, binding is queued`; a family is running if any of its models is."""
    states: dict[str, State] = {}
    for model in pending:
        if model.state.is_waiting:
            known = states.get(model.family, model.state)
            states[model.family] = State.RUNNING if State.RUNNING in (known, model.state) else known
    by_state: dict[State, list[str]] = {}
    for family, state in states.items():
        by_state.setdefault(state, []).append(family)
    return ", ".join(
        f"{_listed(by_state[state])} {'is' if len(by_state[state]) == 1 else 'are'} {state}"
        for state in (State.RUNNING, State.QUEUED, State.NOT_COMPUTED)
        if state in by_state
    )


def _silent(pending: Sequence[Pending]) -> list[str]:
    """Models that will not speak: `CI-SpliceAI was stopped`."""
    words = {State.STOPPED: "was stopped", State.FAILED: "failed"}
    return [
        f"{model.family} by {model.title} is unknown: it {words[model.state]}"
        for model in pending
        if not model.state.is_waiting
    ]


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
