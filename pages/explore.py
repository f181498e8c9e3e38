"""Explore: the genes, the sequence and every predicted track of a locus."""

from genoview.ui import board, first_page, search, shell

state = shell.state()
shell.title("Explore", "Predicted expression, splicing and binding along the genome")
request = search.box(state)
if request is not None and request.variant is not None:
    shell.go("variant", state)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    board.show(request, state)
