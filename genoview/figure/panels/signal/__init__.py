"""Rows of values along the genome."""
