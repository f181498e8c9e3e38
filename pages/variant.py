"""Variant: reference against alternate allele, and the largest differences in words."""

from genoview.ui.explore import run_models
from genoview.ui.explore.measured import asking, chosen
from genoview.ui.page import first_page, search, shell
from genoview.ui.variant import names, tabs
from genoview.ui.variant import page as variant_page

state = shell.state()
shell.searched_title(
    "Variant", "What a variant changes: protein, splicing, expression, binding, predicted", state
)
request = search.box(state, wants_variant=True)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    names.show(request)
    asking.ask(request.assembly, state)
    run_models.show(request, state, above=variant_page.answer, below=tabs.show)
    chosen.watch(request.assembly, state)
