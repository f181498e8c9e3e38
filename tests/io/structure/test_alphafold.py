"""AlphaFold DB: nothing without consent, the right isoform, and faults in one sentence."""

import json
from collections.abc import Iterator

import pytest

from genoview.errors import NetworkError, QueryError
from genoview.io.remote.connection import Patience
from genoview.io.remote.consent import ConsentNeeded, NetworkPolicy
from genoview.io.structure.alphafold import fetch_model, read_accession
from tests.support.files.made_structure import model_cif
from tests.support.servers.range_server import RangeServer, serving

ACCESSION = "P41235"
HASTY = Patience(connect_s=0.5, read_s=0.5, tries=1, pause_s=0.0)
OFFICIAL = "https://alphafold.ebi.ac.uk/files"


@pytest.fixture
def server() -> Iterator[RangeServer]:
    with serving(b"") as server:
        answer = [
            {
                "uniprotAccession": name,
                "sequence": sequence,
                "latestVersion": 6,
                "cifUrl": f"{OFFICIAL}/AF-{name}-F1-model_v6.cif",
            }
            for name, sequence in ((ACCESSION, "MTEYK"), (f"{ACCESSION}-2", "MTE"))
        ]
        server.files = {
            f"/api/prediction/{ACCESSION}": json.dumps(answer).encode(),
            f"/files/AF-{ACCESSION}-F1-model_v6.cif": model_cif("MTEYK"),
            f"/files/AF-{ACCESSION}-2-F1-model_v6.cif": model_cif("MTE"),
        }
        yield server


def policy(server: RangeServer) -> NetworkPolicy:
    return NetworkPolicy(hosts=frozenset((server.host,)))


def fetched(server: RangeServer, protein: str = "MTEYK"):
    address = f"http://{server.host}"
    return fetch_model(ACCESSION, protein, policy(server), address, HASTY)


def test_a_structure_comes_with_its_release(server: RangeServer) -> None:
    model = fetched(server)
    assert (model.accession, model.version) == (ACCESSION, "6")
    assert model.content == model_cif("MTEYK")


def test_of_isoforms_the_one_of_the_transcript_comes(server: RangeServer) -> None:
    assert fetched(server, "MTE").content == model_cif("MTE")
    assert fetched(server, "another").content == model_cif("MTEYK")


def test_nothing_is_requested_before_a_person_agrees(server: RangeServer) -> None:
    address = f"http://{server.host}"
    with pytest.raises(ConsentNeeded, match="UniProt accession"):
        fetch_model(ACCESSION, "MTEYK", NetworkPolicy(), address, HASTY)
    with pytest.raises(NetworkError, match="network = false"):
        fetch_model(ACCESSION, "MTEYK", NetworkPolicy(allowed=False), address, HASTY)
    assert server.names == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("404", "has no structure for P41235"),
        ("503", "answers 503"),
        ("stall", "does not answer within the time"),
        ("elsewhere", "answers 302"),
    ],
)
def test_a_fault_is_one_sentence(server: RangeServer, fault: str, words: str) -> None:
    server.always, server.target = fault, "http://192.0.2.1/"
    with pytest.raises(NetworkError, match=words):
        fetched(server)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"<html>", b'[{"cifUrl": 7}]', b"[[]]", b"null"])
def test_an_answer_of_another_kind_is_said(server: RangeServer, body: bytes) -> None:
    server.files[f"/api/prediction/{ACCESSION}"] = body
    with pytest.raises(NetworkError):
        fetched(server)


@pytest.mark.parametrize("text", ["P41235", " p41235 ", "Q9BTX7", "A0A024R161", "P41235-2"])
def test_accessions_of_uniprot_are_read(text: str) -> None:
    assert read_accession(text) == text.strip().upper()


@pytest.mark.parametrize(
    "text", ["", "HNF4A", "P4123", "../P41235", "P41235/..", "1ABC", "P41235\n."]
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(QueryError, match="no UniProt accession"):
        read_accession(text)
