"""Axes, scales, colours, marks and words around rows."""
