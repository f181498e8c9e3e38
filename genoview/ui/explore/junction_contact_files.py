"""Files of junctions and of contact maps, of the tissues that the reader chose."""

from collections.abc import Callable

from genoview.data.answer import Answer
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.ontology import Choice
from genoview.data.prediction import Prediction
from genoview.figure.options import Options
from genoview.io import export
from genoview.io.export import Provenance

Make = Callable[[Answer, Provenance], bytes]


def formats(answer: Answer, view: Interval, options: Options) -> list[tuple[str, str, Make]]:
    """Title, ending and maker of each file that there can be."""
    choice, makers = Choice.of(options.tracks), list[tuple[str, str, Make]]()
    if answer.ref.junctions is not None:
        makers.append(
            ("Junctions as CSV", "junctions.csv", lambda a, p: _junctions(a, view, choice, p))
        )
    contacts = answer.ref.contacts
    if contacts is not None and contacts.interval.overlaps(view):
        name = "contacts.csv"
        makers.append(("Contacts as CSV", name, lambda a, p: _contacts(a, view, choice, p)))
    return makers


def _junctions(answer: Answer, view: Interval, choice: Choice, made_by: Provenance) -> bytes:
    alleles: dict[str, Junctions] = {}
    for name, prediction in _alleles(answer).items():
        if prediction.junctions is not None:
            alleles[name] = prediction.junctions.select(choice.picks(prediction.junctions.tracks))
    return export.junctions_csv(alleles, view, made_by)


def _contacts(answer: Answer, view: Interval, choice: Choice, made_by: Provenance) -> bytes:
    alleles: dict[str, ContactMap] = {}
    for name, prediction in _alleles(answer).items():
        if prediction.contacts is not None:
            alleles[name] = prediction.contacts.select(choice.picks(prediction.contacts.tracks))
    return export.contacts_csv(alleles, view, made_by)


def _alleles(answer: Answer) -> dict[str, Prediction]:
    return {"": answer.ref} if answer.alt is None else {"REF": answer.ref, "ALT": answer.alt}
