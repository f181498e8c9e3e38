"""`genoview serve --models cispliceai jaspar --port 50051`: models for others, over gRPC.

Needs the extra `serve`; without it the command says so, and everything else works.
"""

import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from genoview.cli.arguments import define, option
from genoview.errors import SettingsError
from genoview.models.alphagenome.cards import CLIENT
from genoview.models.configured_names import expanded
from genoview.models.entry import Access
from genoview.models.registry import default_models, entry_of, setups
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench

if TYPE_CHECKING:
    from genoview.server.app import Options, Server

PACKAGES = ("grpc", "grpc_health", CLIENT, "zstandard", "prometheus_client")
KEY_VARIABLE = "GENOVIEW_SERVER_KEY"
PORT = 50051
QUEUE = 16  # calls
SECONDS = 3_600.0  # a call
PATIENCE_S = 60.0
GRACE_S = 30.0
POLL_S = 0.1
Precision = Literal["float32", "bfloat16"]
Compression = Literal["none", "zstd"]


@dataclass(frozen=True, slots=True)
class Serve:
    """Arguments of the command."""

    models: tuple[str, ...] = option(default_models(), ", ".join(default_models()))
    assembly: str = option("", "name of a genome; the embedded one")
    host: str = option("127.0.0.1", "address to listen on; this machine's")
    port: int = option(PORT, f"{PORT}; 0 for any that is free")
    metrics_port: int | None = option(None, "serve Prometheus metrics there")
    tls_cert: Path | None = option(None, "PEM certificate chain")
    tls_key: Path | None = option(None, "PEM private key")
    key_file: Path | None = option(None, f"API key; or set {KEY_VARIABLE}")
    queue: int = option(QUEUE, f"calls at a time; {QUEUE}")
    max_seconds: float = option(SECONDS, f"a call may take; {SECONDS:,.0f}")
    patience: float = option(PATIENCE_S, f"s for a caller; {PATIENCE_S:.0f}")
    grace: float = option(GRACE_S, f"seconds to end in on SIGTERM; {GRACE_S:.0f}")
    precision: Precision = option("float32", choices=get_args(Precision))
    compression: Compression = option("none", choices=get_args(Compression))


def add_arguments(parser: ArgumentParser, _given: Sequence[str]) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Serve, serve)


def serve(arguments: Serve) -> None:
    """Answer with the models of this installation until SIGTERM or SIGINT."""
    with closing(Workbench(read_settings())) as bench:
        serve_until_stopped(bench, arguments)


def serve_until_stopped(bench: Workbench, arguments: Serve) -> None:
    """Answer until SIGTERM or SIGINT, then end what runs.

    Raises:
        SettingsError: the extra is not installed, or an option does not fit.
        GenoviewError: a model or the genome cannot be had.
    """
    check_installed()
    from genoview.server.app import Server

    with signals(signal.SIGTERM, signal.SIGINT) as arrived:
        server = Server(bench, _options(bench, arguments))
        server.start()
        _say(_greeting(server, arguments))
        wait(arrived)
        server.refuse()
        _say("Ending: no new calls are taken.")
        server.stop(arguments.grace)


@contextmanager
def signals(*numbers: signal.Signals) -> Iterator[list[int]]:
    """What arrives of these, in order; as before at the end."""
    arrived: list[int] = []
    before = {
        each: signal.signal(each, lambda number, _: arrived.append(number)) for each in numbers
    }
    try:
        yield arrived
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait(arrived: list[int]) -> None:
    """Until a signal came. By short sleeps: a lock could miss a signal, or be left shut by it."""
    while not arrived:
        time.sleep(POLL_S)


def check_installed() -> None:
    """Pass if the packages of the extra are there; imports none of them.

    Raises:
        SettingsError: one is missing.
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"genoview serve needs {', '.join(missing)}: pip install 'genoview[serve]' adds what "
            "is missing."
        )


def _models(bench: Workbench, names: Sequence[str]) -> tuple[str, ...]:
    """Raises BackendError of a model that is not here, SettingsError of one that is not served."""
    models = expanded(names, bench.large)
    for name in models:
        setup = setups().get(name.partition(".")[0])
        if setup is None:
            entry_of(name)
        elif setup.is_service:
            raise SettingsError(
                f"{setup.card.title} is a service itself: give your callers its address."
            )
        elif setup.access is Access.CROPPED:
            raise SettingsError(
                f"{setup.card.title} predicts the middle of its window alone, which the protocol "
                "has no word for: it is not served."
            )
    return models


def _options(bench: Workbench, arguments: Serve) -> "Options":
    from genoview.server.access import credentials, read_key
    from genoview.server.app import Options
    from genoview.server.limits import Limits
    from genoview.server.protocol import Packing

    models = _models(bench, arguments.models)
    if (
        arguments.queue < 1
        or min(arguments.max_seconds, arguments.patience) <= 0
        or arguments.grace < 0
    ):
        raise SettingsError(
            "--queue, --max-seconds and --patience must be above 0, --grace 0 or more."
        )
    return Options(
        models=models,
        assembly=arguments.assembly,
        host=arguments.host,
        port=arguments.port,
        metrics_port=arguments.metrics_port,
        key=read_key(arguments.key_file, os.environ.get(KEY_VARIABLE, "")),
        credentials=credentials(arguments.tls_cert, arguments.tls_key),
        limits=Limits(
            queue=arguments.queue, seconds=arguments.max_seconds, patience=arguments.patience
        ),
        packing=Packing(arguments.precision, arguments.compression),
    )


def _greeting(server: "Server", arguments: Serve) -> str:
    from genoview.server.access import is_loopback

    lines = [f"genoview serves {', '.join(server.outputs.names)} on {arguments.host}:{server.port}"]
    if server.metrics_port is not None:
        lines.append(f"metrics on http://{arguments.host}:{server.metrics_port}/metrics")
    lines += [
        f"left out, no output type fits: {track} of {name}"
        for name, track in server.outputs.left_out
    ]
    if not is_loopback(arguments.host) and arguments.tls_cert is None:
        lines.append("others can reach this address, and what they send is not encrypted")
    if not is_loopback(arguments.host) and not server.asks_for_key:
        lines.append("whoever can reach this address may call: give --key-file")
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
