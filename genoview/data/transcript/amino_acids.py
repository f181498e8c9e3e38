"""The genetic code, and residues in one and in three letters."""

from itertools import product

_THREE = {
    "A": "Ala",
    "R": "Arg",
    "N": "Asn",
    "D": "Asp",
    "C": "Cys",
    "Q": "Gln",
    "E": "Glu",
    "G": "Gly",
    "H": "His",
    "I": "Ile",
    "L": "Leu",
    "K": "Lys",
    "M": "Met",
    "F": "Phe",
    "P": "Pro",
    "S": "Ser",
    "T": "Thr",
    "W": "Trp",
    "Y": "Tyr",
    "V": "Val",
    "*": "Ter",
}
_ONE = {three.upper(): letter for letter, three in _THREE.items()} | {"X": "*"}
RESIDUE_PATTERN = f"(?:{'|'.join(_THREE.values())}|[ARNDCQEGHILKMFPSTWYVX*])"
STANDARD = "ACDEFGHIKLMNPQRSTVWY"  # residues that a codon encodes, one letter each
_RESIDUES = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = dict(zip(map("".join, product("TCAG", repeat=3)), _RESIDUES, strict=True))  # NCBI table 1


def one_letter(residue: str) -> str:
    """`His`, `h` and `H` are H; `Ter`, `X` and `*` are *."""
    return _ONE.get(residue.upper(), residue.upper())


def three_letters(residues: str) -> str:
    """`H*` is HisTer."""
    return "".join(_THREE[residue] for residue in residues)


def translate(bases: str) -> str:
    """Residues of whole codons, up to and with the first stop."""
    residues = []
    for i in range(0, len(bases) - 2, 3):
        residues.append(CODE[bases[i : i + 3]])
        if residues[-1] == "*":
            break
    return "".join(residues)


def codons_of(residue: str) -> list[str]:
    """All that encode it."""
    return [codon for codon, encoded in CODE.items() if encoded == residue]
