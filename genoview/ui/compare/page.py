"""Models of one family on one locus or variant: which, and in a sentence how far they agree."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.models.registry import gene_models, measured_rows, shelf_rows
from genoview.models.weights import Row as ShelfRow
from genoview.scoring.comparison import Row, Verdict, changed_sites, changed_tracks
from genoview.ui.explore import model_choice
from genoview.ui.page import shell
from genoview.ui.page.url import COMPARED, ViewState
from genoview.ui.plain import code, plain

KEY = "compared_family"
FEWER = "Agreement needs two models of {family}, and {n} here."


def family_of(state: ViewState) -> Family:
    """Where the link names none, the first of which two models are here, and splicing else."""
    if state.family:
        return Family(state.family)
    families = (family for family in map(Family, COMPARED) if len(_models_of(family)) > 1)
    return next(families, Family(COMPARED[0]))


def _models_of(family: Family) -> tuple[str, ...]:
    """Those here that draw tracks."""
    return tuple(
        name
        for name in model_choice.here()
        if name not in gene_models() and shell.bench().card(name).family is family
    )


def with_family(state: ViewState) -> ViewState:
    """The view with its models said: those of the link, or all of the family that are here."""
    family = family_of(state)
    return replace(state, family=family.value, models=state.models or _models_of(family))


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
        ways = " · ".join(f"{plain(row.title)}: {code(row.how)}" for row in absent)
        st.caption(f"Available to add: {ways}")


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
        for row in shelf_rows()
        if row not in measured_rows()
        and row.name not in (*known, *gene_models())
        and shell.bench().card(row.name).family is family
    ]


def _state() -> ViewState:
    """The current view of the address: a fragment may be older."""
    return with_family(shell.current())


def compared(answers: Sequence[Answer]) -> list[Answer]:
    """The answers of the family; junctions and contact maps have no values by base to compare."""
    family = family_of(shell.current())
    return [answer for answer in answers if answer.card.family is family and answer.ref.data.tracks]


def summary(request: Request, answers: Sequence[Answer]) -> None:
    """How far they agree, in one sentence."""
    state = _state()
    chosen = titles_of(state)
    if len(chosen) < 2:
        n = f"only {next(iter(chosen.values()))} is" if chosen else "none is"
        st.info(plain(FEWER.format(family=state.family, n=n)), icon=":material/compare_arrows:")
        return
    family_answers = compared(answers)
    if len(family_answers) > 1 and request.variant is not None:
        words = sentence(
            changes(request, family_answers), [answer.card.title for answer in family_answers]
        )
        st.markdown(f"**Agreement.** {plain(words)}")


def sentence(rows: Sequence[Row], titles: Sequence[str]) -> str:
    """`A and B agree on 1 of 3 changes that one of them calls, with opposite signs on 1.`"""
    called = [row for row in rows if row.verdict is not Verdict.NONE]
    names = f"{', '.join(titles[:-1])} and {titles[-1]}"
    if not called:
        return f"{names} call no change."
    alike = sum(row.verdict is Verdict.ALL for row in called)
    opposite = sum(row.verdict is Verdict.OPPOSITE for row in called)
    signs = f", with opposite signs on {opposite}" if opposite else ""
    many = "change" if len(called) == 1 else f"{len(called)} changes"
    if alike == len(called):
        return f"{names} call the same {many}, with the same sign."
    if len(called) == 1:
        return f"{names} do not agree on the one change that is called{signs}."
    return f"{names} agree on {alike} of {many} that one of them calls{signs}."


def changes(request: Request, answers: Sequence[Answer]) -> tuple[Row, ...]:
    """What each says of the variant, disagreements first."""
    assert request.variant is not None  # asked for by those who checked
    make = changed_sites if family_of(shell.current()) is Family.SPLICING else changed_tracks
    return make(answers, request.variant)
