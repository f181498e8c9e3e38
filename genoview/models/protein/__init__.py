"""Masked language models of proteins."""
