"""Words of people, files and errors as words: the one way of them into Markdown."""

import re
from urllib.parse import quote

# Marks that mean something wherever they stand, and those that do beside some characters alone.
# A colon begins `:red[`, `:material/home:` and `:smile:`, and stays in chr20:43042364:C>T.
_MARKS = re.compile(r"[\\`*\[\]<~$|]|&(?=[#\w])|:(?=[a-z]{3}|(?!\d{5,}:)[\w+-]+:)|(?<!\w)_|_(?!\w)")
# Where a first mark would begin a heading, quotation, list or line.
_BLOCK = re.compile(r"(?=>|[+-](?:\s|-|$)|#{1,6}(?:\s|$))|\d{1,9}(?=[.)](?:\s|$))")
_URL = "%/:?#[]@!$&'*+,;=~"  # without ( and ), which would end it
# What Streamlit makes a link of by itself, whatever is escaped; a word joiner, unseen, parts it.
_LINK = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"
_BREAKS = re.compile(r"\s+")
# Not seen, or turning the direction of what is.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


def plain(words: object) -> str:
    """The words escaped for Markdown, in one line: they name no picture, link, style or formula."""
    line = _BREAKS.sub(" ", _UNSEEN.sub("", str(words))).strip()
    line = _LINK.sub(_JOINER, line)
    block = _BLOCK.match(line)
    if block is None:
        return _MARKS.sub(r"\\\g<0>", line)
    return line[: block.end()] + "\\" + _MARKS.sub(r"\\\g<0>", line[block.end() :])


def code(words: object) -> str:
    """The words in the type of code, in which no mark is escaped and a longer fence ends them."""
    line = _BREAKS.sub(" ", _UNSEEN.sub("", str(words))).strip()
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line or ' '}{pad}{fence}"


def link(words: object, url: str) -> str:
    """A link that opens when it is clicked, to the web alone; else the words."""
    if not url.startswith(("https://", "http://")):
        return plain(words)
    return f"[{plain(words)}]({quote(url, safe=_URL)})"
