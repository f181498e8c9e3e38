"""PDB and mmCIF -> Structure, and one clear sentence for what is none."""

import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from genoview.io.structure import reader
from genoview.io.structure.reader import StructureError, read_path, read_structure
from tests.support.files.made_structure import model_cif
from tests.support.paths import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "structure"
SEQUENCE = "MDIRQGPKEPFRDYVDRFYKTLRAEQASQEVKNWMTETLLVQNANPDCKTILKALGPGATLEEMMTACQG"  # of 1A8O
SECRET = "PATIENT-4711"


def atom(serial: int, name: str, residue: str, number: int, xyz: tuple[float, ...]) -> str:
    x, y, z = xyz
    return (
        f"ATOM  {serial:5d}  {name:<3} {residue} A{number:4d}    {x:8.3f}{y:8.3f}{z:8.3f}"
        f"  1.00 20.00           {name[0]}\n"
    )


@pytest.mark.parametrize("name", ["1A8O.pdb.gz", "1A8O.cif.gz"])
def test_a_real_structure_is_read_from_both_formats(name: str) -> None:
    structure = read_path(FOLDER / name)
    assert structure.sequence("A") == SEQUENCE
    assert not structure.has_plddt
    assert structure.n_models == 1
    first, second = structure.residues[:2]
    assert (first.name, first.letter, first.number) == ("MSE", "M", 151)  # modified methionine
    assert second.title == "Asp152"
    alpha = next(atom for atom in second.atoms if atom.name == "CA")
    assert alpha.position == pytest.approx((21.835, 36.306, 28.144))
    assert alpha.b_factor == pytest.approx(20.88)
    assert "HOH" not in {residue.name for residue in structure.residues}


def test_both_formats_give_the_same_atoms() -> None:
    pdb, cif = (read_path(FOLDER / f"1A8O.{end}.gz") for end in ("pdb", "cif"))
    assert pdb.residues == cif.residues


def test_plddt_is_what_a_predicted_structure_says_it_is() -> None:
    structure = read_structure(model_cif("MTEYK", [91.5]), "AF.cif")
    assert structure.has_plddt
    assert structure.residues[0].b_factor == 91.5


def test_b_factors_beyond_100_are_no_plddt() -> None:
    assert not read_structure(model_cif("MTEYK", [120.0]), "AF.cif").has_plddt


def test_a_pdb_of_alphafold_says_so_in_its_title() -> None:
    title = "TITLE     ALPHAFOLD MONOMER V2.0 PREDICTION FOR SOMETHING (P00000)\n"
    text = atom(1, "CA", "GLY", 1, (0, 0, 0))
    assert read_structure((title + text).encode(), "a.pdb").has_plddt
    assert not read_structure(text.encode(), "a.pdb").has_plddt


def test_hydrogen_and_water_are_left_out() -> None:
    lines = [atom(1, "CA", "GLY", 1, (0, 0, 0)), atom(2, "H", "GLY", 1, (1, 0, 0))]
    lines += [atom(3, "O", "HOH", 2, (2, 0, 0))]
    structure = read_structure("".join(lines).encode(), "a.pdb")
    assert [(r.name, len(r.atoms)) for r in structure.residues] == [("GLY", 1)]


DAMAGED = {
    "empty": b"",
    "text": f"{SECRET} wrote a letter\n".encode(),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "numbers": atom(1, "CA", "GLY", 1, (0, 0, 0)).replace("0.000", SECRET[:5]).encode(),
    "cif without atoms": f"data_x\n_entry.id {SECRET}\n".encode(),
    "cif cut in its table": gzip.decompress((FOLDER / "1A8O.cif.gz").read_bytes())[:1_500],
    "cut gzip": (FOLDER / "1A8O.pdb.gz").read_bytes()[:20],
    "gzip of noise": b"\x1f\x8b" + bytes(range(256)),
    "ions": atom(1, "ZN", " ZN", 1, (0, 0, 0)).encode(),
    "far": atom(1, "CA", "GLY", 1, (0, 0, 0)).replace("   0.000", "     nan").encode(),
    "script as a name": atom(1, "CA", "GLY", 1, (0, 0, 0)).replace("CA ", "<b>").encode(),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_none_gets_one_sentence_without_its_content(name: str) -> None:
    with pytest.raises(StructureError) as error:
        read_structure(DAMAGED[name], "mine.pdb")
    words = str(error.value)
    assert words.startswith("mine.pdb ")
    assert words.count("\n") == 0
    assert SECRET[:5] not in words


@given(some.binary(max_size=200), some.integers(0, 2_000))
def test_damage_anywhere_is_an_error_of_ours_or_none(noise: bytes, at: int) -> None:
    text = gzip.decompress((FOLDER / "1A8O.pdb.gz").read_bytes())[:4_000]
    with suppress(StructureError):
        read_structure(text[:at] + noise + text[at + len(noise) :], "mine.pdb")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 2_000_000)
    with pytest.raises(StructureError, match="larger than 2 MB"):
        read_structure(gzip.compress(bytes(50_000_000)), "bomb.pdb.gz")


def test_too_many_atoms_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ATOMS", 100)
    with pytest.raises(StructureError, match="more than 100 atoms"):
        read_path(FOLDER / "1A8O.pdb.gz")


def test_a_path_that_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StructureError, match=r"gone\.pdb is no file"):
        read_path(tmp_path / "gone.pdb")
