"""Where values come from: written into every file."""

import json
from dataclasses import asdict, dataclass

from genoview import __version__

RANDOM_WEIGHTS = "RANDOM WEIGHTS: an untrained model made these values; they mean nothing."


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
        return "".join(f"# {line}\n" for line in (*self.lines(), *more))

    def to_json(self) -> str:
        facts = asdict(self) | {"random_weights": self.random_weights}
        return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
