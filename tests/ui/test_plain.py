"""Words as words: whatever a person types is shown as it was typed."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from genoview.ui.plain import code, link, plain

MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
WORDS = st.text(st.sampled_from(list("![]()<>*_~`#$:|&-+.=\\ \n\t1aB/{}\"'")), max_size=40)
# What Streamlit adds: `:red[x]`, `:smile:`, `:material/home:`, `$x$`.
ADDED = re.compile(r"(?<!\\):([a-z][\w-]{2,}|[\w+-]+:|material/)|(?<!\\)\$")


def shown(text: str) -> str:
    return MARKDOWN.render(text).strip()


@given(WORDS)
def test_markdown_of_any_marks_is_one_paragraph_of_the_same_words(text):
    html = shown(plain(text))
    words = " ".join(text.split())
    expected = escape(words, quote=False).replace('"', "&quot;")
    assert html == (f"<p>{expected}</p>" if words else "")


@given(WORDS)
def test_in_the_middle_of_a_sentence_too(text):
    words = " ".join(text.split())
    expected = escape(words, quote=False).replace('"', "&quot;")
    assert shown(f"**Name** a {plain(text)} b") == (f"<p><strong>Name</strong> a {expected} b</p>")


@given(WORDS)
def test_code_holds_any_words(text):
    words = " ".join(text.split())
    inner = re.fullmatch(r"<p>a <code>(.*)</code> b</p>", shown(f"a {code(text)} b"))
    assert inner is not None
    assert inner[1].strip() == escape(words, quote=False).replace('"', "&quot;")


@pytest.mark.parametrize(
    "text",
    [":red[x]", ":red", ":smile:", ":100:", ":material/home:", "a:small[b]", "$x$", "\\:red[x]"],
)
def test_nor_is_it_what_streamlit_adds_to_markdown(text):
    assert not ADDED.search(plain(text).replace("\\\\", ""))


@pytest.mark.parametrize(
    "text", ["chr20:43042364:C>T", "NM_000022.4:c.976-34G>A", "-0.5", "a: b", "CI-SpliceAI: 40%"]
)
def test_what_means_nothing_stays_as_it_is(text):
    assert plain(text) == text


def test_what_is_not_seen_or_turns_the_direction_is_left_out():
    assert plain("a\u202eb\u200b\x00\x1bc") == "abc"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", ""]
)
def test_a_link_opens_the_web_alone(url):
    assert link("x", url) == "x"


def test_a_link_ends_where_it_ends():
    html = shown(link("a](b", "https://a.example/x) ![y](http://evil.example/z.png"))
    assert html.count("<a ") == 1 and "<img" not in html


@pytest.mark.parametrize(
    ("words", "parted"),
    [
        ("see https://evil.example/a", "see https:\u2060//evil.example/a"),
        ("HTTP://evil.example", "HTTP:\u2060//evil.example"),
        ("www.evil.example", "www\u2060.evil.example"),
        ("chr20:43042364:C>T", "chr20:43042364:C>T"),
    ],
)
def test_an_address_in_words_is_no_link_by_itself(words: str, parted: str) -> None:
    assert plain(words) == parted
