"""Explore: the genes, the sequence and every predicted track of a locus."""

from genoview.ui import board, effects, first_page, search, shell

state = shell.state()
shell.title("Explore", "Predicted expression, splicing and binding along the genome")
request = search.box(state)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    effects.headline(request)
    board.show(request, state, above=effects.sentence, below=effects.tables)
