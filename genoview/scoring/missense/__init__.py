"""Scores of changed residues by language models of proteins."""
