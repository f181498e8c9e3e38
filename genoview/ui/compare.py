"""Models of one family on one locus or variant: which, and in a sentence how far they agree."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.agreement import Row, Verdict, changed_sites, changed_tracks
from genoview.pipeline import Answer
from genoview.request import Request
from genoview.shelf import ROWS
from genoview.shelf import Row as ShelfRow
from genoview.tracks import Family
from genoview.ui import model_choice, shell
from genoview.ui.url import COMPARED, ViewState

KEY = "compared_family"
FEWER = "Agreement needs two models of {family}, and {n} here."


def family_of(state: ViewState) -> Family:
    """Splicing where the link names none."""
    return Family(state.family or COMPARED[0])


def with_family(state: ViewState) -> ViewState:
    """The view with its models said: those of the link, or all of the family that are here."""
    family = family_of(state)
    models = state.models or tuple(
        name
        for name in model_choice.here()
        if name not in model_choice.OF_GENES and shell.bench().card(name).family is family
    )
    return replace(state, family=family.value, models=models)


def titles_of(state: ViewState) -> dict[str, str]:
    """Names and titles of the models of the family that are compared and are here."""
    cards = {name: shell.bench().card(name) for name in model_choice.of_tracks(state)}
    family = family_of(state)
    return {name: card.title for name, card in cards.items() if card.family is family}


def choice(state: ViewState) -> None:
    """The family, and the models that a reader could add to it."""
    st.session_state[KEY] = state.family
    st.segmented_control(
        "Models of", COMPARED, key=KEY, format_func=str.capitalize, on_change=_choose, required=True
    )
    absent = _absent(family_of(state))
    if absent:
        ways = " · ".join(f"{row.title}: `{row.how}`" for row in absent)
        st.caption(f"Not here yet, and the command that adds it: {ways}")


def _choose() -> None:
    shell.commit(
        replace(
            shell.current(),
            family=str(st.session_state[KEY]),
            models=(),
            versions=(),
            run="",
            versus="",
        )
    )


def _absent(family: Family) -> list[ShelfRow]:
    known = model_choice.here()
    return [
        row
        for row in ROWS
        if row.name not in (*known, *model_choice.OF_GENES)
        and shell.bench().card(row.name).family is family
    ]


def _state() -> ViewState:
    """As the address has it now: a fragment may be older."""
    return with_family(shell.current())


def compared(answers: Sequence[Answer]) -> list[Answer]:
    """The answers of the family."""
    return [found for found in answers if found.card.family is family_of(shell.current())]


def summary(request: Request, answers: Sequence[Answer]) -> None:
    """How far they agree, in one sentence."""
    state = _state()
    chosen = titles_of(state)
    if len(chosen) < 2:
        n = f"only {next(iter(chosen.values()))} is" if chosen else "none is"
        st.info(FEWER.format(family=state.family, n=n), icon=":material/compare_arrows:")
        return
    found = compared(answers)
    if len(found) > 1 and request.variant is not None:
        st.markdown(f"**Agreement.** {_sentence(changes(request, found))}")


def _sentence(rows: Sequence[Row]) -> str:
    """`Of 3 changed sites 1 is called by all, on 2 the models differ.`"""
    called = [row for row in rows if row.verdict is not Verdict.NONE]
    if not called:
        return "No model calls a change."
    if all(row.verdict is Verdict.ALL for row in called):
        return f"All models call the same {len(called)} changes, with the same signs."
    alike = sum(row.verdict is Verdict.ALL for row in called)
    opposite = sum(row.verdict is Verdict.OPPOSITE for row in called)
    signs = f", {opposite} of them with opposite signs" if opposite else ""
    return (
        f"Of {len(called)} changes that a model calls, {alike} are called by all; on "
        f"{len(called) - alike} the models differ{signs}."
    )


def changes(request: Request, answers: Sequence[Answer]) -> tuple[Row, ...]:
    """What each says of the variant, disagreements first."""
    assert request.variant is not None  # asked for by those who checked
    make = changed_sites if family_of(shell.current()) is Family.SPLICING else changed_tracks
    return make(answers, request.variant)
