"""Saved and history: loci kept with a name, and every past query."""

from genoview.ui.page import shell
from genoview.ui.saved import page as saved_page

shell.title("Saved and history", "Loci that you saved, and past queries")
saved_page.show()
