"""A protein structure in the browser, drawn by 3Dmol.js."""

from genoview.ui.structureview.component import Pick, StructureView, last_pick, structure_view

__all__ = ["Pick", "StructureView", "last_pick", "structure_view"]
