"""Models beyond the embedded ones: what is missing, which command adds it, and settings."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

import streamlit as st

from genoview.backends.alphagenome_outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.backends.track_choice import Choice, TrackFacts
from genoview.errors import GenoviewError
from genoview.large_models import (
    CARDS,
    HOSTED,
    KEY_VARIABLE,
    LOCAL,
    SERVER,
    USUAL_OUTPUTS,
    LargeModel,
    LargeModels,
)
from genoview.ui import shell

PACKAGES = {HOSTED: "alphagenome", SERVER: "alphagenome", LOCAL: "alphagenome_pt"}
COMMANDS = {
    HOSTED: "pip install 'genoview[alphagenome]'",
    SERVER: "pip install 'genoview[alphagenome]'",
    LOCAL: "pip install 'genoview[alphagenome-pt]'",
}
WORDS = {
    HOSTED: "Google DeepMind's service. Each view sends its sequence there, and takes quota.",
    SERVER: "A server that speaks AlphaGenome's protocol, such as genoview's own on a machine with "
    "a GPU.",
    LOCAL: "Weights in a folder of this machine. One megabase wants a large GPU.",
}
PLACES = {SERVER: ("Address", "gpu.example.org:50051"), LOCAL: ("Folder of weights", "/data/ag")}
PICKS = (
    ("terms", "Tissues and cells"),
    ("assays", "Assays"),
    ("factors", "Factors and marks"),
)


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
    st.markdown(f"{WORDS[kind]} {card.limits}")
    st.markdown(f"**Licence** {card.licence}.  \n**Citation** {card.citation}")
    if find_spec(PACKAGES[kind]) is None:
        st.info(f"The package {PACKAGES[kind]} is missing. This command adds it:")
        st.code(COMMANDS[kind], language="bash")
        return
    model = large.models.get(kind)
    _form(kind, model, large)
    if model is None:
        return
    _tracks(model, large)
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
        if kind != LOCAL:
            key = st.text_input(
                "Key",
                type="password",
                placeholder="kept as it is" if _has_key(large, kind) else "",
                help=f"Kept in a file that its owner alone may read. {_elsewhere(kind)}",
            )
        organism = st.segmented_control(
            "Organism", ORGANISMS, default=model.organism if model else ORGANISMS[0]
        )
        outputs = st.multiselect(
            "What to predict",
            list(OUTPUTS),
            list(model.outputs if model else USUAL_OUTPUTS),
            format_func=lambda name: OUTPUTS[name].assay.label,
        )
        shortest = st.select_slider(
            "Shortest window",
            WINDOW_LENGTHS,
            model.shortest if model else WINDOW_LENGTHS[0],
            format_func=lambda length: f"{length:,} bp",
            help="The model reads one of these lengths at once: the smallest that holds what is in "
            "view. A longer one sees more, and takes longer.",
        )
        if st.form_submit_button("Use it"):
            choice = model.choice if model else Choice()
            _use(kind, key, place.strip(), secure, organism, outputs, shortest, choice)


def _use(
    kind: str,
    key: str,
    place: str,
    secure: bool,
    organism: str | None,
    outputs: list[str],
    shortest: int,
    choice: Choice,
) -> None:
    def change(large: LargeModels) -> None:
        chosen = (organism or ORGANISMS[0], tuple(outputs), choice, shortest)
        made = LargeModel(kind, place, secure, *chosen)
        if key:
            large.put_key(kind, key)
        large.put(made)

    _change(change)


def _tracks(model: LargeModel, large: LargeModels) -> None:
    """Tissues, assays and factors, from the model's own metadata: read when asked for."""
    listed = f"facts-{model.kind}-{model.place}-{model.organism}"
    if st.button("List its tracks", key=f"list-{model.kind}"):
        try:
            source = large.shared(model).source
            st.session_state[listed] = {name: tuple(source.facts(name)) for name in OUTPUTS}
        except GenoviewError as error:
            st.error(str(error), icon=":material/error:")
    by_output: dict[str, tuple[TrackFacts, ...]] | None = st.session_state.get(listed)
    if by_output is None:
        return
    facts = [one for name in model.outputs for one in by_output[name]]
    options: dict[str, dict[str, str]] = {name: {} for name, _ in PICKS}
    for one in facts:
        options["terms"].setdefault(one.curie, f"{one.biosample or one.tissue} ({one.curie})")
        options["assays"].setdefault(one.assay, one.assay)
        options["factors"].setdefault(one.factor, one.factor)
    with st.form(f"tracks-{model.kind}", border=False):
        picked = {}
        for name, label in PICKS:
            known = {key: words for key, words in options[name].items() if key}
            now = [key for key in getattr(model.choice, name) if key in known]
            order = sorted(known, key=known.__getitem__)
            picked[name] = st.multiselect(label, order, now, format_func=known.__getitem__)
        if st.form_submit_button("Take these"):
            choice = Choice(**{name: tuple(keys) for name, keys in picked.items()})
            _change(lambda found: found.put(replace(model, choice=choice)))
    for name in model.outputs:
        n_taken, n_all = len(model.choice.columns(by_output[name])), len(by_output[name])
        st.caption(f"{OUTPUTS[name].assay.label}: {n_taken:,} of {n_all:,} tracks")


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
