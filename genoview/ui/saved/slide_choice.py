"""Which saved loci are presented, in which order: ticked on their cards, moved in a list."""

import urllib.parse

import streamlit as st

from genoview.store import SavedLoci, SavedLocus
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.present.slides import MOST_SLIDES, Slides

CHOSEN = "slides_chosen"  # of the session: short ids in their order


def box(locus: SavedLocus) -> None:
    """On its card: whether a locus is presented, and as which."""
    ids = _chosen()
    place = f" ({ids.index(locus.short_id) + 1})" if locus.short_id in ids else ""
    key = f"slide-{locus.short_id}"
    st.session_state[key] = bool(place)
    full = len(ids) >= MOST_SLIDES and not place
    st.checkbox(
        plain(f"Present{place}"), key=key, on_change=_tick, args=(locus.short_id,), disabled=full
    )


def bar(loci: SavedLoci) -> None:
    """The chosen ones in their order, a button that presents them, and the link that does so."""
    known = {id_: locus for id_ in _chosen() if (locus := loci.by_short_id(id_)) is not None}
    st.session_state[CHOSEN] = list(known)  # one that was deleted leaves the list
    if not known:
        return
    params = Slides(tuple(known)).params
    with st.container(border=True, key="slides"):
        for i, locus in enumerate(known.values()):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{i + 1}. {locus.name}")
                key = f"slide-up-{i}"
                st.button("↑", key=key, on_click=_raise, args=(i,), disabled=i == 0)
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Start the presentation", type="primary", key="present"):
                st.switch_page(shell.PAGES["explore"][0], query_params=params)
            st.button("Choose none", key="slides_none", on_click=_chosen().clear)
        st.code(f"{shell.base_url()}/?{urllib.parse.urlencode(params)}", language=None)
        st.caption("The link opens the presentation in any browser on this server.")


def _tick(short_id: str) -> None:
    """As the box says: it is also called for one that comes back with a search."""
    ids = _chosen()
    if not st.session_state[f"slide-{short_id}"]:
        ids[:] = [each for each in ids if each != short_id]
    elif short_id not in ids:
        ids.append(short_id)


def _raise(i: int) -> None:
    ids = _chosen()
    ids[i - 1], ids[i] = ids[i], ids[i - 1]


def _chosen() -> list[str]:
    ids: list[str] = st.session_state.setdefault(CHOSEN, [])
    return ids
