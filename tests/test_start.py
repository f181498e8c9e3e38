"""What is imported before it is needed: a person waits for it."""

import subprocess
import sys

import pytest

from tests.support.paths import ROOT

HEAVY = {"torch", "grpc", "streamlit", "plotly", "pandas", "pyranges"}


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("import app", HEAVY - {"torch", "grpc"}),
        ("from genoview.cli.main import main; main(['genomes', 'list'])", set()),
        ("from genoview.cli.main import main; main(['models', 'list'])", set()),
        ("from genoview.cli import predict, report, score", {"plotly", "pandas", "pyranges"}),
    ],
    ids=["the dashboard", "genomes list", "models list", "commands that compute"],
)
def test_what_takes_long_to_import_comes_where_it_is_needed(code: str, needed: set[str]) -> None:
    program = f"import sys\n{code}\nprint('imported', *{HEAVY!r} & sys.modules.keys())"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    imported = set(run.stdout.splitlines()[-1].split()[1:])
    assert imported <= needed
