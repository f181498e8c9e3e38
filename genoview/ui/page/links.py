"""A view -> its address, for another browser and for files."""

import re
from collections.abc import Sequence
from dataclasses import replace

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.figure.tracks.user_files import PREFIX as LOCAL
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState, text_of_bounds


def link(request: Request, state: ViewState, answers: Sequence[Answer], view: Interval) -> str:
    """`page?query` of the view, with the versions of the models that drew it."""
    page = "variant" if request.variant else ""  # the first page has no name in the address
    page = "compare" if state.family else page
    kept = _without_files(state)
    full = replace(kept, q=request.text, assembly=request.assembly, versions=versions(answers))
    at = "" if view == request.locus.interval else text_of_bounds(view.start, view.end)
    return f"{page}?{shell.query_string(replace(full, at=at))}"


def variant_link(query: str, assembly: str) -> str:
    """`variant?query` of a variant whose text is known."""
    return f"variant?{shell.query_string(ViewState(q=query, assembly=assembly))}"


def variant_address(query: str, assembly: str) -> str:
    """The same from `https://` on, for links of a table."""
    return f"{shell.base_url()}/{variant_link(query, assembly)}"


def _without_files(state: ViewState) -> ViewState:
    """Choices of local files stay here: another reader has not these files, nor their names."""
    return replace(
        state,
        hidden=tuple(i for i in state.hidden if not i.startswith(LOCAL)),
        order=tuple(i for i in state.order if not i.startswith(LOCAL)),
        rows=tuple(row for row in state.rows if not row[0].startswith(LOCAL)),
    )


def versions(answers: Sequence[Answer]) -> tuple[str, ...]:
    """`name:version` of each model that answered."""
    return tuple(f"{answer.card.name}:{answer.version}" for answer in answers)


def file_stem(request: Request) -> str:
    """`genoview_GRCh37-demo_chr20-43042364-C-T`: safe in every file system."""
    return re.sub(r"[^\w.-]+", "-", f"genoview_{request.assembly}_{request.text}").strip("-")
