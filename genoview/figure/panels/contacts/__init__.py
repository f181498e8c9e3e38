"""Rows of contact maps."""
