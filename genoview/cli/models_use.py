"""`genoview models use KIND`: set up AlphaGenome, a server or weights without a page."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from genoview.cli.arguments import define, option, positional
from genoview.cli.terminal import warn
from genoview.errors import SettingsError
from genoview.models.alphagenome.cards import KEY_VARIABLE
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import LargeModels
from genoview.models.configured_file import USUAL_LANGUAGE_OUTPUTS, USUAL_OUTPUTS, LargeModel
from genoview.models.entry import Access
from genoview.models.language.cards import LANGUAGE_OUTPUTS, SPANS
from genoview.models.language.tokenizer import Scheme
from genoview.models.registry import setups
from genoview.runtime.settings import read_settings

LANGUAGE_GROUP = "language models"  # heading in the help


@dataclass(frozen=True, slots=True)
class Use:
    """Arguments of the command."""

    name: str = positional("which of them", choices=list(setups()))
    place: str = option("", "HOST:PORT, a folder of weights, or a hub name")
    tls: bool = option(False, "the server speaks TLS")
    key_file: Path | None = option(None, f"a file with the key; or set {KEY_VARIABLE}")
    organism: str = option(ORGANISMS[0], choices=ORGANISMS)
    outputs: tuple[str, ...] = option((), choices=[*OUTPUTS, *LANGUAGE_OUTPUTS], metavar="OUTPUT")
    terms: tuple[str, ...] = option(
        (), "ontology terms of tissues and cells, such as UBERON:0001114"
    )
    assays: tuple[str, ...] = option((), "as the model titles them, such as 'total RNA-seq'")
    factors: tuple[str, ...] = option((), "transcription factors and histone marks")
    shortest: int = option(WINDOW_LENGTHS[0], "bp read", choices=WINDOW_LENGTHS)
    revision: str = option("", "branch, tag or commit on the hub", group=LANGUAGE_GROUP)
    tokens: str = option(
        "",
        "by default the model's own",
        group=LANGUAGE_GROUP,
        choices=[scheme.value for scheme in Scheme],
    )
    span: int = option(SPANS[0], "bp at once", group=LANGUAGE_GROUP, choices=SPANS)
    trust_code: bool = option(
        False, "code of its repository may run on this computer", group=LANGUAGE_GROUP
    )


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command, and what runs it."""
    define(parser, Use, use)


def use(arguments: Use) -> None:
    """Write the model down, in place of another of its kind; print what was done.

    Raises:
        SettingsError: the place or the key does not fit, or nothing can be written.
    """
    setup = setups()[arguments.name]
    is_hosted = setup.access is Access.HOSTED
    if bool(arguments.place) == is_hosted:
        wanted = "has no --place" if is_hosted else "needs --place: where it is"
        raise SettingsError(f"{setup.card.title} {wanted}.")
    large = LargeModels(read_settings().config_path.parent)
    if setup.is_of_proteins:
        model = LargeModel(arguments.name, arguments.place, revision=arguments.revision)
    elif setup.access is Access.LANGUAGE:
        model = _language(arguments)
    else:
        model = _of_tracks(arguments, arguments.tls or is_hosted)
    large.put(model, "" if arguments.key_file is None else _key(arguments.key_file))
    names = ", ".join(model.names or (model.kind,))
    print(f"{setup.card.title} is set up: {names}. {setup.command} adds its package.")
    if bound := large.key_elsewhere(arguments.name):
        warn(f"The key of {bound} is not sent to {model.place}: give its own with --key-file.")


def _of_tracks(arguments: Use, secure: bool) -> LargeModel:
    chosen = Choice(arguments.terms, arguments.assays, arguments.factors)
    outputs = arguments.outputs or USUAL_OUTPUTS
    return LargeModel(
        arguments.name,
        arguments.place,
        secure,
        arguments.organism,
        outputs,
        chosen,
        arguments.shortest,
    )


def _language(arguments: Use) -> LargeModel:
    return LargeModel(
        arguments.name,
        arguments.place,
        outputs=arguments.outputs or USUAL_LANGUAGE_OUTPUTS,
        revision=arguments.revision,
        trusted=arguments.trust_code,
        scheme=arguments.tokens,
        span=arguments.span,
    )


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The key file {path} cannot be read.") from error
    if not key:
        raise SettingsError(f"The key file {path} is empty.")
    return key
