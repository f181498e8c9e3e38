"""Words from elsewhere in Markdown."""

import re


def escaped(words: str) -> str:
    """The words escaped for Markdown; `->` and `_` need no escape."""
    return re.sub(r"([\\`*_{}\[\]<>#~$:])", r"\\\1", words)
