"""What MTSplice's own package says of exons and variants -> tests/fixtures/mtsplice.npz.

Set up as `make_mmsplice_fixture.py` says, then:

    TF_USE_LEGACY_KERAS=1 tf/bin/python scripts/make_mtsplice_fixture.py \
        mmsplice-2.4.0-py2.py3-none-any.whl FOLDER/GRCh37-chr20.fa.gz

Exons of GENCODE on chromosome 20 of GRCh37, a random variant near each: the package cuts both
alleles out and its twelve Keras models read them. It reads ALT alone; REF is given to the same
models as a variant that changes nothing.
"""

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
import pyfaidx
from kipoiseq.dataclasses import Interval, Variant
from make_mmsplice_fixture import SEED, Row, random_variant, read_exons
from mmsplice.exon_dataloader import ExonSplicingMixin
from mmsplice.mtsplice import MTSplice
from mmsplice.utils import encodeDNA

OUTPUT = Path(__file__).parents[1] / "tests" / "fixtures" / "mtsplice.npz"
MARGIN = 330  # bp around an exon that are kept: 300 of intron, and what a deletion moves in
N_DEEP = 120  # exons that the deep networks read, which take longer; the shallow ones read all
LONGEST = 250  # bp of an exon
N_EXONS = 300


def log_odds(model: MTSplice, texts: list[dict[str, str]]) -> np.ndarray:
    """float32[n, 56]: mean of the ensemble."""
    batch = {name: encodeDNA([text[name] for text in texts]) for name in ("acceptor", "donor")}
    return np.asarray(model.predict_on_batch(batch))


def _ends(acceptor: str, donor: str) -> str:
    """The outer and the inner end of both halves."""
    return f"{acceptor[:8]}{acceptor[-9:]}|{donor[:9]}{donor[-8:]}"


def main() -> None:
    """Predict and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of mmsplice 2.4.0")
    parser.add_argument("fasta", type=Path, help="chromosome 20 of GRCh37, bgzipped")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    record = pyfaidx.Fasta(str(arguments.fasta))[0]
    loader = ExonSplicingMixin(str(arguments.fasta), encode=False, tissue_specific=True)
    dice = random.Random(SEED)
    exons: list[Row] = []
    texts: dict[str, list[dict[str, str]]] = {"ref": [], "alt": []}
    variants: list[tuple[int, str, str]] = []
    sequences = []
    for exon in read_exons(arguments.package):
        if exon["end"] - exon["start"] > LONGEST or len(exons) == N_EXONS:
            continue
        exons.append(exon)
        place, before, after = random_variant(exon, record, dice)
        while before == after:
            place, before, after = random_variant(exon, record, dice)
        interval = Interval(record.name, exon["start"], exon["end"], strand=exon["strand"])
        for allele, alt in (("ref", before), ("alt", after)):
            variant = Variant(record.name, place + 1, before, alt)
            cut: Any = loader._next(interval, variant, (exon["left"], exon["right"]))
            texts[allele].append(cut["inputs"]["tissue_seq"])
        variants.append((place, before, after))
        sequences.append(str(record[exon["start"] - MARGIN : exon["end"] + MARGIN]).upper())
    shallow, deep = MTSplice(deep=False), MTSplice(deep=True)
    np.savez_compressed(
        arguments.output,
        exons=np.array([(e["start"], e["end"], e["left"], e["right"]) for e in exons]),
        strands=np.array([exon["strand"] for exon in exons]),
        sequences=np.frombuffer("".join(sequences).encode(), dtype=np.uint8),
        places=np.array([place for place, _, _ in variants]),
        refs=np.array([before for _, before, _ in variants]),
        alts=np.array([after for _, _, after in variants]),
        halves_alt=np.array([_ends(text["acceptor"], text["donor"]) for text in texts["alt"]]),
        **{f"shallow_{allele}": log_odds(shallow, texts[allele]) for allele in texts},
        **{f"deep_{allele}": log_odds(deep, texts[allele][:N_DEEP]) for allele in texts},
    )
    print(f"{len(exons)} exons, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
