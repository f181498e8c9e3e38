"""No text of a person is Markdown or HTML: every `st.` call of the pages is walked.

What a call draws as Markdown has to be written in the code, a number, or words that went through
`plain`. What is neither is reported with its place.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PLACES = (ROOT / "pages", ROOT / "genoview/ui")
FILES = [ROOT / "app.py", *(path for place in PLACES for path in sorted(place.rglob("*.py")))]
DEEPEST = 12  # expressions in one another
# Streamlit's methods whose first argument is Markdown or HTML, and others with such words by name.
DRAWN = {
    *("badge", "button", "caption", "checkbox", "date_input", "download_button", "error"),
    *("expander", "feedback", "file_uploader", "form_submit_button", "header", "html", "info"),
    *("link_button", "markdown", "metric", "multiselect", "number_input", "pills", "popover"),
    *("radio", "segmented_control", "select_slider", "selectbox", "slider", "spinner", "status"),
    *("subheader", "success", "tabs", "text_area", "text_input", "time_input", "title", "toast"),
    *("toggle", "warning"),
}
OTHERS = {"progress", "container", "dataframe", "page_link"}
NAMED = {"label", "body", "text", "help", "caption", "captions"}
# Functions that escape, and those that give the files of this repository or numbers.
# HTML whose parts were looked at: `escape` is in a loop, or they are names of the code.
REVIEWED = (
    """f'<div class="gv-row gv-{kind}">{words}</div>'""",
    """f'<div class="gv-row gv-head gv-{kind}" aria-hidden="true">{cells}</div>'""",
    r"""f'<style>:root{{{names}}}\n{own}</style>'""",
    """f'<header class="{kind}"><h1>{escape(text)}</h1><p>{escape(subtitle)}</p></header>'""",
    """''.join(words) or '<p></p>'""",
    """f'<p class="gv-place">{deck.index + 1} of {len(deck.ids)}</p>'""",
    "_title(locus)",
    "alignment_html(lines, n_hidden(outcome), theme)",
    """f'<ul class="gv-marks" aria-label="Predicted changes">{items}</ul>'""",
)
TRUSTED = {"plain", "code", "link", "escape", "len", "sum", "round", "read_text", "with_name"}


class Scope:
    """What is assigned in a function and at the top of its module."""

    def __init__(self, function: ast.AST, module: ast.Module) -> None:
        self.module = module
        self.assigned: dict[str, list[ast.expr | None]] = {}
        for node in (*module.body, *ast.walk(function)):
            for name, value in assignments(node):
                self.assigned.setdefault(name, []).append(value)

    def is_safe(self, node: ast.expr | None, depth: int = 0) -> bool:
        """Whether an expression can be nothing but the code's own Markdown."""
        if node is None or depth > DEEPEST:
            return False
        parts = parts_of(node)
        if parts is not None:
            return all(self.is_safe(part, depth + 1) for part in parts)
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper():
                return True
            case ast.Name(id=name):
                values = self.assigned.get(name, [None])
                return all(self.is_safe(value, depth + 1) for value in values)
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name)):
                return name.isupper()
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                return name in TRUSTED or gives_markdown(name, self.module, depth + 1)
        return False


def assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            for target, each in zip(names, values, strict=False):
                yield ast.unparse(target), each
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.For(target=target) | ast.comprehension(target=target):
            yield from ((each.id, None) for each in ast.walk(target) if isinstance(each, ast.Name))
        case ast.arg(arg=name):
            yield name, None


def parts_of(node: ast.expr) -> list[ast.expr] | None:
    """The expressions of which all have to be safe; None of what is decided otherwise."""
    match node:
        case ast.Constant():
            return []
        case ast.JoinedStr(values=parts):
            return parts
        case ast.FormattedValue(value=value, format_spec=spec):
            return [] if is_number(spec) else [value]
        case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
            return [first, second]
        case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
            return values
        case ast.Starred(value=value):
            return [value]
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            return [element]
        case ast.Call(func=ast.Attribute(value=separator, attr="join"), args=[parts]):
            return [separator, parts]
        case ast.Call(func=ast.Attribute(value=text, attr="format"), keywords=given, args=args):
            return [text, *(each.value for each in given), *args]
        case ast.Call(func=ast.Attribute(value=text, attr="capitalize" | "removesuffix")):
            return [text]
        case ast.Call(func=ast.Name(id="filter"), args=[_, parts]):
            return [parts]
    return None


def is_number(spec: ast.expr | None) -> bool:
    """Whether a format such as `,.1f` turns a value into digits."""
    match spec:
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text[-1] in "dfge%,"
    return False


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


@cache
def gives_markdown(name: str, here: ast.Module, depth: int) -> bool:
    """Whether the function of that name, here or else on any page, returns safe Markdown alone."""
    own = list(returned(name, here))
    others = [each for module in modules().values() for each in returned(name, module)]
    known = own or others
    return bool(known) and all(scope.is_safe(value, depth) for scope, value in known)


def returned(name: str, module: ast.Module) -> Iterator[tuple[Scope, ast.expr | None]]:
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef) and function.name == name:
            scope = Scope(function, module)
            yield from (
                (scope, node.value) for node in ast.walk(function) if isinstance(node, ast.Return)
            )


def drawn(call: ast.Call, rooms: set[str]) -> Iterator[ast.expr]:
    """The arguments that Streamlit draws as Markdown, or as HTML."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if name in DRAWN | OTHERS:
            if owner not in rooms:
                yield from call.args[: name in DRAWN]
                yield from (each.value for each in call.keywords if each.arg in NAMED)


def unsafe(path: Path) -> Iterator[str]:
    module = modules()[path]
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    rooms = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (arguments := list(drawn(node, rooms))):
            around = [each for each in functions if each.lineno <= node.lineno <= end_of(each)]
            scope = Scope(max(around, key=lambda each: each.lineno, default=module), module)
            for argument in arguments:
                if not scope.is_safe(argument) and ast.unparse(argument) not in REVIEWED:
                    yield f"{path.name}:{argument.lineno}: {ast.unparse(argument)}"


def end_of(function: ast.FunctionDef) -> int:
    return function.end_lineno or function.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_pages_draw_is_their_own_words_or_plain(path: Path) -> None:
    found = list(unsafe(path))
    assert not found, "\n".join(found)
