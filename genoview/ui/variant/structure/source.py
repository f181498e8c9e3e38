"""Which structure is shown of a gene's protein: AlphaFold DB's, on consent, or a person's own file.

A person's file stays in the session, as tracks of their own do: in no link and no cache.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from genoview.data.input.decoding import file_name_of
from genoview.data.protein.structure import Structure
from genoview.errors import GenoviewError
from genoview.io.structure.alphafold import CITATION, LICENCE, SERVICE, TITLE
from genoview.io.structure.reader import MOST_BYTES, SUFFIXES, read_path, read_structure
from genoview.report.structure import MadeFrom
from genoview.runtime.structures import Structures, structures_of
from genoview.ui.access import who
from genoview.ui.page import shell
from genoview.ui.plain import link, plain
from genoview.ui.variant.structure import fetching
from genoview.ui.variant.structure.fetching import PROBLEM

OWN = "own_structures"  # of the session: structures by gene
ROUND = "structure_round"  # of the session: counts uploads, for an empty field after each
PROMISE = "A file of your own stays in this session: it is in no link and no cache."


def source_of(gene: str) -> MadeFrom | None:
    """What is shown of this gene, if anything is here.

    Raises:
        GenoviewError: what is here is damaged.
    """
    own: Structure | None = st.session_state.get(OWN, {}).get(gene)
    if own is not None:
        return MadeFrom(own, own.title, "")
    structures = _structures()
    accession = structures.accession_of(gene)
    if not accession or not structures.kept(accession):
        return None
    return MadeFrom(structures.open(accession), structures.words(accession), accession)


def offer(gene: str, protein: str) -> None:
    """How a structure comes here, where none is."""
    structures = _structures()
    accession = structures.accession_of(gene)
    with st.container(border=True):
        if accession and structures.is_allowed:
            fetching.offer(structures, accession, gene, protein)
        elif accession:
            st.markdown(
                f"{TITLE} may have {plain(gene)} ({plain(accession)}), but the settings have "
                "`network = false`: give a file of your own."
            )
        else:
            st.markdown(
                f"No UniProt accession of {plain(gene)} is known here: type it, or give a file."
            )
        menu(gene, accession)
    problem(gene)


def menu(gene: str, accession: str) -> None:
    """Another accession, a file of one's own, and what is here taken away."""
    structures = _structures()
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Another structure", type="tertiary", width="content"):
            _fields(gene)
        if accession:
            st.markdown(
                f":small[{link(f'{accession} at {TITLE}', f'{SERVICE}/entry/{accession}')}]"
            )
        elif gene:
            st.markdown(f":small[{link(f'Search {TITLE}', f'{SERVICE}/search/text/{gene}')}]")
        if gene in st.session_state.get(OWN, {}):
            st.button("Remove", type="tertiary", on_click=_drop, args=(gene,), key="structure-drop")
        elif accession and structures.kept(accession):
            st.button(
                "Remove",
                type="tertiary",
                help="Delete it from the cache of this machine.",
                on_click=structures.remove,
                args=(accession,),
                key="structure-remove",
            )


def problem(gene: str) -> None:
    """Why the last act led nowhere, once."""
    of, words = st.session_state.pop(PROBLEM, ("", ""))
    if words and of == gene:
        st.warning(plain(words), icon=":material/error:")


def notice() -> None:
    """Licence and citation of AlphaFold DB."""
    st.caption(
        f"{TITLE}: {LICENCE}, Google DeepMind and EMBL-EBI. {plain(CITATION)}. A predicted "
        "structure is of the protein without the change."
    )


def _fields(gene: str) -> None:
    st.text_input(
        f"UniProt accession of {plain(gene)}",
        key="structure_accession",
        placeholder="P41235",
        help="It is remembered for the gene on this machine.",
        on_change=_take_accession,
        args=(gene,),
    )
    round_key = f"structure_upload_{st.session_state.get(ROUND, 0)}"
    st.file_uploader(
        "Or a PDB or mmCIF file",
        type=list(SUFFIXES),
        max_upload_size=MOST_BYTES // 10**6,
        key=round_key,
        on_change=_take_upload,
        args=(gene, round_key),
    )
    if who.may_name_paths():
        st.text_input(
            "Or the path of such a file on the machine that runs genoview",
            key="structure_path",
            placeholder="/data/1abc.cif",
            on_change=_take_path,
            args=(gene,),
        )
    st.caption(PROMISE)


def _take_accession(gene: str) -> None:
    text = str(st.session_state["structure_accession"])
    if not text.strip():
        return
    st.session_state["structure_accession"] = ""
    try:
        _structures().choose(gene, text)
        _drop(gene)
    except GenoviewError as error:
        st.session_state[PROBLEM] = (gene, str(error))


def _take_upload(gene: str, key: str) -> None:
    upload: UploadedFile | None = st.session_state.get(key)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    if upload is not None:
        name = file_name_of(upload.name)
        _take(gene, lambda: read_structure(bytes(upload.getbuffer()), name))


def _take_path(gene: str) -> None:
    text = str(st.session_state["structure_path"])
    if text.strip():
        st.session_state["structure_path"] = ""
        _take(gene, lambda: read_path(who.typed_path(text)))


def _take(gene: str, read: Callable[[], Structure]) -> None:
    try:
        st.session_state.setdefault(OWN, {})[gene] = read()
    except GenoviewError as error:
        st.session_state[PROBLEM] = (gene, str(error))


def _drop(gene: str) -> None:
    st.session_state.get(OWN, {}).pop(gene, None)


def _structures() -> Structures:
    return structures_of(shell.bench())
