"""Gene: which of its exons RNA has, in each tissue."""

from genoview.ui.gene import page as gene_page
from genoview.ui.page import search, shell

state = shell.state()
shell.searched_title("Gene", "Which of its exons RNA has, in each tissue of GTEx", state)
request = search.box(state, wants_variant=None, default=gene_page.FIRST)
if not state.q or request is None:
    gene_page.examples()
if request is not None:
    gene_page.show(request, state)
