"""PDB or mmCIF, also gzipped -> Structure; nothing of the file's text goes into an error.

Parsed by Biopython: Hamelryck & Manderick 2003, doi:10.1093/bioinformatics/btg299.
"""

import io
import re
import zlib
from pathlib import Path
from typing import Any, cast

import numpy as np
from Bio.Data.PDBData import protein_letters_3to1_extended
from Bio.PDB.MMCIF2Dict import MMCIF2Dict
from Bio.PDB.MMCIFParser import MMCIFParser
from Bio.PDB.PDBExceptions import PDBConstructionException
from Bio.PDB.PDBParser import PDBParser

from genoview.data.input.decoding import FAULTS
from genoview.data.protein.structure import Atom, Residue, Structure
from genoview.errors import GenoviewError

SUFFIXES = ("pdb", "ent", "cif", "mmcif", "gz")
MOST_BYTES = 32_000_000  # unpacked; AlphaFold DB's largest human model has 3.6 MB
MOST_ATOMS = 200_000
MOST_NAME = 60  # characters of a title
FARTHEST = 9_999.0  # Å, what PDB's columns hold
WATER = {"HOH", "WAT", "DOD"}
GZIP = b"\x1f\x8b"
_NAME = re.compile(r"[A-Za-z0-9+*'_\-]{1,8}")


class StructureError(GenoviewError):
    """A file of a structure cannot be read, or does not fit."""


def read_path(path: Path) -> Structure:
    """A file of this machine.

    Raises:
        StructureError: it cannot be read as a structure.
    """
    try:
        if not path.is_file():
            raise StructureError(f"{_short(path.name)} is no file: give a PDB or mmCIF file.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StructureError(f"{_short(path.name)} cannot be read: {error.strerror}.") from error
    return read_structure(content, path.name)


def read_structure(content: bytes, title: str) -> Structure:
    """The first model, without water; of alternative places of an atom the likeliest.

    Raises:
        StructureError: it is none, too large, damaged or without a protein.
    """
    title = _short(title)
    text = _text(content, title)
    is_cif = _is_cif(text)
    if not is_cif and not re.search(r"^(?:ATOM  |HETATM)", text, re.MULTILINE):
        raise StructureError(
            f"{title} is neither PDB nor mmCIF: a structure with atoms was expected."
        )
    try:
        parser = cast(Any, MMCIFParser if is_cif else PDBParser)(QUIET=True)
        models = list(parser.get_structure("", io.StringIO(text)))
        residues = tuple(_residues(models[0])) if models else ()
        said = _says_plddt_cif(text) if is_cif else _says_plddt_pdb(text)
    except (PDBConstructionException, *FAULTS) as error:
        kind = "mmCIF" if is_cif else "PDB"
        raise StructureError(
            f"{title} is damaged, or no {kind} file that can be read: save it again from its "
            "source."
        ) from error
    structure = Structure(title, residues, False, len(models))
    if not structure.chains:
        raise StructureError(f"{title} has no protein: amino acids with atoms were expected.")
    _check_places(structure)
    return Structure(title, residues, said and _are_plddt(residues), len(models))


def _text(content: bytes, title: str) -> str:
    if content.startswith(GZIP):
        content = _unpacked(content, title)
    if len(content) > MOST_BYTES:
        raise StructureError(
            f"{title} is larger than {MOST_BYTES // 10**6} MB: give one chain or domain of it."
        )
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise StructureError(f"{title} is no text: a PDB or mmCIF file was expected.")
    return text


def _unpacked(content: bytes, title: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        return unpacker.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise StructureError(f"{title} is damaged: gzip cannot unpack it.") from error


def _is_cif(text: str) -> bool:
    first = (line for line in text[:100_000].split("\n") if line.strip() and line[0] != "#")
    return next(first, "").lower().startswith("data_")


def _residues(model: Any) -> list[Residue]:
    residues, n_atoms = list[Residue](), 0
    for residue in model.get_residues():
        name = residue.get_resname().strip().upper()
        if name in WATER:
            continue
        atoms = tuple(_atom(atom) for atom in residue if atom.element not in ("H", "D"))
        n_atoms += len(atoms)
        if n_atoms > MOST_ATOMS:
            raise StructureError(
                f"The structure has more than {MOST_ATOMS:,} atoms: give one chain or domain of it."
            )
        if atoms:
            _, number, insertion = residue.id
            residues.append(
                Residue(
                    _checked(residue.get_parent().id),
                    int(number),
                    insertion.strip()[:1],
                    _checked(name),
                    _letter(name, atoms),
                    atoms,
                )
            )
    return residues


def _letter(name: str, atoms: tuple[Atom, ...]) -> str:
    """Of what has a backbone; a free ligand that is an amino acid has none of a chain."""
    letter = str(protein_letters_3to1_extended.get(name.ljust(3), ""))
    return letter if any(atom.name == "CA" for atom in atoms) else ""


def _atom(atom: Any) -> Atom:
    x, y, z = (float(value) for value in atom.coord)
    element = str(atom.element or "").strip().capitalize()[:2]
    return Atom(_checked(atom.get_id()), element, (x, y, z), float(atom.bfactor or 0.0))


def _checked(name: str) -> str:
    """A short name, as it goes into pages and files; anything else is damage."""
    name = str(name).strip()
    if name and not _NAME.fullmatch(name):
        raise ValueError("a name of a chain, residue or atom")
    return name


def _check_places(structure: Structure) -> None:
    places = structure.positions
    if not np.isfinite(places).all() or np.abs(places).max() > FARTHEST:
        raise StructureError(
            f"{structure.title} is damaged: atoms lie beyond {FARTHEST:,.0f} Å, or nowhere."
        )


def _says_plddt_cif(text: str) -> bool:
    """By the category of predicted structures (ModelCIF)."""
    if "_ma_qa_metric." not in text:
        return False
    named = cast(Any, MMCIF2Dict)(io.StringIO(text)).get("_ma_qa_metric.name", [])
    return any(name.lower() == "plddt" for name in named)


def _says_plddt_pdb(text: str) -> bool:
    """By the title that AlphaFold DB writes."""
    titles = re.findall(r"^TITLE (.*)$", text, re.MULTILINE)
    return any("ALPHAFOLD" in title.upper() for title in titles)


def _are_plddt(residues: tuple[Residue, ...]) -> bool:
    return all(0 <= residue.b_factor <= 100 for residue in residues if residue.letter)


def _short(name: str) -> str:
    name = "".join(c for c in name if c.isprintable())
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"
