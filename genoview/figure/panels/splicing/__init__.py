"""Rows of splice sites and junctions."""
