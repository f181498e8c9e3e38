"""Compare: models of one family on one locus or variant, on scored files, and as measured."""

from genoview.ui.compare import measured_variants, scored_files, tables
from genoview.ui.compare import page as compare_page
from genoview.ui.explore import run_models
from genoview.ui.explore.measured import asking, chosen
from genoview.ui.page import search, shell
from genoview.ui.variant import page as variant_page

state = compare_page.with_family(shell.state())
shell.searched_title("Compare", "Where models of one family agree, and where they do not", state)
request = search.box(state, wants_variant=None)
compare_page.choice(state)
if request is not None:
    variant_page.headline(request)
    asking.ask(request.assembly, state)
    run_models.show(request, state, above=compare_page.summary, below=tables.show)
    chosen.watch(request.assembly, state)
scored_files.show(state)
measured_variants.show(state)
