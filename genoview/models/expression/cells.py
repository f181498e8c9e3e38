"""Cells that the promoter model predicts."""

CELLS = ("HepG2", "K562", "HeLa", "HUES64", "mESC")  # the order of the outputs
