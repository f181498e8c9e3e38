"""Models beyond the embedded ones: what is missing, which command adds it, and settings."""

from collections.abc import Callable
from importlib.util import find_spec

import streamlit as st

from genoview.errors import GenoviewError
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import KEY_VARIABLE, LargeModels
from genoview.models.configured_file import (
    BORZOI,
    CARDS,
    CROPPED,
    ENFORMER,
    HOSTED,
    LANGUAGE,
    LOCAL,
    ON_SERVICES,
    SERVER,
    LargeModel,
)
from genoview.models.configured_names import COMMANDS, PACKAGES
from genoview.ui.models import language_form, track_setup
from genoview.ui.page import shell

WORDS = {
    HOSTED: "Google DeepMind's service. Each view sends its sequence there, and takes quota.",
    SERVER: "A server that speaks AlphaGenome's protocol, such as genoview's own on a machine with "
    "a GPU.",
    LOCAL: "Weights in a folder of this machine. One megabase wants a large GPU.",
    ENFORMER: "Its weights, in a folder with targets_human.txt, which names the tracks. Not beside "
    "Borzoi in one environment: each wants another version of transformers.",
    BORZOI: "Its weights, in a folder or by their name on the hub. Not beside Enformer in one "
    "environment: each wants another version of transformers.",
}
WORDS |= language_form.WORDS
PLACES = {
    SERVER: ("Address", "gpu.example.org:50051"),
    LOCAL: ("Folder of weights", "/data/alphagenome"),
    ENFORMER: ("Folder of weights", "/data/enformer"),
    BORZOI: ("Folder or name of weights", "/data/borzoi"),
}


def show() -> None:
    """A box for each, closed: they are set up once."""
    st.subheader("Further models")
    large = shell.bench().large
    if large.problem is not None:
        st.warning(str(large.problem), icon=":material/warning:")
    for kind, card in CARDS.items():
        state = "in use" if kind in large.models else "not set up"
        with st.expander(f"{card.title}: {state}"):
            _model(kind, large)


def _model(kind: str, large: LargeModels) -> None:
    card = CARDS[kind]
    st.markdown(f"{WORDS[kind]}  \n**Limits.** {card.limits}")
    st.markdown(f"**Licence** {card.licence}.  \n**Citation** {card.citation}")
    if find_spec(PACKAGES[kind]) is None:
        st.info(f"The package {PACKAGES[kind]} is missing. This command adds it:")
        st.code(COMMANDS[kind], language="bash")
        return
    model = large.models.get(kind)
    if kind in LANGUAGE:
        language_form.form(kind, model, _change)
    else:
        _form(kind, model, large)
    if model is None:
        return
    if kind not in LANGUAGE:
        track_setup.show(model, large, _change)
    if st.button("Use it no longer", key=f"drop-{kind}"):
        _change(lambda found: found.remove(kind))


def _form(kind: str, model: LargeModel | None, large: LargeModels) -> None:
    """Where it is, and what is asked of it."""
    with st.form(f"large-{kind}", border=False):
        place, secure, key = "", True, ""
        if kind in PLACES:
            label, example = PLACES[kind]
            place = st.text_input(label, model.place if model else "", placeholder=example)
        if kind == SERVER:
            secure = st.checkbox("TLS", model.secure if model else False)
        if kind in ON_SERVICES:
            key = st.text_input(
                "Key",
                type="password",
                placeholder="kept as it is" if _has_key(large, kind) else "",
                help=f"Kept in a file that its owner alone may read. {_elsewhere(kind)}",
            )
        asked = model or LargeModel(kind, "" if kind == HOSTED else "?")
        organism, outputs, shortest = asked.organism, list(asked.outputs), asked.shortest
        if kind not in CROPPED:
            organism, outputs, shortest = _asked(asked)
        if st.form_submit_button("Use it"):
            chosen = (organism, tuple(outputs), asked.choice, shortest)
            _change(lambda found: _use(found, key, kind, place.strip(), secure, chosen))


def _asked(model: LargeModel) -> tuple[str, list[str], int]:
    """Organism, outputs and shortest window of AlphaGenome, as the reader sets them."""
    organism = st.segmented_control("Organism", ORGANISMS, default=model.organism)
    outputs = st.multiselect(
        "What to predict",
        list(OUTPUTS),
        list(model.outputs),
        format_func=lambda name: OUTPUTS[name].assay.label,
    )
    shortest = st.select_slider(
        "Shortest window",
        WINDOW_LENGTHS,
        model.shortest,
        format_func=lambda length: f"{length:,} bp",
        help="The model reads one of these lengths at once: the smallest that holds what is in "
        "view. A longer one sees more, and takes longer.",
    )
    return organism or model.organism, outputs, shortest


def _use(
    large: LargeModels,
    key: str,
    kind: str,
    place: str,
    secure: bool,
    chosen: tuple[str, tuple[str, ...], Choice, int],
) -> None:
    made = LargeModel(kind, place, secure, *chosen)
    if key:
        large.put_key(kind, key)
    large.put(made)


def _has_key(large: LargeModels, kind: str) -> bool:
    try:
        return bool(large.key(kind))
    except GenoviewError:
        return False


def _elsewhere(kind: str) -> str:
    return f"The environment variable {KEY_VARIABLE} goes first." if kind == HOSTED else ""


def _change(change: Callable[[LargeModels], None]) -> None:
    try:
        shell.bench().change_large(change)
    except GenoviewError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()
