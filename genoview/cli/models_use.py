"""`genoview models use KIND`: set up AlphaGenome, a server or weights without a page."""

import argparse
from pathlib import Path

from genoview.errors import SettingsError
from genoview.models.alphagenome.cards import KEY_VARIABLE
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LANGUAGE_PARTS, USUAL_OUTPUTS, LargeModel
from genoview.models.entry import Access
from genoview.models.language.cards import PARTS
from genoview.models.language.language_model import SPANS
from genoview.models.language.tokenizer import Scheme
from genoview.models.registry import setups


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("name", choices=list(setups()), help="which of them")
    parser.add_argument("--place", default="", help="HOST:PORT, a folder of weights, or a hub name")
    parser.add_argument("--tls", action="store_true", help="the server speaks TLS")
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help=f"a file with the key; or set {KEY_VARIABLE}"
    )
    parser.add_argument("--organism", choices=ORGANISMS, default=ORGANISMS[0])
    parser.add_argument(
        "--outputs", nargs="+", choices=[*OUTPUTS, *PARTS], default=[], metavar="OUTPUT"
    )
    for field, words in (
        ("terms", "ontology terms of tissues and cells, such as UBERON:0001114"),
        ("assays", "as the model titles them, such as 'total RNA-seq'"),
        ("factors", "transcription factors and histone marks"),
    ):
        parser.add_argument(f"--{field}", nargs="+", default=[], help=words)
    parser.add_argument(
        "--shortest", type=int, choices=WINDOW_LENGTHS, default=WINDOW_LENGTHS[0], help="bp read"
    )
    _add_language(parser.add_argument_group("language models"))


def _add_language(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--revision", default="", help="branch, tag or commit on the hub")
    group.add_argument(
        "--tokens", choices=[one.value for one in Scheme], default="", help="else as it tells"
    )
    group.add_argument("--span", type=int, choices=SPANS, default=SPANS[0], help="bp at once")
    group.add_argument(
        "--trust-code", action="store_true", help="code of its repository may run on this computer"
    )


def use(large: LargeModels, asked: argparse.Namespace) -> str:
    """Write the model down, in place of another of its kind; what was done, in words.

    Raises:
        SettingsError: the place or the key does not fit, or nothing can be written.
    """
    setup = setups()[asked.name]
    is_hosted = setup.access is Access.HOSTED
    if bool(asked.place) == is_hosted:
        wanted = "has no --place" if is_hosted else "needs --place: where it is"
        raise SettingsError(f"{setup.card.title} {wanted}.")
    is_language = setup.access is Access.LANGUAGE
    model = _language(asked) if is_language else _of_tracks(asked, asked.tls or is_hosted)
    if asked.key_file is not None:
        large.put_key(asked.name, _key(asked.key_file))
    large.put(model)
    names = ", ".join(model.names)
    return f"{setup.card.title} is set up: {names}. {setup.command} adds its package."


def _of_tracks(asked: argparse.Namespace, secure: bool) -> LargeModel:
    chosen = Choice(tuple(asked.terms), tuple(asked.assays), tuple(asked.factors))
    outputs = tuple(asked.outputs) or USUAL_OUTPUTS
    return LargeModel(
        asked.name, asked.place, secure, asked.organism, outputs, chosen, asked.shortest
    )


def _language(asked: argparse.Namespace) -> LargeModel:
    return LargeModel(
        asked.name,
        asked.place,
        outputs=tuple(asked.outputs) or LANGUAGE_PARTS,
        revision=asked.revision,
        trusted=asked.trust_code,
        scheme=asked.tokens,
        span=asked.span,
    )


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The key file {path} cannot be read.") from error
    if not key:
        raise SettingsError(f"The key file {path} is empty.")
    return key
