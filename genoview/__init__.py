"""Genome tracks predicted by sequence models, for a locus or a variant."""

__version__ = "0.1.0"
