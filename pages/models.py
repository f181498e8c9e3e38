"""Models and data: what predicts, on what, with which licence; genomes and the cache."""

from genoview.ui import catalogue, extras, shelf, shell

shell.title("Models and data", "What predicts, from which data, under which licence")
catalogue.models()
shelf.show()
shelf.loaded()
extras.show()
catalogue.genomes()
catalogue.cache()
