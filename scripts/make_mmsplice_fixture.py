"""What MMSplice's own package says of exons and variants -> tests/fixtures/mmsplice.npz.

    python -m venv tf
    tf/bin/pip install tensorflow-cpu tf_keras kipoi kipoiseq pyfaidx biopython "setuptools<80" \
        pyranges cyvcf2
    tf/bin/pip install --no-deps mmsplice==2.4.0
    python scripts/build_demo.py chr20 FOLDER
    TF_USE_LEGACY_KERAS=1 tf/bin/python scripts/make_mmsplice_fixture.py \
        mmsplice-2.4.0-py2.py3-none-any.whl FOLDER/GRCh37-chr20.fa.gz

Exons of GENCODE on chromosome 20 of GRCh37, a random variant near each: the package cuts both
alleles out and scores them. TensorFlow is needed here only, never to run genoview.
"""

import argparse
import csv
import gzip
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyfaidx
import tensorflow as tf
from kipoiseq.dataclasses import Interval, Variant
from mmsplice import MMSplice
from mmsplice.exon_dataloader import ExonSplicingMixin
from mmsplice.utils import (
    clip,
    delta_logit_PSI_to_delta_PSI,
    encodeDNA,
    logit,
    predict_deltaLogitPsi,
    predict_pathogenicity,
    predict_splicing_efficiency,
)

OUTPUT = Path(__file__).parents[1] / "tests" / "fixtures" / "mmsplice.npz"
TABLE = "mmsplice/models/grch37_exons.csv.gz"
N_EXONS = 560
LONGEST = 400  # bp of an exon
MARGIN = 160  # bp around an exon that are kept: 100 of intron, and what a deletion moves in
SEED = 7
Row = dict[str, Any]


def read_exons(wheel: Path) -> list[Row]:
    """A random choice, by exon and overhang; 0-based, without the overhang."""
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(TABLE)).decode()
    seen: dict[tuple[int, int, str, int, int], Row] = {}
    for line in csv.DictReader(io.StringIO(text)):
        if line["Chromosome"] != "chr20":
            continue
        left, right = int(line["left_overhang"]), int(line["right_overhang"])
        start, end = int(line["Start"]) - 1 + left, int(line["End"]) - right
        key = (start, end, line["Strand"], left, right)
        if end - start <= LONGEST and (left or right):
            seen[key] = dict(zip(("start", "end", "strand", "left", "right"), key, strict=True))
    return random.Random(SEED).sample(list(seen.values()), N_EXONS)


def random_variant(
    exon: Row, bases: pyfaidx.FastaRecord, dice: random.Random
) -> tuple[int, str, str]:
    """0-based place, REF and ALT; half of them within 8 bp of a splice site."""
    first, last = exon["start"] - exon["left"], exon["end"] + exon["right"]
    near = [exon["start"]] * bool(exon["left"]) + [exon["end"]] * bool(exon["right"])
    place = dice.randrange(first, last)
    if dice.random() < 0.5:
        place = min(max(dice.choice(near) + dice.randint(-8, 7), first), last - 1)
    kind, length = dice.choice("SSSIDDM"), dice.choice((1, 1, 2, 3, 4, 6, 9, 15))
    anchor = str(bases[place : place + 1]).upper()
    drawn = "".join(dice.choices("ACGT", k=length))
    if kind == "S":
        return place, anchor, dice.choice("ACGT".replace(anchor, ""))
    if kind == "I":
        return place, anchor, anchor + drawn
    ref = str(bases[place : place + length + 1]).upper()
    return (place, ref, anchor) if kind == "D" else (place, ref, drawn[:1] + anchor)


def scores(model: MMSplice, texts: list[dict[str, str]]) -> np.ndarray:
    """float32[n, 5]: the modules, as the package batches them."""
    batch = {name: encodeDNA([text[name] for text in texts]) for name in texts[0]}
    return np.asarray(model.predict_modular_scores_on_batch(batch))


def without_rounding() -> MMSplice:
    """The package's networks, whose sites give log odds that no float32 of a probability rounds."""
    model = MMSplice()
    most = logit(clip(np.float64(1)))
    for network in (model.acceptorM, model.donorM):
        network.layers[-1].activation = tf.keras.activations.linear

        def probability(x: np.ndarray, verbose: int = 0, read: Any = network.predict) -> np.ndarray:
            log_odds = np.clip(read(x, verbose=verbose).astype(np.float64), -most, most)
            return 1 / (1 + np.exp(-log_odds))

        network.predict = probability
    return model


def main() -> None:
    """Predict and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of mmsplice 2.4.0")
    parser.add_argument("fasta", type=Path, help="chromosome 20 of GRCh37, bgzipped")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    record = pyfaidx.Fasta(str(arguments.fasta))[0]
    loader, model = ExonSplicingMixin(str(arguments.fasta), encode=False), MMSplice()
    dice, exons = random.Random(SEED), read_exons(arguments.package)
    ref, alt, variants, texts = [], [], [], []
    for exon in exons:
        place, before, after = random_variant(exon, record, dice)
        while before == after:
            place, before, after = random_variant(exon, record, dice)
        interval = Interval(record.name, exon["start"], exon["end"], strand=exon["strand"])
        variant = Variant(record.name, place + 1, before, after)
        inputs = loader._next(interval, variant, (exon["left"], exon["right"]))["inputs"]
        ref.append(inputs["seq"])
        alt.append(inputs["mut_seq"])
        variants.append((place, before, after))
        texts.append(str(record[exon["start"] - MARGIN : exon["end"] + MARGIN]).upper())
    modules = {"ref": scores(model, ref), "alt": scores(model, alt)}
    pair = (modules["ref"], modules["alt"])
    delta = predict_deltaLogitPsi(*pair)
    exact = without_rounding()
    unrounded = predict_deltaLogitPsi(scores(exact, ref), scores(exact, alt))
    np.savez_compressed(
        arguments.output,
        exons=np.array([(e["start"], e["end"], e["left"], e["right"]) for e in exons]),
        strands=np.array([exon["strand"] for exon in exons]),
        sequences=np.frombuffer("".join(texts).encode(), dtype=np.uint8),
        places=np.array([place for place, _, _ in variants]),
        refs=np.array([before for _, before, _ in variants]),
        alts=np.array([after for _, _, after in variants]),
        modules_ref=modules["ref"],
        modules_alt=modules["alt"],
        delta_logit_psi=delta,
        delta_unrounded=unrounded,
        pathogenicity=predict_pathogenicity(*pair),
        efficiency=predict_splicing_efficiency(*pair),
        delta_psi=delta_logit_PSI_to_delta_PSI(delta, np.full(len(delta), 0.9)),
        site_inputs=np.array([f"{text['acceptor']}|{text['donor']}" for text in alt]),
    )
    print(f"{arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
