"""Structures made of helices of ideal shape, for the pages: nothing of them was predicted."""

import math
from collections.abc import Sequence

from genoview.data.transcript.amino_acids import three_letters
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.consequences import chosen_of, consequences_of
from genoview.report.structure import protein_of

RISE, TURN = 1.5, 100.0  # Å and degrees a residue
BACKBONE = {  # radius in Å, degrees and Å from CA
    "N": (1.55, -28.0, -0.9),
    "CA": (2.28, 0.0, 0.0),
    "C": (1.65, 27.0, 1.1),
    "O": (2.0, 29.0, 2.3),
    "CB": (3.3, -15.0, -0.4),
}
HELIX, APART, ROW = 20, 9.0, 6  # residues of a helix, Å between two, helices of a row
COLUMNS = [
    *("group_PDB", "id", "type_symbol", "label_atom_id", "label_alt_id", "label_comp_id"),
    *("label_asym_id", "label_entity_id", "label_seq_id", "pdbx_PDB_ins_code"),
    *("Cartn_x", "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv"),
    *("auth_seq_id", "auth_asym_id", "pdbx_PDB_model_num"),
]


def model_cif(protein: str, plddt: Sequence[float] = (97.0, 80.0, 60.0, 30.0)) -> bytes:
    """As AlphaFold DB writes it: ModelCIF, B-factors as pLDDT, here in stretches of a helix."""
    rows, serial = [], 0
    for i, letter in enumerate(protein):
        for name, place in _atoms(i).items():
            if name == "CB" and letter == "G":
                continue
            serial += 1
            xyz = " ".join(f"{value:.3f}" for value in place)
            value = plddt[i // HELIX % len(plddt)]
            residue = three_letters(letter).upper()
            rows.append(
                f"ATOM {serial} {name[0]} {name} . {residue} A 1 {i + 1} ? {xyz} 1.0 {value} "
                f"{i + 1} A 1"
            )
    metric = "loop_\n_ma_qa_metric.id\n_ma_qa_metric.mode\n_ma_qa_metric.name\n1 global pLDDT\n"
    head = "".join(f"_atom_site.{name}\n" for name in COLUMNS)
    lines = ["data_AF-MADE-F1", "#", f"{metric}2 local pLDDT", "#", f"loop_\n{head}" + rows[0]]
    return "\n".join([*lines, *rows[1:], "#", ""]).encode()


def _atoms(i: int) -> dict[str, tuple[float, float, float]]:
    helix, along = divmod(i, HELIX)
    row, column = divmod(helix, ROW)
    column = ROW - 1 - column if row % 2 else column
    up = along if helix % 2 == 0 else HELIX - 1 - along
    atoms = {}
    for name, (radius, degrees, beyond) in BACKBONE.items():
        angle = math.radians(TURN * up + degrees)
        atoms[name] = (
            column * APART + radius * math.cos(angle),
            row * APART + radius * math.sin(angle),
            up * RISE + beyond,
        )
    return atoms


def protein_at(query: str, assembly: Assembly) -> str:
    """Of the transcript that a variant is read on first."""
    variant = resolve(query, assembly).variant
    assert variant is not None
    chosen = chosen_of(consequences_of(variant, assembly), "")
    assert chosen is not None
    return protein_of(chosen.named.transcript, assembly.reference.fetch)
