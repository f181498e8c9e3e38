"""`genoview serve --models cispliceai jaspar --port 50051`: models for others, over gRPC.

Needs the extra `serve`; without it the command says so, and everything else works.
"""

import argparse
import os
import signal
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from genoview.errors import SettingsError
from genoview.models.alphagenome.cards import CLIENT
from genoview.models.configured_names import expanded
from genoview.models.entry import Access
from genoview.models.registry import default_models, entry_of, setups
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    usual = default_models()
    parser.add_argument("--models", nargs="+", default=list(usual), help=", ".join(usual))
    parser.add_argument("--assembly", default="", help="name of a genome; the embedded one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; this machine's")
    parser.add_argument("--port", type=int, default=PORT, help=f"{PORT}; 0 for any that is free")
    parser.add_argument("--metrics-port", type=int, help="serve Prometheus metrics there")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="PEM certificate chain")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="PEM private key")
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help=f"API key; or set {KEY_VARIABLE}"
    )
    parser.add_argument("--queue", type=int, default=QUEUE, help=f"calls at a time; {QUEUE}")
    parser.add_argument(
        "--max-seconds", type=float, default=SECONDS, help=f"a call may take; {SECONDS:,.0f}"
    )
    parser.add_argument(
        "--patience", type=float, default=PATIENCE_S, help=f"s for a caller; {PATIENCE_S:.0f}"
    )
    parser.add_argument(
        "--grace", type=float, default=GRACE_S, help=f"seconds to end in on SIGTERM; {GRACE_S:.0f}"
    )
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--compression", choices=("none", "zstd"), default="none")


def serve(bench: Workbench, asked: argparse.Namespace) -> None:
    """Answer until SIGTERM or SIGINT, then end what runs.

    Raises:
        SettingsError: the extra is not installed, or an option does not fit.
        GenoviewError: a model or the genome cannot be had.
    """
    check_installed()
    from genoview.server.app import Server

    ended = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: ended.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        server = Server(bench, _options(bench, asked))
        server.start()
        _say(_greeting(server, asked))
        ended.wait()
        server.refuse()
        _say("Ending: no new calls are taken.")
        server.stop(asked.grace)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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


def _models(bench: Workbench, names: list[str]) -> tuple[str, ...]:
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


def _options(bench: Workbench, asked: argparse.Namespace) -> "Options":
    from genoview.server.access import credentials, read_key
    from genoview.server.app import Options
    from genoview.server.limits import Limits
    from genoview.server.protocol import Packing

    models = _models(bench, asked.models)
    if asked.queue < 1 or min(asked.max_seconds, asked.patience) <= 0 or asked.grace < 0:
        raise SettingsError(
            "--queue, --max-seconds and --patience must be above 0, --grace 0 or more."
        )
    return Options(
        models=models,
        assembly=asked.assembly,
        host=asked.host,
        port=asked.port,
        metrics_port=asked.metrics_port,
        key=read_key(asked.key_file, os.environ.get(KEY_VARIABLE, "")),
        credentials=credentials(asked.tls_cert, asked.tls_key),
        limits=Limits(queue=asked.queue, seconds=asked.max_seconds, patience=asked.patience),
        packing=Packing(asked.precision, asked.compression),
    )


def _greeting(server: "Server", asked: argparse.Namespace) -> str:
    from genoview.server.access import is_loopback

    lines = [f"genoview serves {', '.join(server.shelf.names)} on {asked.host}:{server.port}"]
    if server.metrics_port is not None:
        lines.append(f"metrics on http://{asked.host}:{server.metrics_port}/metrics")
    lines += [
        f"left out, no output type fits: {track} of {name}" for name, track in server.shelf.left_out
    ]
    if not is_loopback(asked.host) and asked.tls_cert is None:
        lines.append("others can reach this address, and what they send is not encrypted")
    if not is_loopback(asked.host) and not server.asks_for_key:
        lines.append("whoever can reach this address may call: give --key-file")
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
