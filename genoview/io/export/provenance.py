"""Where values come from: written into every file."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

from genoview import __version__
from genoview.data.model_card import ModelCard
from genoview.data.request import Request
from genoview.io.export.cells import safe_comment

RANDOM_WEIGHTS = "RANDOM WEIGHTS: an untrained model made these values; they mean nothing."


class ModelOutput(Protocol):
    """An answer or levels of genes, as far as a file names what made it."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def version(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """One model behind the values, as its card names it."""

    title: str
    version: str
    licence: str
    citation: str
    random_weights: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a file.

    Attributes:
        genome: the assembly's name.
        query: normalised text.
        date: of the prediction, ISO 8601.
        url_state: query string that opens the view again; "" where there is none.
        notes: sentences that belong to the values.
        highlights: parts that the reader marked, in words.
    """

    genome: str
    query: str
    models: tuple[ModelUsed, ...]
    date: str
    url_state: str = ""
    notes: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    genoview_version: str = __version__

    @property
    def footer(self) -> str:
        """Genome, models with version and licence, and the day, in one line of a figure."""
        models = "; ".join(f"{m.title} {m.version} ({m.licence})" for m in self.models)
        words = (f"genoview {self.genoview_version}", self.genome, models or "no model yet")
        return ", ".join((*words, self.date))

    @property
    def random_weights(self) -> bool:
        return any(model.random_weights for model in self.models)

    def lines(self) -> tuple[str, ...]:
        """In words, one fact a line; no line holds a line break."""
        facts = [RANDOM_WEIGHTS] if self.random_weights else []
        facts += [
            f"Made with genoview {self.genoview_version}, {self.date}",
            f"Genome: {self.genome}",
            f"Query: {self.query}",
            *(
                f"Model: {model.title}, version {model.version}, licence {model.licence}; "
                f"{model.citation}"
                for model in self.models
            ),
        ]
        if self.url_state:
            facts.append(f"View: {self.url_state}")
        facts += [f"Highlight: {words}" for words in self.highlights]
        facts += [f"Note: {note}" for note in self.notes]
        return tuple(" ".join(fact.split()) for fact in facts)

    def comments(self, *more: str) -> str:
        """The lines, and more, behind `# `; ends with a line break."""
        return "".join(f"# {safe_comment(line)}\n" for line in (*self.lines(), *more))

    def to_json(self) -> str:
        facts = asdict(self) | {"random_weights": self.random_weights}
        return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def provenance_of(request: Request, outputs: Sequence[ModelOutput], link: str = "") -> Provenance:
    """What made a figure or a file; `link` reopens the view."""
    notes = dict.fromkeys((*request.notes, *(note for output in outputs for note in output.notes)))
    today, models = date.today().isoformat(), models_used(outputs)
    return Provenance(request.assembly, request.text, models, today, link, tuple(notes))


def models_used(outputs: Iterable[ModelOutput]) -> tuple[ModelUsed, ...]:
    """The models behind some answers, as files name them."""
    cards = ((output.card, output.version) for output in outputs)
    return tuple(
        ModelUsed(card.title, version, card.licence, card.citation, card.random_weights)
        for card, version in cards
    )
