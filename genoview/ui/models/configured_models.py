"""The form that sets a model up: what is missing, which command adds it, and settings."""

from collections.abc import Callable

import streamlit as st

from genoview.errors import GenoviewError
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Access, Setup
from genoview.runtime import access
from genoview.ui.access import who
from genoview.ui.models import language_form, model_lines, protein_form, track_setup
from genoview.ui.page import shell
from genoview.ui.plain import plain

OTHER_ADDRESS = (
    "The key that was entered belongs to {bound} and is not sent to this address. Enter the key of "
    "this server, or leave it empty where it needs none."
)


def form(setup: Setup) -> None:
    """Where it is and what it predicts, or the command that brings what it needs."""
    large, kind = shell.bench().large, setup.card.name
    st.markdown(plain(setup.words))
    if not model_lines.is_installed(setup):
        st.info(f"The package {plain(setup.package)} is missing. This command adds it:")
        st.code(setup.command, language="bash")
        return
    if not who.may_set_up():
        st.caption(access.NO_SET_UP)
        st.code(setup.how, language=None)
        return
    model = large.models.get(kind)
    if setup.access is Access.LANGUAGE:
        language_form.form(setup, model, _change)
    elif setup.is_of_proteins:
        protein_form.form(setup, model, _change)
    else:
        _form(setup, model, large)
    if model is None:
        return
    if model.names and setup.access is not Access.LANGUAGE:
        track_setup.show(model, large, _change)
    if st.button("Remove", key=f"drop-{kind}", help="Its key is forgotten; its weights stay."):
        _change(lambda models: models.remove(kind))


def _form(setup: Setup, model: LargeModel | None, large: LargeModels) -> None:
    """Where it is, and what it predicts."""
    kind = setup.card.name
    with st.form(f"large-{kind}", border=False):
        place, secure, key = "", True, ""
        if setup.place_label:
            place = st.text_input(
                plain(setup.place_label),
                model.place if model else "",
                placeholder=setup.place_example,
            )
        if setup.access is Access.SERVER:
            secure = st.checkbox("TLS", model.secure if model else False)
        if setup.is_service:
            if bound := large.key_elsewhere(kind):
                st.warning(OTHER_ADDRESS.format(bound=plain(bound)), icon=":material/key_off:")
            key = st.text_input(
                "Key",
                type="password",
                placeholder="kept as it is, unless the address changes"
                if _has_key(large, kind)
                else "",
                help=f"Kept in a file that its owner alone may read. {_elsewhere(setup)}",
            )
        start = model or LargeModel(kind, "?" if setup.place_label else "")
        organism, outputs, shortest = start.organism, list(start.outputs), start.shortest
        if setup.access is not Access.CROPPED:
            organism, outputs, shortest = _output_options(start)
        if st.form_submit_button("Use it"):
            chosen = (organism, tuple(outputs), start.choice, shortest)
            _change(lambda models: _use(models, key, kind, place.strip(), secure, chosen))


def _output_options(model: LargeModel) -> tuple[str, list[str], int]:
    """Organism, outputs and shortest window, as the reader sets them."""
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
    model = LargeModel(kind, place, secure, *chosen)
    if model.access in (Access.WEIGHTS, Access.CROPPED):
        who.typed_path(place)
    large.put(model, key)


def _has_key(large: LargeModels, kind: str) -> bool:
    try:
        return bool(large.key(kind))
    except GenoviewError:
        return False


def _elsewhere(setup: Setup) -> str:
    variable = setup.key_variable
    return f"The environment variable {plain(variable)} takes precedence." if variable else ""


def _change(change: Callable[[LargeModels], None]) -> None:
    try:
        who.check_set_up()
        shell.bench().change_large(change)
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    st.rerun()
