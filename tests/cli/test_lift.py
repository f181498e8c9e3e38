"""`genoview lift`: the same on another build."""

import pytest

from genoview.cli.main import main
from tests.support.files.two_builds import NEXT, SHIFT, SWAPPED, serve_builds
from tests.support.servers.range_server import serving


@pytest.fixture
def server(monkeypatch, demo):
    with serving(b"") as server:
        serve_builds(server, demo, monkeypatch)
        yield server


def test_a_variant_is_carried_over_once_somebody_agrees(server, capsys, demo):
    lift = ["lift", "chr20:43042364:C>T", "--to", "hg38"]
    assert main(lift) == 2
    assert "GRCh38 needs hg38.2bit from 127.0.0.1" in (err := capsys.readouterr().err)
    assert "who learn that a table between two builds is read" in err
    assert "Add --agree to agree." in err
    assert server.names == []
    assert main([*lift, "--agree"]) == 0
    assert capsys.readouterr().out == f"chr20:{43_042_364 + SHIFT}:C>T\n"
    back = ["lift", f"chr20:{43_042_364 + SHIFT}:C>T", "--genome", "GRCh38", "--to", "GRCh37-demo"]
    server.always = "404"  # all of it is here
    assert main(back) == 0
    assert capsys.readouterr().out == "chr20:43042364:C>T\n"


def test_what_changes_is_said_on_standard_error(server, capsys, demo):
    [base] = demo.reference.fetch(demo.reference.covered("chr20")[0])[SWAPPED - 42_484_000]
    text = f"chr20:{SWAPPED + 1}:{base}>{NEXT[base]}"
    assert main(["lift", text, "--to", "GRCh38", "--agree"]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"chr20:{SWAPPED + 1 + SHIFT}:{NEXT[base]}>{base}\n"
    assert "REF and ALT are swapped" in captured.err
