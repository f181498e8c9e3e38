"""What is not answered is told with its code and in a sentence that helps."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import numpy as np
import pytest
from alphagenome.data import genome
from alphagenome.models import dna_client, variant_scorers
from alphagenome.protos.v1 import dna_model_pb2
from alphagenome.protos.v1 import dna_model_service_pb2 as service_pb2

from genoview.errors import SettingsError
from genoview.runtime.workbench import Workbench
from genoview.server import predict
from genoview.server.app import Options, Server
from genoview.server.limits import Limits
from tests.server.serving import EVERYTHING, SNV, START, WINDOW, O, client_of, serving, stub_of

Client = dna_client.DnaClient
SITES = {"requested_outputs": [O.SPLICE_SITES], "ontology_terms": None}
HUMAN = dna_model_pb2.ORGANISM_HOMO_SAPIENS


@pytest.fixture
def client(toys: Workbench) -> Iterator[Client]:
    with serving(toys, "gc", "splice", "reporter") as (_, client):
        yield client


def place(start: int, chrom: str = "chr20") -> genome.Interval:
    return genome.Interval(chrom, start, start + 2**14)


def refused(ask: Callable[[], object]) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as caught:
        ask()
    return caught.value.code(), caught.value.details()


WRONG = genome.Variant("chr20", SNV.position, "G", "A")
ASKED: list[tuple[str, Callable[[Client], object], str, str]] = [
    (
        "unknown chromosome",
        lambda c: c.predict_interval(place(START, "chrZ"), **SITES),
        "INVALID_ARGUMENT",
        "chrZ is not in GRCh37-demo",
    ),
    (
        "no bases there",
        lambda c: c.predict_interval(place(1_000_000), **SITES),
        "INVALID_ARGUMENT",
        "lies outside of what GRCh37-demo covers",
    ),
    (
        "REF is another base",
        lambda c: c.score_variant(WINDOW, WRONG),
        "INVALID_ARGUMENT",
        "The GRCh37-demo reference allele there is C",
    ),
    (
        "the variant is elsewhere",
        lambda c: c.predict_variant(place(START + 2**14), SNV, **SITES),
        "INVALID_ARGUMENT",
        "lies outside of the interval",
    ),
    (
        "an output that no model has",
        lambda c: c.predict_interval(WINDOW, requested_outputs=[O.ATAC], ontology_terms=None),
        "UNIMPLEMENTED",
        "No model of this server predicts ATAC; it has PROCAP, SPLICE_SITES, CAGE",
    ),
    (
        "no output",
        lambda c: c.predict_interval(WINDOW, requested_outputs=[], ontology_terms=None),
        "INVALID_ARGUMENT",
        "Name an output",
    ),
    (
        "mouse",
        lambda c: c.predict_interval(WINDOW, organism=dna_client.Organism.MUS_MUSCULUS, **SITES),
        "INVALID_ARGUMENT",
        "ask for the organism HOMO_SAPIENS",
    ),
    (
        "the reverse strand",
        lambda c: c.predict_interval(
            genome.Interval("chr20", START, START + 2**14, strand="-"), **SITES
        ),
        "UNIMPLEMENTED",
        "Give it without a strand",
    ),
    (
        "scores that nobody has",
        lambda c: c.score_variant(WINDOW, SNV, [variant_scorers.ContactMapScorer()]),
        "UNIMPLEMENTED",
        "has a score for contact_map of CONTACT_MAPS",
    ),
    (
        "a logarithm of logarithms",
        lambda c: c.score_variant(
            WINDOW, SNV, [variant_scorers.RECOMMENDED_VARIANT_SCORERS["CAGE"]]
        ),
        "UNIMPLEMENTED",
        "values that are logarithms have no scores of counts",
    ),
    (
        "mutagenesis beside a deletion",
        lambda c: c.score_ism_variants(
            WINDOW,
            genome.Interval("chr20", SNV.start, SNV.start + 1),
            [variant_scorers.RECOMMENDED_VARIANT_SCORERS["PROCAP"]],
            interval_variant=genome.Variant("chr20", SNV.position, "C", ""),
            progress_bar=False,
        ),
        "UNIMPLEMENTED",
        "changes no length",
    ),
]


@pytest.mark.parametrize(
    ("ask", "code", "words"), [a[1:] for a in ASKED], ids=[a[0] for a in ASKED]
)
def test_the_official_client_is_told_why(
    client: Client, ask: Callable[[Client], object], code: str, words: str
) -> None:
    found, details = refused(lambda: ask(client))
    assert found.name == code
    assert words in details


RAW: list[tuple[str, str, Any, str, str]] = [
    (
        "too long",
        "PredictSequence",
        service_pb2.PredictSequenceRequest(
            sequence="A" * (2**20 + 1), organism=HUMAN, requested_outputs=[O.PROCAP.value]
        ),
        "INVALID_ARGUMENT",
        "1,048,577 bp were requested; 1 to 1,048,576 bp",
    ),
    (
        "nothing",
        "PredictSequence",
        service_pb2.PredictSequenceRequest(organism=HUMAN, requested_outputs=[O.PROCAP.value]),
        "INVALID_ARGUMENT",
        "0 bp were requested",
    ),
    (
        "larger than a message may be",
        "PredictSequence",
        service_pb2.PredictSequenceRequest(sequence="A" * 5_000_000, organism=HUMAN),
        "RESOURCE_EXHAUSTED",
        "larger than max",
    ),
    (
        "no letters of DNA",
        "PredictSequence",
        service_pb2.PredictSequenceRequest(sequence="ACGU", organism=HUMAN),
        "INVALID_ARGUMENT",
        "The sequence holds 'U'",
    ),
    (
        "an empty interval",
        "PredictInterval",
        service_pb2.PredictIntervalRequest(
            interval=dna_model_pb2.Interval(chromosome="chr20", start=5, end=5)
        ),
        "INVALID_ARGUMENT",
        "is empty",
    ),
    (
        "another model",
        "PredictInterval",
        service_pb2.PredictIntervalRequest(interval=WINDOW.to_proto(), model_version="FOLD_0"),
        "INVALID_ARGUMENT",
        "not AlphaGenome",
    ),
    (
        "alleles that are no bases",
        "PredictVariant",
        service_pb2.PredictVariantRequest(
            interval=WINDOW.to_proto(),
            variant=dna_model_pb2.Variant(
                chromosome="chr20",
                position=SNV.position,
                reference_bases="N",
                alternate_bases="A",
            ),
            requested_outputs=[O.PROCAP.value],
        ),
        "INVALID_ARGUMENT",
        "REF allele 'N'",
    ),
    (
        "no scorers",
        "ScoreVariant",
        service_pb2.ScoreVariantRequest(interval=WINDOW.to_proto(), variant=SNV.to_proto()),
        "INVALID_ARGUMENT",
        "0 scorers were given",
    ),
    (
        "a scorer of no kind",
        "ScoreVariant",
        service_pb2.ScoreVariantRequest(
            interval=WINDOW.to_proto(), variant_scorers=[dna_model_pb2.VariantScorer()]
        ),
        "INVALID_ARGUMENT",
        "without its kind",
    ),
    (
        "a long mutagenesis",
        "ScoreIsmVariant",
        service_pb2.ScoreIsmVariantRequest(
            interval=WINDOW.to_proto(),
            ism_interval=dna_model_pb2.Interval(chromosome="chr20", start=START, end=START + 11),
        ),
        "INVALID_ARGUMENT",
        "a request has 10 at most",
    ),
]


@pytest.mark.parametrize(
    ("method", "request_", "code", "words"), [r[1:] for r in RAW], ids=[r[0] for r in RAW]
)
def test_so_is_who_skips_the_official_checks(
    toys: Workbench, method: str, request_: Any, code: str, words: str
) -> None:
    with serving(toys, "gc") as (server, _):
        call = getattr(stub_of(server.port), method)
        found, details = refused(lambda: list(call(iter([request_]))))
    assert found.name == code
    assert words in details


def test_lengths_that_the_official_client_refuses_are_answered(toys: Workbench) -> None:
    request = service_pb2.PredictSequenceRequest(
        sequence="GGGGGCCCCCAAAAAT", requested_outputs=[O.SPLICE_SITES.value]
    )
    with serving(toys, "splice") as (server, _):
        first, chunk = stub_of(server.port).PredictSequence(iter([request]))
    assert list(first.output.track_data.values.shape) == [16, 4]
    values = np.frombuffer(chunk.tensor_chunk.data, np.float32).reshape(16, 4)
    assert values[:, 0].tolist() == [1] * 5 + [0] * 11  # a donor where there is G


def test_a_wrong_length_is_refused_by_the_client_itself(client: Client) -> None:
    with pytest.raises(ValueError, match="not supported"):
        client.predict_sequence("ACGT", **SITES)


def test_an_answer_that_is_too_large_is_refused_before_it_is_computed(toys: Workbench) -> None:
    with serving(toys, "splice", limits=Limits(answer_bytes=2**18)) as (_, client):
        asked = {**EVERYTHING, "requested_outputs": [O.SPLICE_SITES]}
        client.predict_interval(WINDOW, **asked)
        code, details = refused(lambda: client.predict_variant(WINDOW, SNV, **asked))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert "Ask for a shorter stretch or for fewer outputs" in details


@pytest.mark.parametrize(
    ("key", "value"), [("x-genoview-precision", "float8"), ("x-genoview-compression", "zip")]
)
def test_an_unknown_packing_is_refused(toys: Workbench, key: str, value: str) -> None:
    with serving(toys, "gc") as (server, _):
        client = client_of(server.port, [(key, value)])
        code, details = refused(lambda: client.predict_interval(WINDOW, **EVERYTHING))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert f"{key} is '{value}'" in details


@pytest.mark.parametrize(
    ("models", "words"),
    [
        (("splice", "wide"), "splice and wide both become SPLICE_SITES"),
        (("maps",), "None of these models has a track"),
    ],
)
def test_models_that_do_not_fit_the_protocol_are_told_at_the_start(
    toys: Workbench, models: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        Server(toys, Options(models, port=0))


def test_two_models_of_one_output_are_told_apart_by_name(toys: Workbench) -> None:
    with serving(toys, "splice", "second") as (_, client):
        found = client.predict_interval(WINDOW, **SITES).splice_sites
    assert list(found.names[:4]) == ["donor", "acceptor", "donor", "acceptor"]
    assert set(found.names[4:]) == {"donor (Toy second)", "acceptor (Toy second)"}
    assert np.array_equal(found.values[:, :4], found.values[:, 4:])
    assert "random weights" in found.metadata["data_source"][4]


def test_a_defect_is_told_without_its_words(
    toys: Workbench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defect(*_: object) -> None:
        raise ValueError("/a/path/of/this/machine")

    monkeypatch.setattr(predict, "side_by_side", defect)
    with serving(toys, "gc") as (server, client):
        asked = {"requested_outputs": [O.PROCAP], "ontology_terms": None}
        code, details = refused(lambda: client.predict_sequence("A" * 2**14, **asked))
        counted = server.metrics.registry.get_sample_value(
            "genoview_requests_total", {"method": "PredictSequence", "code": "INTERNAL"}
        )
    assert code is grpc.StatusCode.INTERNAL
    assert details == "The answer could not be made (ValueError); the server's log has more."
    assert "/a/path/of/this/machine" in caplog.text
    assert counted == 1
