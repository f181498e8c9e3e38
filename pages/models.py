"""Models and data: what predicts, on what, with which licence; genomes and the cache."""

from genoview.ui.models import catalogue, configured_models, shelf
from genoview.ui.page import shell

shell.title("Models and data", "What predicts, from which data, under which licence")
catalogue.models()
shelf.show()
shelf.loaded()
configured_models.show()
catalogue.genomes()
catalogue.cache()
