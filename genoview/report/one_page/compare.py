"""Two records -> what differs: in the report, and now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from genoview.report.one_page.record import Cell, Record, Table

SLACK = 5e-4  # a difference of numbers up to this, and this share of them, is none
ABSENT = "not there"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same."""

    what: str
    reported: str
    now: str

    @property
    def words(self) -> str:
        return f"{self.what}: {self.reported} in the report, {self.now} now"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, and how much was compared."""

    differences: tuple[Difference, ...]
    n_numbers: int
    n_models: int

    @property
    def words(self) -> str:
        """`Everything equal: 14 numbers, 3 models, same versions.`"""
        numbers, models = _count(self.n_numbers, "number"), _count(self.n_models, "model")
        if not self.differences:
            return f"Everything equal: {numbers}, {models}, same versions."
        return f"{_count(len(self.differences), 'difference')} in {numbers} and {models}:"


def compared(reported: Record, now: Record) -> Comparison:
    """Of two records of one question; dates, addresses of a dashboard and layout are no content."""
    old, new = dict(_facts(reported)), dict(_facts(now))
    differences = tuple(
        Difference(what, _shown(old, what), _shown(new, what))
        for what in dict.fromkeys((*old, *new))
        if what not in old or what not in new or not _is_same(old[what], new[what])
    )
    n_numbers = sum(isinstance(value, float) for value in old.values())
    return Comparison(differences, n_numbers, len(reported.models))


def _facts(record: Record) -> Iterator[tuple[str, Cell]]:
    """All that a reader would rely on, by where it stands."""
    yield "prediction", record.prediction
    genome = record.genome
    yield "genome", genome.name
    yield "place that the models read", genome.place
    yield f"sequence of {genome.place}", genome.sequence
    yield "genes", genome.genes
    for model in record.models:
        yield f"version of {model.title}", model.version
        yield f"licence of {model.title}", model.licence
    yield from _unique((f"name {name.name}", name.value) for name in record.names)
    yield from _unique(_table_facts((record.marks, *record.tables)))
    yield from _unique((f"link to {link.name}, {link.value}", link.url) for link in record.links)
    yield "notes", " ".join(record.notes)


def _table_facts(tables: Iterable[Table]) -> Iterator[tuple[str, Cell]]:
    """What is in the cells, each with words for where it stands."""
    for table in tables:
        for row in table.rows:
            yield from _cells(table, row)


def _cells(table: Table, row: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    pairs = list(zip(table.columns, row, strict=True))
    label = " ".join(column.words(cell) for column, cell in pairs if column.is_key and cell)
    for column, cell in pairs:
        if not column.is_key:
            yield f"{table.title}, {label}: {column.name}", cell


def _unique(facts: Iterator[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """Equal words get numbers, so that none hides another."""
    seen: dict[str, int] = {}
    for what, value in facts:
        seen[what] = seen.get(what, 0) + 1
        yield (what if seen[what] == 1 else f"{what} ({seen[what]})"), value


def _is_same(old: Cell, new: Cell) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= SLACK * (1 + abs(old))
    return old == new


def _shown(facts: Mapping[str, Cell], what: str) -> str:
    value = facts.get(what, ABSENT)
    if value is None or value == "":
        return "nothing"
    return f"{value:.6g}" if isinstance(value, float) else value


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'s' * (n != 1)}"
