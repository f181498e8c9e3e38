"""Proteins: their structures."""
