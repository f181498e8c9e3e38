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


def formats(found: Answer, view: Interval, options: Options) -> list[tuple[str, str, Make]]:
    """Title, ending and maker of each file that there can be."""
    choice, made = Choice.of(options.tracks), list[tuple[str, str, Make]]()
    if found.ref.junctions is not None:
        made.append(
            ("Junctions as CSV", "junctions.csv", lambda a, p: _junctions(a, view, choice, p))
        )
    contacts = found.ref.contacts
    if contacts is not None and contacts.interval.overlaps(view):
        name = "contacts.csv"
        made.append(("Contacts as CSV", name, lambda a, p: _contacts(a, view, choice, p)))
    return made


def _junctions(found: Answer, view: Interval, choice: Choice, made_by: Provenance) -> bytes:
    alleles: dict[str, Junctions] = {}
    for name, one in _alleles(found).items():
        if one.junctions is not None:
            alleles[name] = one.junctions.select(choice.picks(one.junctions.tracks))
    return export.junctions_csv(alleles, view, made_by)


def _contacts(found: Answer, view: Interval, choice: Choice, made_by: Provenance) -> bytes:
    alleles: dict[str, ContactMap] = {}
    for name, one in _alleles(found).items():
        if one.contacts is not None:
            alleles[name] = one.contacts.select(choice.picks(one.contacts.tracks))
    return export.contacts_csv(alleles, view, made_by)


def _alleles(found: Answer) -> dict[str, Prediction]:
    return {"": found.ref} if found.alt is None else {"REF": found.ref, "ALT": found.alt}
