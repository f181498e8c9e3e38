"""The README's tables are those that were kept."""

import pytest

from tests.support.paths import ROOT


def test_the_readme_shows_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import readme_figures

    text = readme_figures.README.read_text(encoding="utf-8")
    kept = readme_figures.read_kept()
    assert readme_figures.with_figures(text, kept) == text, (
        "python benchmarks/readme_figures.py --show --write puts the kept figures there"
    )
    assert list(kept) == [part.command for part in readme_figures.PARTS]
