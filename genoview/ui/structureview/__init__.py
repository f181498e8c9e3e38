"""A protein structure in the browser, drawn by 3Dmol.js."""

from genoview.ui.structureview.component import StructureView, picked_place, structure_view

__all__ = ["StructureView", "picked_place", "structure_view"]
