"""Hostile texts and files end in an answer or in one sentence: a small share of `make fuzz`."""

from pathlib import Path

from genoview.errors import GenoviewError
from genoview.io.assembly import Assembly
from tests.support.fuzz.readers import READ
from tests.support.fuzz.rounds import rounds
from tests.support.fuzz.seeds import seeds

SHARE, SEED = 0.01, 5  # of the cases of `make fuzz`
REFUSED = {  # good enough to be changed, not to be read
    "latin1.vcf",
    "bigbed-7.bb",
    "bigwig-1.bigWig",
    "kill.bw",
}


def test_every_kind_of_file_is_read_before_it_is_changed(demo: Assembly, tmp_path: Path) -> None:
    kinds = set()
    for number, seed in enumerate(seeds()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, content in {**seed.beside, seed.name: seed.content}.items():
            (folder / name).write_bytes(content)
        try:
            READ[seed.kind](folder / seed.name, demo)
        except GenoviewError as error:
            assert seed.name in REFUSED, error
        kinds.add(seed.kind)
    assert kinds == set(READ)


def test_hostile_input_ends_in_an_answer_or_a_sentence(demo: Assembly) -> None:
    faults = []
    for each in rounds(demo, SHARE):
        each.play(SEED)
        assert sum(each.counts.values()) == each.n
        faults += each.faults
    assert not faults
