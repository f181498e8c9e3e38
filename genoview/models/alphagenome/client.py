"""AlphaGenome by its protocol: the hosted service, or any genoview server by address.

sequence --official client, gRPC--> Output --> Prediction

Sequences are sent, never intervals: one way for every genome, both alleles and every server, and
what comes back depends on nothing but what was sent.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.errors import BackendError
from genoview.models.alphagenome.address import HOSTED, Address
from genoview.models.alphagenome.grpc_errors import RETRIED, service_error
from genoview.models.alphagenome.junctions_contacts import facts_of, prediction_of
from genoview.models.alphagenome.outputs import OUTPUTS, Outputs
from genoview.models.alphagenome.server_identity import (
    BY_CALLER,
    KEEPING_HEADER,
    NOBODY,
    Identity,
    Watch,
)
from genoview.models.alphagenome.track_filter import TrackFacts, terms_of

T = TypeVar("T")
INSTALL = "pip install 'genoview[alphagenome]'"
CONNECT_S = 20.0  # until a service must have been reached
POLL_S = 0.1  # how soon a stopped run ends
ATTEMPTS = 5
FIRST_WAIT_S, WAIT_FACTOR = 1.25, 1.5  # as the official client waits
MOST_BYTES = 4 * 2**30  # of one answer


class AlphaGenomeService:
    """A `Source` over the official client; thread safe."""

    def __init__(
        self, title: str, address: Address, organism: str = "human", watch: Watch | None = None
    ) -> None:
        """Args: watch: of a server that may change; answers of another one are refused."""
        self.title, self._address, self._watch = title, address, watch
        self.organism = organism
        self.server = NOBODY if watch is None else watch.identity()
        self.identity = f"{address.target or HOSTED} {self.server.models or 'default'}"
        self.device = address.target or "the hosted service"
        self._calls: list[Any] = []  # that are under way
        self._facts: dict[str, tuple[TrackFacts, ...]] | None = None

    def facts(self, output: str) -> Sequence[TrackFacts]:
        if self._facts is None:
            metadata = self.ask(
                lambda: self.client.output_metadata(self.organism_code), no_progress
            )
            self._facts = {
                name: facts_of(getattr(metadata, name))
                for name in OUTPUTS
                if getattr(metadata, name) is not None
            }
        return self._facts.get(output, ())

    def predict(
        self, sequence: str, wanted: Outputs, progress: Progress = no_progress
    ) -> dict[str, Prediction]:
        terms = self._terms(wanted)
        self._check_size(len(sequence), wanted, terms)
        progress(0.0)
        # The client's own wrapper sleeps through its retries, where nobody could stop them.
        plain = type(self.client).predict_sequence.__wrapped__
        kinds = self.library.OutputType

        def call() -> Any:
            return plain(
                self.client,
                sequence,
                organism=self.organism_code,
                requested_outputs=[kinds[name.upper()] for name in wanted],
                ontology_terms=terms,
            )

        outputs = self.ask(call, progress)
        predictions = {}
        for name, columns in wanted.items():
            facts = [self.facts(name)[i] for i in columns]
            received = getattr(outputs, name)
            if received is None:
                raise BackendError(f"{self.title} did not send {OUTPUTS[name].assay.label}.")
            predictions[name] = prediction_of(received, OUTPUTS[name], facts, len(sequence))
        progress(1.0)
        return predictions

    def _terms(self, wanted: Outputs) -> list[str] | None:
        """Ontology terms to ask for; None, which is all, where a chosen output names none."""
        facts = [self.facts(name)[i] for name, columns in wanted.items() for i in columns]
        return list(terms_of(facts)) or None

    def _check_size(self, length: int, wanted: Outputs, terms: Iterable[str] | None) -> None:
        """Before a request whose answer would not fit.

        Raises:
            BackendError: it would not.
        """
        term_set = None if terms is None else set(terms)
        size = sum(
            4 * length // OUTPUTS[name].resolution * _n_sent(self.facts(name), term_set)
            for name in wanted
            if name not in ("splice_junctions", "contact_maps")
        )
        if size > MOST_BYTES:
            raise BackendError(
                f"{length:,} bp of the tracks that {self.title} would send take "
                f"{size / 1e9:.1f} GB; at most {MOST_BYTES / 1e9:.1f} GB are taken at once. Choose "
                "fewer tissues or outputs on the page Models and data, or look at a shorter part."
            )

    def ask(self, call: Callable[[], T], progress: Progress) -> T:
        """The answer to a call; retries where the protocol allows it, and stops on cancellation."""
        assert self.library  # raises with what to install, where grpc is missing too
        import grpc

        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(FIRST_WAIT_S, exp_base=WAIT_FACTOR),
            sleep=lambda seconds: _pause(seconds, progress),
            retry=retry_if_exception(
                lambda error: isinstance(error, grpc.RpcError) and error.code().name in RETRIED
            ),
            reraise=True,
        )
        try:
            answer: T = attempts(self._watched, call, progress)
            return answer
        except grpc.RpcError as error:
            code, details = error.code().name, error.details() or ""
        except ValueError as error:
            code, details = "DATA_LOSS", str(error)
        # Not from the error, whose text holds what was sent.
        raise service_error(self.title, code, details, self._address.key)

    def _watched(self, call: Callable[[], T], progress: Progress) -> T:
        """The result of `call`; `progress` is called meanwhile, and may end it."""
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(call)
            try:
                while True:
                    try:
                        answer = future.result(POLL_S)
                        self._check_identity()
                        return answer
                    except NotYet:
                        if future.done():
                            raise
                        progress(0.0)
            except BaseException:
                for under_way in self._calls:
                    under_way.cancel()
                raise
            finally:
                self._calls.clear()

    def _check_identity(self) -> None:
        """Whether the calls were answered by the server that was known.

        Raises:
            BackendError: its models changed; the answer must not be cached under the old ones.
        """
        if self._watch is None:
            return
        for call in self._calls:
            if Identity.of(call.initial_metadata()).models != self.server.models:
                self._watch.forget()
                raise BackendError(f"{self.title} has other models than before. Try again.")

    @property
    def organism_code(self) -> Any:
        organisms = self.library.Organism
        return organisms.HOMO_SAPIENS if self.organism == "human" else organisms.MUS_MUSCULUS

    @cached_property
    def library(self) -> Any:
        try:
            from alphagenome.models import dna_client
        except ImportError as error:
            raise BackendError(
                f"The official client of AlphaGenome is not installed. {INSTALL} adds it."
            ) from error
        return dna_client

    @cached_property
    def client(self) -> Any:
        """The official client, whose calls are known here so that they can be cancelled.

        Raises:
            BackendError: it is not installed, or the service cannot be reached.
        """
        library = self.library
        import grpc

        from genoview.models.alphagenome.grpc_calls import remembering

        address = self._address
        options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        if address.secure:
            channel = grpc.secure_channel(
                address.target or HOSTED, grpc.ssl_channel_credentials(), options=options
            )
        else:
            channel = grpc.insecure_channel(address.target, options=options)
        try:
            grpc.channel_ready_future(channel).result(CONNECT_S)
        except grpc.FutureTimeoutError:
            channel.close()
            raise service_error(self.title, "UNAVAILABLE", "") from None
        metadata = [("x-goog-api-key", address.key)] if address.key else []
        if self._watch is not None:  # a server that may be genoview's: its answers are cached here
            metadata.append((KEEPING_HEADER, BY_CALLER))
        return library.DnaClient(channel=remembering(channel, self._calls), metadata=metadata)


def _n_sent(facts: Sequence[TrackFacts], terms: set[str] | None) -> int:
    return sum(terms is None or not row.curie or row.curie in terms for row in facts)


def _pause(seconds: float, progress: Progress) -> None:
    """Wait, with a fifth more or less by chance, while `progress` may end it."""
    end = time.monotonic() + seconds * float(np.random.default_rng().uniform(0.8, 1.2))
    while time.monotonic() < end:
        progress(0.0)
        time.sleep(POLL_S)
