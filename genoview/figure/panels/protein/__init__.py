"""Drawings along a protein."""
