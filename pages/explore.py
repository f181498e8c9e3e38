"""Explore: the genes, the sequence and every predicted track of a locus."""

from genoview.ui.explore import run_models
from genoview.ui.explore.measured import asking, chosen
from genoview.ui.page import first_page, search, shell
from genoview.ui.variant import page as variant_page
from genoview.ui.variant import tabs

state = shell.state()
shell.searched_title(
    "Explore", "Predicted expression, splicing and binding along the genome", state
)
request = search.box(state)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    variant_page.headline(request)
    asking.ask(request.assembly, state)
    run_models.show(request, state, above=variant_page.answer, below=tabs.show)
    chosen.watch(request.assembly, state)
