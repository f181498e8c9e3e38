"""Structure -> the reader's browser -> the residue that was picked: the Python side.

The browser is sent atoms that were parsed and written again here, never a file's own text. In the
page it goes to codons of the track view, and takes bases that are clicked there, by itself: see
trackview/wire/other_views.js.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import streamlit as st

from genoview.data.protein.structure import Residue, Structure
from genoview.scoring.structure.surroundings import BANDS
from genoview.ui.page.assets_route import MOLECULES_JS, assets_url

NAME = "genoview_structure"
STATE = "pick"
GZIP_LEVEL = 6
CHAIN_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MOST_DRAWN = 40_000  # atoms; beyond, the chain of the protein alone


@dataclass(frozen=True, slots=True)
class StructureView:
    """What is drawn.

    Attributes:
        chain: of the protein; it is drawn stronger than others.
        selected: place of the residue in sticks; None where the structure lacks it.
        near: places of its neighbours, in thin sticks.
        label: at the selected residue.
        words: what is seen, for a screen reader.
        codons: by number in the protein from 1 on, 0-based middle base on the chromosome.
        numbers: place of a residue -> number in the protein.
    """

    structure: Structure
    chain: str
    selected: int | None
    near: Sequence[int]
    label: str
    words: str
    codons: Sequence[int]
    numbers: Mapping[int, int]
    theme: Literal["light", "dark"] = "light"


@dataclass(frozen=True, slots=True)
class Pick:
    """A residue by its place, and when it was picked, in ms: the same may be picked again."""

    place: int
    at: int


def structure_view(view: StructureView, key: str) -> None:
    """Draw it; what the reader picks is in `last_pick` at the next run."""
    _component()(key=key, data=encode(view), on_pick_change=_nothing)


def last_pick(key: str, title: str) -> Pick | None:
    """What the reader picked in this structure; None before that."""
    state = st.session_state.get(key)
    sent = state.get(STATE) if isinstance(state, Mapping) else None
    match sent:
        case {"place": int() as place, "title": str() as of, "at": int() as at} if of == title:
            return Pick(place, at)
    return None


def encode(view: StructureView) -> bytes:
    """gzipped JSON; bytes, which Streamlit sends once where they stay the same."""
    drawn = _drawn(view)
    structure = view.structure
    plain = {
        "title": structure.title,
        "pdb": _pdb(structure, drawn),
        "places": [place for place, _ in drawn],
        "keys": [_key(structure.residues[place], chain) for place, chain in drawn],
        "chain": next((c for p, c in drawn if structure.residues[p].chain == view.chain), ""),
        "selected": view.selected,
        "near": list(view.near),
        "label": view.label,
        "words": view.words,
        "codons": list(view.codons),
        "numbers": [view.numbers.get(place) for place, _ in drawn],
        "names": [structure.residues[place].title for place, _ in drawn],
        "bands": _bands() if structure.has_plddt else [],
        "theme": view.theme,
    }
    return gzip.compress(json.dumps(plain, allow_nan=False).encode(), GZIP_LEVEL, mtime=0)


def _bands() -> list[dict[str, object]]:
    return [
        {"above": max(band.above, -1.0), "words": band.words, "colour": band.colour}
        for band in BANDS
    ]


def _drawn(view: StructureView) -> list[tuple[int, str]]:
    """Places, and a chain's name of one letter, as PDB has them."""
    residues = view.structure.residues
    chains = list(dict.fromkeys(residue.chain for residue in residues))
    chains.sort(key=lambda name: name != view.chain)  # stable
    n_atoms = sum(len(residue.atoms) for residue in residues)
    names = dict(zip(chains[:1] if n_atoms > MOST_DRAWN else chains, CHAIN_NAMES, strict=False))
    return [
        (place, names[residue.chain])
        for place, residue in enumerate(residues)
        if residue.chain in names and -999 <= residue.number <= 9_999
    ]


def _key(residue: Residue, chain: str) -> str:
    return f"{chain}:{residue.number}:{residue.insertion}"


def _pdb(structure: Structure, drawn: Sequence[tuple[int, str]]) -> str:
    """Lines of atoms in the columns of PDB 3.3."""
    lines, serial = list[str](), 0
    for place, chain in drawn:
        residue = structure.residues[place]
        record = "ATOM  " if residue.letter or residue.name.startswith("D") else "HETATM"
        for atom in residue.atoms:
            serial += 1
            x, y, z = atom.position
            name = atom.name if len(atom.name) > 3 or len(atom.element) > 1 else f" {atom.name}"
            b_factor = min(max(atom.b_factor, -99.0), 999.0)
            lines.append(
                f"{record}{serial % 100_000:5d} {name[:4]:<4} {residue.name[:3]:>3} {chain}"
                f"{residue.number:4d}{residue.insertion or ' '}   {x:8.3f}{y:8.3f}{z:8.3f}"
                f"{1:6.2f}{b_factor:6.2f}          {atom.element:>2}"
            )
    return "\n".join([*lines, "END", ""])


def _nothing() -> None:
    """Streamlit keeps a state of a component only where a callback is named."""


@cache
def _component() -> Any:
    """Registered at the first use, since that reads a file."""
    script = Path(__file__).with_name("bootstrap.js").read_text(encoding="utf-8")
    script = script.replace("__ASSETS__", assets_url()).replace("__MOLECULES__", MOLECULES_JS)
    return cast(Any, st.components.v2.component(NAME, js=script, isolate_styles=False))
