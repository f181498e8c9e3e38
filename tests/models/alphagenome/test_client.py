"""AlphaGenome over its protocol: the official client against a service on the loopback."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("alphagenome")

import grpc

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import Assay
from genoview.errors import BackendError, Cancelled
from genoview.models.alphagenome import client
from genoview.models.alphagenome.address import Address
from genoview.models.alphagenome.cards import HOSTED_CARD
from genoview.models.alphagenome.client import AlphaGenomeService
from genoview.models.alphagenome.outputs import (
    OUTPUTS,
    WINDOW_LENGTHS,
    AlphaGenomeOutput,
    Shared,
)
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.whole_window import SPARE_LENGTH
from tests.support.servers.loopback_service import BRAIN, JUNCTION, LIVER, Service, serve, shares

KEY = "a-secret-key"
EVERYTHING = Choice()
LENGTH = WINDOW_LENGTHS[0]
ASKED = Interval("chr1", 100_000, 112_000)
WINDOW = Interval("chr1", 97_808, 97_808 + LENGTH)
BASES = np.random.default_rng(7).choice(list("ACGT"), LENGTH + SPARE_LENGTH)
SEQUENCE = "".join(BASES)


@pytest.fixture
def service() -> Iterator[Service]:
    result = Service(KEY)
    server, result.address = serve(result)
    yield result
    server.stop(None).wait()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)


def shared_of(service: Service, outputs: tuple[str, ...], choice: Choice = EVERYTHING) -> Shared:
    source = AlphaGenomeService("The server", Address(service.address, False, KEY))
    return Shared(source, outputs, choice)


def backend_of(
    service: Service, output: str, choice: Choice = EVERYTHING, shortest: int = 0
) -> AlphaGenomeOutput:
    return AlphaGenomeOutput(HOSTED_CARD, shared_of(service, (output,), choice), output, shortest)


@pytest.mark.parametrize("name", [n for n, output in OUTPUTS.items() if output.resolution < 2_000])
def test_every_output_has_the_values_that_the_service_computes(service: Service, name: str) -> None:
    backend = backend_of(service, name)
    result = backend.predict(SEQUENCE, ASKED)
    assert result.data.interval == WINDOW
    if name == "splice_junctions":
        assert result.junctions is not None
        assert result.junctions.ends == [(WINDOW.start + 100, WINDOW.start + 900, 1)]
        assert result.junctions.values.tolist() == [[1.0, 2.0]]
        return
    expected = shares(SEQUENCE[:LENGTH], OUTPUTS[name].resolution)
    for t in range(len(result.data.tracks)):
        np.testing.assert_array_equal(result.data.values[:, t], expected * np.float32(t + 1))


def test_contact_maps_are_squares_over_the_window(service: Service) -> None:
    result = backend_of(service, "contact_maps").predict(SEQUENCE, ASKED)
    contacts = result.contacts
    assert contacts is not None and contacts.interval == WINDOW and contacts.resolution == 2_048
    share = shares(SEQUENCE[:LENGTH], 2_048)
    np.testing.assert_allclose(contacts.values[..., 0], share[:, None] + share[None, :])


@pytest.mark.parametrize(
    ("width", "shortest", "length"),
    [
        (1, 0, 16_384),
        (16_384, 0, 16_384),
        (16_385, 0, 131_072),
        (131_073, 0, 524_288),
        (1_000_000, 0, 1_048_576),
        (1_049_000, 0, 1_048_576),
        (1, 500_000, 524_288),
    ],
)
def test_the_window_is_the_smallest_legal_one(
    service: Service, width: int, shortest: int, length: int
) -> None:
    backend = backend_of(service, "atac", shortest=shortest)
    requested = Interval("chr1", 3_000_001, 3_000_001 + width)
    read = backend.read_window(requested)
    assert read.width == length
    assert abs(read.center - requested.center) <= 1
    assert backend.grid(backend.grid(requested)) == backend.grid(requested) == read


def test_tracks_are_chosen_before_the_request(service: Service) -> None:
    choice = Choice(terms=(LIVER["curie"],), factors=("CTCF",))
    backend = backend_of(service, "chip_tf", choice)
    assert [track.name for track in backend.tracks] == ["right liver lobe, CTCF"]
    assert backend.tracks[0].biosample is not None
    assert backend.tracks[0].biosample.curie == LIVER["curie"]
    result = backend.predict(SEQUENCE, ASKED)
    np.testing.assert_array_equal(result.data.values[:, 0], shares(SEQUENCE[:LENGTH], 128))
    assert service.terms == [1]  # the service need not send the brain
    other = backend_of(service, "chip_tf", Choice(terms=(BRAIN["curie"],), factors=("CTCF",)))
    assert other.version != backend.version


def test_a_choice_without_tracks_says_what_to_do(service: Service) -> None:
    with pytest.raises(BackendError, match=r"None of the 4 tracks of TF ChIP-seq .* Choose"):
        backend_of(service, "chip_tf", Choice(factors=("GATA1",)))


def test_all_outputs_come_with_one_request(service: Service) -> None:
    shared = shared_of(service, ("rna_seq", "splice_sites"))
    first, second = (
        AlphaGenomeOutput(HOSTED_CARD, shared, name) for name in ("rna_seq", "splice_sites")
    )
    first.predict(SEQUENCE, ASKED)
    sites = second.predict(SEQUENCE, ASKED)
    assert service.asked == [["RNA_SEQ", "SPLICE_SITES"]]
    assert [t.label for t in sites.data.tracks][:2] == ["Splice donor (+)", "Splice acceptor (+)"]
    assert sites.data.tracks[0].assay is Assay.SPLICE_SITES


@pytest.mark.parametrize(
    ("ref", "alt"), [("A", "G"), ("A", "AGGG"), ("ACGTACGTA", "A"), ("AC", "GTT")]
)
@pytest.mark.parametrize("name", ["rna_seq", "chip_tf", "contact_maps", "splice_junctions"])
def test_alt_is_the_whole_window_on_ref_coordinates(
    service: Service, name: str, ref: str, alt: str
) -> None:
    at = 8_000
    sequence = SEQUENCE[:at] + ref + SEQUENCE[at + len(ref) :]
    variant = Variant("chr1", WINDOW.start + at + 1, ref, alt)
    backend = backend_of(service, name)
    before = backend.predict(sequence, ASKED)
    after = backend.predict_alternate(before, sequence, variant)
    haplotype = (sequence[:at] + alt + sequence[at + len(ref) :])[:LENGTH]
    assert service.sequences[-1] == haplotype
    assert after.data.interval == before.data.interval
    if name == "contact_maps":
        assert after.contacts is not None and before.contacts is not None
        assert after.contacts.interval == before.contacts.interval
        return
    if name == "splice_junctions":
        assert after.junctions is not None
        assert after.junctions.ends == [(WINDOW.start + 100, WINDOW.start + 900, 1)]
        return
    if name == "rna_seq":  # base by base: what lies behind is as in REF, wherever it has moved
        behind = slice(at + max(len(ref), len(alt)), LENGTH - 10)
        np.testing.assert_array_equal(after.data.values[behind], before.data.values[behind])
        np.testing.assert_array_equal(after.data.values[:at], before.data.values[:at])
    if ref == "A" and len(alt) == 4:  # inserted bases count with their maximum at the anchor
        assert name != "rna_seq" or after.data.values[at, 0] == 1.0
    if len(ref) == 9:
        assert name != "rna_seq" or not after.data.values[at + 1 : at + 9].any()


def test_a_junction_behind_a_deletion_is_where_ref_has_it(service: Service) -> None:
    sequence = SEQUENCE[:50] + "ACGTA" + SEQUENCE[55:]
    variant = Variant("chr1", WINDOW.start + 51, "ACGTA", "A")
    backend = backend_of(service, "splice_junctions")
    before = backend.predict(sequence, ASKED)
    after = backend.predict_alternate(before, sequence, variant).junctions
    assert after is not None
    start, end = (WINDOW.start + place + 4 for place in JUNCTION)
    assert after.ends == [(start, end, 1)]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (grpc.StatusCode.RESOURCE_EXHAUSTED, "quota"),
        (grpc.StatusCode.UNAVAILABLE, "cannot be reached"),
        (grpc.StatusCode.DEADLINE_EXCEEDED, "in time"),
        (grpc.StatusCode.INVALID_ARGUMENT, "refuses"),
        (grpc.StatusCode.PERMISSION_DENIED, "does not allow"),
        (grpc.StatusCode.INTERNAL, "internal error"),
        (grpc.StatusCode.UNIMPLEMENTED, "part of the protocol"),
    ],
)
def test_status_codes_become_sentences(service: Service, code: grpc.StatusCode, words: str) -> None:
    backend = backend_of(service, "atac")
    service.faults = [code] * 10
    with pytest.raises(BackendError, match=words) as caught:
        backend.predict(SEQUENCE, ASKED)
    retried = code in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNAVAILABLE)
    assert len(service.faults) == (5 if retried else 9)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("code", [code for code in grpc.StatusCode if code.name != "OK"])
def test_only_the_protocols_codes_are_retried(service: Service, code: grpc.StatusCode) -> None:
    """As the official client's `retry_rpc`, of which these are the defaults."""
    source = AlphaGenomeService("The server", Address(service.address, False, KEY))
    service.faults = [code] * 10
    with pytest.raises(BackendError):
        source.facts("atac")
    retried = code.name in ("RESOURCE_EXHAUSTED", "UNAVAILABLE")
    assert service.n_asked == (5 if retried else 1)


