"""Variant: reference against alternate allele, and the largest differences in words."""

from genoview.ui import board, effects, first_page, search, shell

state = shell.state()
shell.title("Variant", "What changes between the reference and the alternate allele")
request = search.box(state, wants_variant=True)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    effects.headline(request)
    board.show(request, state, above=effects.sentence, below=effects.tables)
