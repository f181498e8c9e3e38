"""Structures of proteins: PDB and mmCIF files, and AlphaFold DB."""
