"""Variant: reference against alternate allele, and the largest differences in words."""

from genoview.ui.explore import run_models
from genoview.ui.explore.measured import asking, chosen
from genoview.ui.page import first_page, search, shell
from genoview.ui.variant import measured, names
from genoview.ui.variant import page as variant_page

state = shell.state()
shell.title("Variant", "What changes between the reference and the alternate allele")
request = search.box(state, wants_variant=True, beside=measured.offer)
if not state.q or request is None:
    first_page.examples()
if request is not None:
    names.show(request)
    asking.ask(request.assembly, state)
    measured.show(request, state)
    run_models.show(request, state, above=variant_page.sentence, below=variant_page.tables)
    chosen.watch(request.assembly, state)
