"""Scenes of models, bases and genes that are made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from genoview.data.answer import Answer, Shown
from genoview.data.genome import Gene, Interval, Locus, Variant
from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.formats import LocalFile
from tests.support.models.toy_backend import card


@dataclass(frozen=True)
class HandMade:
    """A chromosome of which `part` has bases, as reference and annotation at once."""

    part: Interval
    bases: str
    length: int
    known_genes: Sequence[Gene] = ()

    @property
    def chromosomes(self) -> dict[str, int]:
        return {self.part.chrom: self.length}

    def fetch(self, interval: Interval) -> str:
        before = "N" * max(self.part.start - interval.start, 0)
        inside = self.bases[max(interval.start - self.part.start, 0) :]
        return (before + inside).ljust(interval.width, "N")[: interval.width]

    def genes(self, interval: Interval) -> Sequence[Gene]:
        return self.known_genes


def genome(
    part: Interval, bases: str = "", length: int = 63_025_520, genes: Sequence[Gene] = ()
) -> Assembly:
    made: Any = HandMade(part, bases or "A" * part.width, length, genes)
    return Assembly("toy", made, made)


def scene_of(
    shown: Sequence[Shown],
    part: Interval,
    variant: Variant | None = None,
    files: Sequence[LocalFile] = (),
    assembly: Assembly | None = None,
) -> Scene:
    """Models in their order, over one part, with nothing written around them."""
    request = Request("", "toy", Locus(part, ""), part, variant)
    answers = [answer_of(model) for model in shown]
    return Scene(request, assembly or genome(part), answers, files=files)


def answer_of(model: Shown) -> Answer:
    made = replace(card(model.name, Family.EXPRESSION, model.random_weights), title=model.title)
    return Answer(made, "1", "cpu", model.ref, model.alt)


def located(place: Interval, answers: Sequence[Answer], assembly: Assembly, **more: Any) -> Scene:
    """Answers over one place of a genome."""
    request = Request(place.to_ucsc(), assembly.name, Locus(place, ""), place)
    return cast(Scene, Scene(request, assembly, answers, **more))
