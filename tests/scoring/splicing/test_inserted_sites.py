"""Gained sites among inserted bases: the signal beside them says which base is meant."""

import pytest

from genoview.data.genome import Variant
from genoview.scoring.splicing.events import ACCEPTOR, DONOR, Site
from genoview.scoring.splicing.inserted_sites import placed

AT = 999  # the anchor, 0-based


def inserted(bases: str) -> Variant:
    return Variant("chr1", AT + 1, "C", "C" + bases)


@pytest.mark.parametrize(
    ("kind", "backward", "bases", "site", "is_exact"),
    [
        # + donor: the exon has the anchor and AAA before GT.
        (DONOR, False, "AAAGTTTT", Site(DONOR, AT, 3), True),
        # + acceptor: it begins behind AG, with the last three inserted bases.
        (ACCEPTOR, False, "TTAGCCC", Site(ACCEPTOR, AT + 1, 3), True),
        # - donor: read from the right, GT is AC on the forward strand, left of the exon.
        (DONOR, True, "TTACGGG", Site(DONOR, AT + 1, 3), True),
        # - acceptor: AG is CT on the forward strand, right of the exon.
        (ACCEPTOR, True, "GGGCTTTT", Site(ACCEPTOR, AT, 3), True),
        # GC where there is no GT.
        (DONOR, False, "AAAGCTTT", Site(DONOR, AT, 3), True),
        # Two signals, or none: the size is not exact.
        (DONOR, False, "AAGTAAGTAA", Site(DONOR, AT, 2), False),
        (DONOR, False, "AAAAAA", Site(DONOR, AT, 0), False),
    ],
)
def test_a_site_of_inserted_bases(
    kind: str, backward: bool, bases: str, site: Site, is_exact: bool
) -> None:
    assert placed(Site(kind, AT), inserted(bases), backward) == (site, is_exact)


def test_other_sites_stay() -> None:
    site = Site(DONOR, AT + 5)
    assert placed(site, inserted("AAAGTTTT"), False) == (site, True)
    assert placed(Site(DONOR, AT), Variant("chr1", AT + 1, "C", "T"), False) == (
        Site(DONOR, AT),
        True,
    )
    assert placed(Site(DONOR, AT), None, False) == (Site(DONOR, AT), True)
