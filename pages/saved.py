"""Saved and history: loci kept with a name, and every past query."""

from genoview.ui import library, shell

shell.title("Saved and history", "Loci that you kept, and what was asked before")
library.show()
