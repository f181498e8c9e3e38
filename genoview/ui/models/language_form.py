"""Setting up a language model: where it is, what it predicts, and whether its own code may run."""

from collections.abc import Callable

import streamlit as st

from genoview.models.configured import LargeModels
from genoview.models.configured_file import USUAL_LANGUAGE_OUTPUTS, LargeModel
from genoview.models.entry import Setup
from genoview.models.language.cards import BASES, DEPENDENCIES, LANGUAGE_OUTPUTS, SPANS
from genoview.models.language.dependency_map import WIDTH
from genoview.models.language.tokenizer import Scheme
from genoview.ui.access import who
from genoview.ui.plain import plain

OUTPUT_WORDS = {BASES: "Expected bases", DEPENDENCIES: f"Dependency map of {WIDTH} bp"}
CODE = (
    "Some repositories bring Python code that is needed to run the model. No page lets it run: on "
    "the command line of this computer, `genoview models use {kind} --place {place} --revision "
    "COMMIT --trust-code` does, with all the rights of genoview. Give the commit that you have "
    "read."
)
TRUSTED = "Code of its repository runs here, as somebody allowed on the command line."


def form(
    setup: Setup, model: LargeModel | None, change: Callable[[Callable[[LargeModels], None]], None]
) -> None:
    """Args: change: does something to what is set up, and draws the page anew."""
    kind = setup.card.name
    now = model or LargeModel(kind, "?", outputs=USUAL_LANGUAGE_OUTPUTS)
    with st.form(f"language-{kind}", border=False):
        place = st.text_input(
            plain(setup.place_label), model.place if model else "", placeholder=setup.place_example
        )
        revision = st.text_input("Revision", now.revision, placeholder="branch, tag or commit")
        outputs = st.multiselect(
            "What to predict", LANGUAGE_OUTPUTS, now.outputs, format_func=OUTPUT_WORDS.__getitem__
        )
        span = st.select_slider(
            "Bases at once",
            SPANS,
            now.span,
            format_func=lambda bp: f"{bp:,} bp",
            help="In the middle of what is in view, or around the variant. The model runs once for "
            f"each base, and {3 * WIDTH + 1} times for a dependency map: seconds each on a CPU "
            "where it is large.",
        )
        kinds = ["", *(scheme.value for scheme in Scheme)]
        scheme = st.selectbox(
            "Tokens",
            kinds,
            kinds.index(now.scheme),
            format_func=lambda name: name or "from the vocabulary",
        )
        st.caption(TRUSTED if now.trusted else plain(CODE.format(kind=kind, place="PLACE")))
        if not st.form_submit_button("Use it"):
            return

    is_same = (place.strip(), revision.strip()) == (now.place, now.revision)

    def put(large: LargeModels) -> None:
        large.put(
            LargeModel(
                kind,
                who.typed_place(place),
                outputs=tuple(output for output in LANGUAGE_OUTPUTS if output in outputs),
                revision=revision.strip(),
                trusted=now.trusted and is_same,
                scheme=scheme,
                span=span,
            )
        )

    change(put)
