"""Models of a few bases that servers are tested with."""

from toy_backend import PROBABILITY, Gated, SpliceToy, Toy, card

from genoview.tracks import Assay, Family, TrackMetadata


class Reporter(Toy):
    """Values that may be negative, as logarithms are."""

    card = card("reporter", Family.EXPRESSION)
    tracks = (TrackMetadata("Reporter", Assay.MPRA, "+", "log2"),)

    def shares(self, sequence: str):  # type: ignore[no-untyped-def]
        return super().shares(sequence) - 0.5


class Wide(SpliceToy):
    """Splice sites as well, in other bins."""

    card = card("wide", Family.SPLICING)
    resolution = 10


class Second(SpliceToy):
    """Another model of splice sites."""

    card = card("second", Family.SPLICING)


class Maps(Toy):
    """A kind of track that has no output type here."""

    card = card("maps", Family.CONTACTS)
    tracks = (TrackMetadata("Contacts", Assay.CONTACT_MAPS, ".", PROBABILITY),)


TOYS = (Toy, SpliceToy, Gated, Reporter, Wide, Second, Maps)
