"""Structures of an installation: asked for once, then read without a network."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from genoview.errors import Cancelled, NetworkError, QueryError
from genoview.io.structure.reader import StructureError
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import read_settings
from genoview.runtime.structures import Structures
from tests.support.files.made_structure import model_cif
from tests.support.servers.range_server import RangeServer, serving

ACCESSION, PROTEIN = "P41235", "MTEYK"


@pytest.fixture
def server() -> Iterator[RangeServer]:
    with serving(b"") as server:
        answer = [{"sequence": PROTEIN, "latestVersion": 6, "cifUrl": "https://x.org/a.cif"}]
        server.by_name = {ACCESSION: json.dumps(answer).encode(), "a.cif": model_cif(PROTEIN)}
        yield server


def structures(folder: Path, host: str) -> Structures:
    variables = {
        "GENOVIEW_CACHE": str(folder / "cache"),
        "GENOVIEW_CONFIG": str(folder / "config" / "genoview.toml"),
        "GENOVIEW_GENOMES_MIRROR": f"http://{host}",
    }
    settings = read_settings(variables)
    return Structures(settings, RemoteGenomes(settings))


def test_a_structure_is_fetched_on_consent_and_read_offline(
    tmp_path: Path, server: RangeServer
) -> None:
    ours = structures(tmp_path, server.host)
    assert not ours.is_agreed and not ours.kept(ACCESSION)
    with pytest.raises(NetworkError, match="agree to it first"):
        ours.fetch(ACCESSION, PROTEIN)
    assert server.names == []
    ours.agree()
    ours.fetch(ACCESSION, PROTEIN)
    assert server.names == [ACCESSION, "a.cif"]
    server.always = "503"
    later = structures(tmp_path, server.host)
    assert later.kept(ACCESSION) and later.version(ACCESSION) == "6"
    structure = later.open(ACCESSION)
    assert structure.sequence("A") == PROTEIN and structure.has_plddt
    assert later.open(ACCESSION) is structure
    assert len(server.names) == 2
    later.remove(ACCESSION)
    assert not later.kept(ACCESSION)
    with pytest.raises(StructureError, match="not on this machine"):
        later.open(ACCESSION)


def test_agreeing_to_genomes_is_not_agreeing_to_structures(
    tmp_path: Path, server: RangeServer
) -> None:
    ours = structures(tmp_path, server.host)
    ours._genomes.agree("GRCh37")  # the same host
    assert not ours.is_agreed


def test_network_false_forbids_it(tmp_path: Path, server: RangeServer) -> None:
    ours = structures(tmp_path, server.host)
    ours.agree()
    (tmp_path / "config" / "genoview.toml").write_text("network = false\n")
    assert not ours.is_allowed and not ours.is_agreed
    with pytest.raises(NetworkError, match="network = false"):
        ours.fetch(ACCESSION, PROTEIN)
    assert server.names == []


def test_what_is_no_structure_is_not_kept(tmp_path: Path, server: RangeServer) -> None:
    server.by_name["a.cif"] = b"<html>"
    ours = structures(tmp_path, server.host)
    ours.agree()
    with pytest.raises(StructureError, match="neither PDB nor mmCIF"):
        ours.fetch(ACCESSION, PROTEIN)
    assert not ours.kept(ACCESSION)


def test_a_gene_has_hgncs_accession_until_a_person_chooses(tmp_path: Path) -> None:
    ours = structures(tmp_path, "127.0.0.1:9")
    assert ours.accession_of("HNF4A") == "P41235"
    assert ours.accession_of("no such gene") == ""
    with pytest.raises(QueryError):
        ours.choose("HNF4A", "../../etc")
    assert ours.choose("HNF4A", " p41235-2 ") == "P41235-2"
    assert structures(tmp_path, "127.0.0.1:9").accession_of("HNF4A") == "P41235-2"


def test_a_damaged_file_of_choices_is_none(tmp_path: Path) -> None:
    ours = structures(tmp_path, "127.0.0.1:9")
    ours.choose("HNF4A", "Q9BTX7")
    (tmp_path / "config" / "accessions.json").write_text('{"HNF4A": "../x"}')
    assert ours.accession_of("HNF4A") == "P41235"


def test_a_fetch_that_is_stopped_leaves_nothing(tmp_path: Path, server: RangeServer) -> None:
    ours = structures(tmp_path, server.host)
    ours.agree()

    def stop(share: float) -> None:
        raise Cancelled(f"at {share:.0%}")

    with pytest.raises(Cancelled):
        ours.fetch(ACCESSION, PROTEIN, stop)
    assert not ours.kept(ACCESSION)
