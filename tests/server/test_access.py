"""Keys, TLS, health and metrics of a real server."""

import datetime
import urllib.request
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import grpc
import pytest
from alphagenome.models import dna_client
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from grpc_health.v1 import health_pb2, health_pb2_grpc

from genoview.errors import SettingsError
from genoview.runtime.workbench import Workbench
from genoview.server.access import credentials, is_loopback, read_key
from genoview.server.app import Options, Server
from genoview.server.service import NAME
from tests.server.serving import WINDOW, O, client_of, serving

KEY = "a-key-of-this-test"
PROCAP = {"requested_outputs": [O.PROCAP], "ontology_terms": None}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of localhost, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = (folder / "cert.pem", folder / "key.pem")
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def test_the_official_way_to_connect_works_over_tls_with_a_key(
    toys: Workbench, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", str(certificate[0]))
    with serving(toys, "gc", key=KEY, credentials=credentials(*certificate)) as (server, _):
        address = f"localhost:{server.port}"
        client = dna_client.create(KEY, address=address, timeout=20)
        assert client.predict_interval(WINDOW, **PROCAP).procap.num_tracks == 1
        other = dna_client.create("another", address=address, timeout=20)
        assert code_of(lambda: other.predict_interval(WINDOW, **PROCAP)) == "UNAUTHENTICATED"


def code_of(ask: Callable[[], object]) -> str:
    with pytest.raises(grpc.RpcError) as caught:
        ask()
    assert KEY not in str(caught.value)
    name: str = caught.value.code().name
    return name


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [("x-goog-api-key", "")],
        [("x-goog-api-key", KEY[:-1])],
        [("x-goog-api-key", KEY + "x")],
        [("x-goog-api-key", KEY), ("x-goog-api-key", "another")],
        [("authorization", KEY)],
    ],
    ids=["none", "empty", "shorter", "longer", "two", "elsewhere"],
)
def test_without_the_key_every_call_is_refused(
    toys: Workbench, sent: list[tuple[str, str]], capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(toys, "gc", key=KEY) as (server, _):
        client = client_of(server.port, sent)
        assert code_of(lambda: client.predict_interval(WINDOW, **PROCAP)) == "UNAUTHENTICATED"
        assert code_of(client.output_metadata) == "UNAUTHENTICATED"
        right = client_of(server.port, [("x-goog-api-key", KEY)])
        assert right.output_metadata().procap is not None
    assert KEY not in "".join(capfd.readouterr())


def test_health_is_told_without_a_key_until_the_end(toys: Workbench) -> None:
    with serving(toys, "gc", key=KEY) as (server, _):
        stub = health_pb2_grpc.HealthStub(grpc.insecure_channel(f"127.0.0.1:{server.port}"))
        for name in ("", NAME):
            asked = health_pb2.HealthCheckRequest(service=name)
            assert stub.Check(asked).status == health_pb2.HealthCheckResponse.SERVING
        server.refuse()
        told = stub.Check(health_pb2.HealthCheckRequest()).status
        assert told == health_pb2.HealthCheckResponse.NOT_SERVING


def test_metrics_count_calls_bytes_and_seconds(toys: Workbench) -> None:
    with serving(toys, "gc", metrics_port=0) as (server, client):
        client.predict_interval(WINDOW, **PROCAP)
        with pytest.raises(grpc.RpcError):
            client.predict_interval(WINDOW, requested_outputs=[O.ATAC], ontology_terms=None)
        url = f"http://127.0.0.1:{server.metrics_port}/metrics"
        with urllib.request.urlopen(url, timeout=20) as page:
            lines = dict(
                line.rsplit(" ", 1)
                for line in page.read().decode().splitlines()
                if not line.startswith("#")
            )
    one = 'genoview_requests_total{code="%s",method="PredictInterval"}'
    assert lines[one % "OK"] == "1.0"
    assert lines[one % "UNIMPLEMENTED"] == "1.0"
    assert lines['genoview_request_seconds_count{method="PredictInterval"}'] == "2.0"
    assert lines["genoview_queue_length"] == "0.0"
    assert float(lines["genoview_sent_bytes_total"]) > 1639 * 4
    assert 0 < float(lines["genoview_received_bytes_total"]) < 200


def test_a_port_that_is_taken_is_told(toys: Workbench) -> None:
    with serving(toys, "gc", metrics_port=0) as (server, _):
        with pytest.raises(SettingsError, match="cannot be listened on"):
            Server(toys, Options(("gc",), port=server.port))
        with pytest.raises(SettingsError, match="Metrics cannot be served"):
            Server(toys, Options(("gc",), port=0, metrics_port=server.metrics_port))


def test_a_key_comes_from_a_file_or_from_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    assert read_key(path, "other") == KEY
    assert read_key(None, KEY) == KEY
    path.write_text(" \n")
    with pytest.raises(SettingsError, match="must hold one line"):
        read_key(path, "")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_key(tmp_path / "none", "")


def test_tls_needs_both_files(tmp_path: Path) -> None:
    assert credentials(None, None) is None
    with pytest.raises(SettingsError, match="needs both"):
        credentials(tmp_path / "cert.pem", None)
    with pytest.raises(SettingsError, match="cannot be read"):
        credentials(tmp_path / "cert.pem", tmp_path / "key.pem")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("[::1]", True), ("localhost", True), ("0.0.0.0", False), ("gpu", False)],
)
def test_loopback_is_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
