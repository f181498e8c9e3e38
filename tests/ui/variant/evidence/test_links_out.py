"""Anchors to other sites on the page Variant: escaped, opened apart, silent about their origin."""

import re

from genoview.data.genome import Variant
from genoview.report.links_out import LinkOut, links_out
from genoview.ui.variant.evidence.links_out import anchors


def test_each_link_opens_apart_and_says_nothing_of_this_page() -> None:
    html = anchors(links_out(Variant("chr20", 43_042_364, "C", "T"), "GRCh37"))
    tags = re.findall(r"<a [^>]*>", html)
    assert len(tags) == 6
    assert all('target="_blank" rel="noopener noreferrer"' in tag for tag in tags)


def test_what_stands_in_a_link_is_escaped() -> None:
    html = anchors([LinkOut("<b>", '"><script>', 'https://example.org/?a="&b=<')])
    assert html == (
        '<a href="https://example.org/?a=&quot;&amp;b=&lt;" target="_blank" '
        'rel="noopener noreferrer">&lt;b&gt;</a> <small>&quot;&gt;&lt;script&gt;</small>'
    )
