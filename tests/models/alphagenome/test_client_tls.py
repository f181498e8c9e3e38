"""A server by TLS: the key travels, and an unknown certificate is refused in words."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("alphagenome")
if shutil.which("openssl") is None:
    pytest.skip("makes its certificate with openssl", allow_module_level=True)

import grpc

from tests.support.servers.loopback_service import Service, serve

KEY = "a-key-for-tls"
ASK = """
import sys
from genoview.models.alphagenome import address as service_address
from genoview.models.alphagenome import client
from genoview.errors import BackendError
client.CONNECT_S = 5.0
address = service_address.Address(sys.argv[1], True, sys.argv[2])
source = client.AlphaGenomeService("The server", address)
try:
    print(len(source.facts("atac")))
except BackendError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(("known", "words"), [(True, "2"), (False, "cannot be reached")])
def test_a_server_speaks_tls(certificate: Path, known: bool, words: str) -> None:
    pair = ((certificate / "key.pem").read_bytes(), (certificate / "cert.pem").read_bytes())
    service = Service(KEY)
    server, address = serve(service, grpc.ssl_server_credentials([pair]))
    roots = {"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(certificate / "cert.pem")} if known else {}
    try:
        run = subprocess.run(
            [sys.executable, "-c", ASK, address, KEY],
            env=os.environ | roots,
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        server.stop(None).wait()
    assert words in run.stdout
    assert KEY not in run.stdout + run.stderr
