"""Models and data: what predicts, on what, with which licence; genomes, tracks and the cache."""

from genoview.ui.access.library import account
from genoview.ui.models import cache, cells, genomes_table, loaded, models_table, tracks_table
from genoview.ui.page import shell

shell.title("Models and data", "What predicts, from which data, under which licence")
cells.style()
models_table.show()
loaded.show()
genomes_table.show()
tracks_table.show()
cache.show()
account()
