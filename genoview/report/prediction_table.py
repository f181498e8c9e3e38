"""Prediction and ClinGen's rules -> named columns for files, and plain values for JSON."""

from collections.abc import Sequence
from typing import Any

from genoview.io.export import NamedColumn
from genoview.scoring.prediction.clingen import Rule
from genoview.scoring.verdict import Verdict

MARK_COLUMNS = {
    "family": "protein, splicing, expression or binding",
    "level": "none, some, large, running or not predicted: a size, never harm",
    "number": "behind the level",
    "unit": "of the number",
    "words": "what changes",
    "rule": "by which the level was chosen",
}
RULE_COLUMNS = {
    "code": "of ACMG/AMP",
    "applies": "applies, does not apply, or cannot be said from sequence; no classification",
    "rule": "in words",
    "why": "with the numbers",
    "source": "of the rule",
}


def prediction_columns(verdict: Verdict) -> list[NamedColumn]:
    """A row a mark, the sentence beside each."""
    marks = verdict.plain()["marks"]
    sentence = [verdict.sentence] * len(marks)
    return [
        *(
            NamedColumn(
                name,
                float if name == "number" else str,
                words,
                [mark[name] for mark in marks],
            )
            for name, words in MARK_COLUMNS.items()
        ),
        NamedColumn("sentence", str, "the prediction, as the page shows it", sentence),
    ]


def plain_rule(rule: Rule) -> dict[str, Any]:
    """Every field."""
    return {name: str(getattr(rule, name)) for name in RULE_COLUMNS}


def rule_columns(rules: Sequence[Rule]) -> list[NamedColumn]:
    """A row a rule, or a question of the PVS1 tree."""
    rows = [plain_rule(rule) for rule in rules]
    return [
        NamedColumn(name, str, words, [row[name] for row in rows])
        for name, words in RULE_COLUMNS.items()
    ]
