"""NCBI's service: alleles of one build, merged numbers, and answers that are none."""

import json

import pytest

from genoview.errors import NetworkError
from genoview.io.dbsnp import KnownAllele, ask_ncbi
from tests.io.remote.remote_files import QUICK
from tests.support.servers.range_server import serving


def placement(seq_id: str, position: int, ref: str, *alts: str) -> dict:
    spdis = [
        {"seq_id": seq_id, "position": position, "deleted_sequence": ref, "inserted_sequence": alt}
        for alt in (ref, *alts)
    ]
    return {"seq_id": seq_id, "alleles": [{"allele": {"spdi": spdi}} for spdi in spdis]}


PLACES = [
    placement("NC_000017.11", 43_057_061, "T", "TG", "C"),
    placement("NC_000017.10", 41_209_078, "T", "TG", "C"),
    placement("NG_005905.2", 160_921, "A", "AC"),
]
ANSWER = {"refsnp_id": "80357906", "primary_snapshot_data": {"placements_with_allele": PLACES}}
MERGED = {"refsnp_id": "1", "merged_snapshot_data": {"merged_into": ["80357906"]}}


@pytest.fixture
def server():
    with serving(b"{}") as server:
        server.by_name = {"80357906": json.dumps(ANSWER).encode(), "1": json.dumps(MERGED).encode()}
        yield server


@pytest.mark.parametrize("name", ["rs80357906", "rs1"])
def test_alleles_of_one_build(server, name):
    address = f"http://{server.host}/v0"
    assert ask_ncbi(name, "GRCh38", address, QUICK) == [
        KnownAllele("chr17", 43_057_061, "T", "TG"),
        KnownAllele("chr17", 43_057_061, "T", "C"),
    ]
    assert ask_ncbi(name, "GRCh37", address, QUICK)[0].start == 41_209_078
    assert "Cookie" not in server.headers[0]


def test_a_number_that_it_does_not_have(server):
    assert ask_ncbi("rs7", "GRCh38", f"http://{server.host}", QUICK) == []
    server.always = "404"
    assert ask_ncbi("rs80357906", "GRCh38", f"http://{server.host}", QUICK) == []


@pytest.mark.parametrize("content", [b"<html>", b"[1]", b'{"primary_snapshot_data": 3}'])
def test_an_answer_that_is_none_is_said(server, content):
    server.by_name["7"] = content
    with pytest.raises(NetworkError, match="does not answer"):
        ask_ncbi("rs7", "GRCh38", f"http://{server.host}", QUICK)


def test_a_service_that_fails_is_said(server):
    server.always = "503"
    with pytest.raises(NetworkError, match="503"):
        ask_ncbi("rs7", "GRCh38", f"http://{server.host}", QUICK)
