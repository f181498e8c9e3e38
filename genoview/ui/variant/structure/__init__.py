"""A changed residue in a structure of its protein."""

from genoview.ui.variant.structure.panel import show, structure_facts

__all__ = ["show", "structure_facts"]
