"""Tracks of a model that is being set up: tissues, assays and factors, before any request.

The model's own metadata --List its tracks--> picker --Use this choice--> Choice of the settings
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from genoview.data.ontology import Choice as Picked
from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import GenoviewError
from genoview.models.alphagenome.outputs import OUTPUTS
from genoview.models.alphagenome.track_filter import MOST_TRACKS, Choice, TrackFacts
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.registry import setups
from genoview.ui.explore.track_picker import Setting, picker
from genoview.ui.plain import plain

MOST_TISSUES = 1_000
ASSAYS = {assay.label: assay for assay in Assay}
Change = Callable[[Callable[[LargeModels], None]], None]


@dataclass(frozen=True)
class Listed:
    """What a model reports of its tracks, prepared once for the picker.

    Attributes:
        terms: what a biosample is chosen by, of its id in the picker's tree.
    """

    facts: Mapping[str, tuple[TrackFacts, ...]]
    tracks: tuple[TrackMetadata, ...]
    terms: Mapping[str, str]
    assays: Mapping[str, int]

    @classmethod
    def of(cls, facts: Mapping[str, tuple[TrackFacts, ...]]) -> "Listed":
        every = [(output, track) for output, of_output in facts.items() for track in of_output]
        terms = {_id(track): track.term for _, track in every if track.term}
        assays = Counter(track.assay for _, track in every if track.assay)
        return cls(
            facts,
            tuple(_track(output, track) for output, track in every),
            terms,
            dict(sorted(assays.items())),
        )


def _track(output: str, facts: TrackFacts) -> TrackMetadata:
    assay = OUTPUTS[output].assay if output in OUTPUTS else ASSAYS.get(facts.assay, Assay.RNA_SEQ)
    biosample = (
        Biosample(_id(facts), facts.biosample or facts.tissue or facts.curie)
        if facts.term
        else None
    )
    words = ", ".join(filter(None, (facts.words, facts.assay, facts.name)))
    return TrackMetadata(words, assay, facts.strand, "", biosample, group=facts.factor)


def _id(facts: TrackFacts) -> str:
    """The ontology term; of a biosample without one, a stand-in of its name."""
    return facts.curie or f"NAMED:{hashlib.sha256(facts.term.encode()).hexdigest()[:12]}"


def show(model: LargeModel, large: LargeModels, change: Change) -> None:
    """The button that asks the model; then the picker, and the button that takes the choice.

    Args:
        change: applies a change of the settings, and draws the page anew.
    """
    key = f"facts-{model.kind}-{model.place}-{model.organism}-{'-'.join(model.outputs)}"
    if st.button("List its tracks", key=f"list-{model.kind}"):
        try:
            st.session_state[key] = Listed.of(large.facts(model))
        except GenoviewError as error:
            st.error(plain(error), icon=":material/error:")
    listed: Listed | None = st.session_state.get(key)
    if listed is not None:
        _choose(model, listed, change)


def _choose(model: LargeModel, listed: Listed, change: Change) -> None:
    draft = f"draft-{model.kind}"
    chosen: Choice = st.session_state.setdefault(draft, model.choice)
    ids = {term: curie for curie, term in listed.terms.items()}

    def commit(picked: Picked) -> None:
        terms = tuple(listed.terms[curie] for curie in picked.curies)
        st.session_state[draft] = replace(chosen, terms=terms, factors=picked.factors)

    known = tuple(ids[term] for term in chosen.terms if term in ids)
    setting = Setting(
        f"setup-{model.kind}", "all are requested", MOST_TISSUES, "can be chosen", has_assays=False
    )
    picker(listed.tracks, Picked(known, (), chosen.factors), commit, None, setting)
    _assays(model, listed, chosen, draft)
    _counts(chosen, listed)
    if st.button(
        "Use this choice",
        key=f"take-{model.kind}",
        type="primary",
        disabled=chosen == model.choice,
        help="Saved; requested from the next view on.",
    ):
        changed = replace(model, choice=st.session_state.pop(draft))
        change(lambda large: large.put(changed))


def _assays(model: LargeModel, listed: Listed, chosen: Choice, draft: str) -> None:
    """Choice of assays by the model's titles, such as total RNA-seq and polyA plus RNA-seq."""
    key = f"setup-{model.kind}_titles"
    st.session_state[key] = [name for name in chosen.assays if name in listed.assays]

    def take() -> None:
        st.session_state[draft] = replace(chosen, assays=tuple(st.session_state[key]))

    st.multiselect(
        "Assays",
        list(listed.assays),
        key=key,
        format_func=lambda name: f"{name} · {listed.assays[name]:,}",
        placeholder="All",
        on_change=take,
    )


def _counts(chosen: Choice, listed: Listed) -> None:
    """How many tracks each output would have, and which have too many or none."""
    words = []
    for name, facts in listed.facts.items():
        n = len(chosen.columns(facts))
        title = OUTPUTS[name].assay.label if name in OUTPUTS else setups()[name].card.title
        too_many = f" (at most {MOST_TRACKS} are requested)" if n > MOST_TRACKS else ""
        words.append(f"{title} {n:,} of {len(facts):,}{too_many}")
    st.caption(f"Tracks: {'; '.join(words)}.")
