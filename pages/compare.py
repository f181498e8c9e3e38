"""Compare: models of one family on one locus or variant, on scored files, and as measured."""

from genoview.ui import (
    board,
    compare,
    compare_runs,
    compare_tables,
    compare_truth,
    effects,
    search,
    shell,
)

shell.title("Compare", "Where models of one family agree, and where they do not")
state = compare.with_family(shell.state())
request = search.box(state, wants_variant=None)
compare.choice(state)
if request is not None:
    effects.headline(request)
    board.show(request, state, above=compare.summary, below=compare_tables.show)
compare_runs.show(state)
compare_truth.show(state)
