"""Batch: a file or a list of variants, scored in the background, as a table and as files."""

from genoview.ui.batch import page as batch_page
from genoview.ui.page import shell

shell.title("Batch", "Scores of many variants: a VCF, or a list")
batch_page.show()
