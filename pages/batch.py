"""Batch: a file or a list of variants, scored in the background, as a table and as files."""

from genoview.ui import batch, shell

shell.title("Batch", "Scores of many variants: a VCF, or a list")
batch.show()
