"""What can go wrong, in words for the person at the page.

GenoviewError
├── QueryError            the typed text is not a locus or a variant
│   ├── NotLookedUp       an id is looked up where it is published, and could not be
│   ├── OtherBuild        the text is for another assembly than the genome in use
│   └── ReferenceMismatch the REF allele is not the base of the genome
├── GenomeError           a chromosome, position or sequence is not in the genome
├── NetworkError          a published file cannot be read from where it lies
├── AnnotationError       a gene file cannot be read, or a gene is not in it
├── TrackError            values, bins and intervals do not fit together
├── BackendError          a model cannot be loaded or run
│   └── Cancelled         the reader stopped the run
├── StoreError            the cache cannot be read or written; costs a recompute
├── SettingsError         a setting or a genome's entry is wrong
└── ExportError           a file cannot be made from the view

A message says what arrived, what was expected and what to do.
"""

import re

MOST_WORD = 200  # characters; what arrived may have thousands, of which the first suffice
MOST_WORDS = 3_000  # characters of a message
_LONG = re.compile(rf"\S{{{MOST_WORD},}}")


class GenoviewError(Exception):
    """Root of every error that a reader may see; what it repeats is shortened."""

    def __init__(self, message: str = "") -> None:
        words = str(message)[: 4 * MOST_WORDS]
        words = "".join(c if c.isprintable() or c == "\n" else " " for c in words)
        words = _LONG.sub(lambda match: f"{match[0][: MOST_WORD // 2]}…", words)
        super().__init__(words[:MOST_WORDS])


class QueryError(GenoviewError):
    """The typed text is not a locus or a variant, or may mean several.

    Attributes:
        suggestions: (words, text to type instead).
    """

    def __init__(self, message: str, suggestions: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class NotLookedUp(QueryError):
    """An id is looked up where it is published, and could not be.

    Attributes:
        name: the id.
        needs_consent: nobody has agreed to reading it there yet.
    """

    def __init__(self, message: str, name: str, needs_consent: bool = False) -> None:
        super().__init__(message)
        self.name = name
        self.needs_consent = needs_consent


class OtherBuild(QueryError):
    """The text is for another assembly than the genome in use.

    Attributes:
        family: the assembly that it is for, such as GRCh38.
    """

    def __init__(self, message: str, family: str) -> None:
        super().__init__(message)
        self.family = family


class GenomeError(GenoviewError):
    """A chromosome, position or sequence is not in the genome."""


class NetworkError(GenoviewError):
    """A published file cannot be read from where it lies, or nobody has agreed to reading it."""


class AnnotationError(GenoviewError):
    """A gene file cannot be read, or a gene is not in it."""


class TrackError(GenoviewError):
    """Values, bins and intervals do not fit together."""


class BackendError(GenoviewError):
    """A model cannot be loaded or run."""


class Cancelled(BackendError):
    """The reader stopped the run."""


class StoreError(GenoviewError):
    """The cache cannot be read or written."""


class SettingsError(GenoviewError):
    """A setting or a genome's entry is wrong."""


class ExportError(GenoviewError):
    """A file cannot be made from the view."""


class ReferenceMismatch(QueryError):
    """The REF allele is not what the genome has there; carries what would fit.

    Attributes:
        expected: the genome's bases at the place of REF.
        suggestions: (words, text to type instead), each checked to fit.
    """

    def __init__(
        self, message: str, expected: str, suggestions: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message, suggestions)
        self.expected = expected
