"""The genome's rows where its sequence lies elsewhere and cannot be had."""

from genoview.data.genome import Interval, Locus
from genoview.data.request import Request
from genoview.errors import GenomeError
from genoview.figure.build import build_figure
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome


class Elsewhere:
    def close(self) -> None:
        """Nothing is open."""

    def read(self, record: str, start: int, end: int) -> str:
        raise GenomeError(f"{record} is not on this machine.")

    letters = read


def test_genes_are_drawn_without_sequence(demo):
    place = Interval("chr20", 43_000_000, 43_001_000)
    lengths = {"chr20": 63_025_520}
    far = ReferenceGenome.of_chromosomes("far", Elsewhere(), lengths)
    request = Request("chr20", "far", Locus(place, "chr20"), place, None, ())

    def rows(reference: ReferenceGenome) -> list[str]:
        scene = Scene(request, Assembly("far", reference, demo.annotation, "GRCh37"), [])
        figure = build_figure(scene, place, Options())
        return [str(row["title"]) for row in figure["layout"]["meta"]["rows"]]

    assert "Genes" in rows(far) and "Sequence" not in rows(far)
    assert rows(demo.reference) == [*rows(far), "Sequence"]
