"""Gained sites among inserted bases: the signal beside them says which base is meant."""

import pytest

from genoview.data.genome import Variant
from genoview.scoring.splicing.events import ACCEPTOR, DONOR, Site
from genoview.scoring.splicing.inserted_sites import placed

AT = 999  # the anchor, 0-based


def inserted(bases: str) -> Variant:
    return Variant("chr1", AT + 1, "C", "C" + bases)


@pytest.mark.parametrize(
    ("kind", "backward", "bases", "sites"),
    [
        # + donor: the exon has the anchor and AAA before GT.
        (DONOR, False, "AAAGTTTT", [Site(DONOR, AT, 3)]),
        # + acceptor: it begins behind AG, with the last three inserted bases.
        (ACCEPTOR, False, "TTAGCCC", [Site(ACCEPTOR, AT + 1, 3)]),
        # - donor: read from the right, GT is AC on the forward strand, left of the exon.
        (DONOR, True, "TTACGGG", [Site(DONOR, AT + 1, 3)]),
        # - acceptor: AG is CT on the forward strand, right of the exon.
        (ACCEPTOR, True, "GGGCTTTT", [Site(ACCEPTOR, AT, 3)]),
        # GC where there is no GT.
        (DONOR, False, "AAAGCTTT", [Site(DONOR, AT, 3)]),
        # Two signals: either. None: from the anchor to the last inserted base.
        (DONOR, False, "AAGTAAGTAA", [Site(DONOR, AT, 2), Site(DONOR, AT, 6)]),
        (DONOR, False, "AAAAAA", [Site(DONOR, AT, 0), Site(DONOR, AT, 6)]),
        (ACCEPTOR, False, "TTTTTT", [Site(ACCEPTOR, AT, 0), Site(ACCEPTOR, AT + 1, 1)]),
    ],
)
def test_a_site_of_inserted_bases(kind: str, backward: bool, bases: str, sites: list[Site]) -> None:
    assert placed(Site(kind, AT), inserted(bases), backward) == tuple(sites)


def test_other_sites_stay() -> None:
    site = Site(DONOR, AT + 5)
    assert placed(site, inserted("AAAGTTTT"), False) == (site,)
    assert placed(Site(DONOR, AT), Variant("chr1", AT + 1, "C", "T"), False) == (Site(DONOR, AT),)
    assert placed(Site(DONOR, AT), None, False) == (Site(DONOR, AT),)