def test_a_passing_fault_is_tried_anew(service: Service) -> None:
    backend = backend_of(service, "atac")
    service.faults = [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED]
    assert backend.predict(SEQUENCE, ASKED).data.n_bins == LENGTH
    assert not service.faults


def test_the_error_of_a_wrong_key_hides_the_key(service: Service) -> None:
    wrong = Address(service.address, False, "another-key")
    source = AlphaGenomeService("The server", wrong)
    with pytest.raises(BackendError, match="does not accept the key") as caught:
        source.facts("atac")
    assert "another-key" not in str(caught.value)
    assert "[key]" in str(caught.value)
    assert "another-key" not in repr(wrong)


def test_a_key_is_never_sent_as_plain_text_to_another_machine() -> None:
    with pytest.raises(BackendError, match="plain text") as caught:
        Address("gpu.example.org:50051", False, KEY)
    assert KEY not in str(caught.value)


def test_the_hosted_service_wants_a_key() -> None:
    with pytest.raises(BackendError, match="ALPHA_GENOME_API_KEY"):
        Address()


def test_an_address_without_a_server_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CONNECT_S", 0.2)
    source = AlphaGenomeService("The server", Address("127.0.0.1:9", False))
    with pytest.raises(BackendError, match="cannot be reached"):
        source.facts("atac")


def test_a_stopped_run_is_cancelled_at_the_service(service: Service) -> None:
    backend = backend_of(service, "atac")
    service.hold = True
    stop = threading.Event()

    def progress(share: float) -> None:
        if service.begun.is_set():
            stop.set()
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        backend.predict(SEQUENCE, ASKED, progress)
    assert stop.is_set()
    assert service.gone.wait(20)


def test_an_answer_that_would_not_fit_is_not_requested(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 100_000)
    backend = backend_of(service, "rna_seq")
    with pytest.raises(BackendError, match=r"16,384 bp .* Choose fewer"):
        backend.predict(SEQUENCE, ASKED)
    assert service.asked == []
