"""chr17 of both builds at its true length, with made-up bases around BRCA1, and what belongs to it.

The bases are random but for codon 61 of BRCA1, which is TGT as in life, so that C61G, c.181T>G and
rs28897672 are 17-43106487-A-C, as published.
"""

import gzip
import hashlib
import random
from functools import cache

from genoview.data.genome import reverse_complement
from genoview.data.transcript.numbering import Place, TranscriptMap
from genoview.io.refseq.genes import refseq_genes
from tests.support.files.big_bed_file import big_bed, snp_row
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.files.two_builds import CHAIN_FILE, SIZES
from tests.support.servers.range_server import RangeServer

START, WIDTH = 43_000_004, 240_000  # on GRCh38; a multiple of 4
SHIFT = -1_847_983  # bp from GRCh38 to GRCh37
CODON = 43_106_484  # 0-based, the last base of codon 61, which is read backwards
VARIANT = "chr17:43106487:A>C"
ON_GRCH37 = "chr17:41258504:A>C"
NAMES = ("NM_007294.4:c.181T>G", "BRCA1 C61G", "rs28897672", "NC_000017.11:g.43106487A>C")


@cache
def bases() -> str:
    """A, C, G and T from START on; the coding part of BRCA1 can be read to its end."""
    letters = random.Random(61).choices("ACGT", k=WIDTH)
    numbering = TranscriptMap(refseq_genes("GRCh38").transcripts("NM_007294.4")[0].transcript)
    for place, base in enumerate(_coding(numbering.behind_coding - numbering.first_coding)):
        at = numbering.position(Place(numbering.first_coding + place)) - START
        letters[at] = reverse_complement(base)
    return "".join(letters)


def _coding(length: int) -> str:
    """ATG, codons that are no stop, TGT as the 61st, and a stop."""
    draw = random.Random(7)
    codons = [
        draw.choice("ACG") + draw.choice("CT") + draw.choice("ACGT") for _ in range(length // 3)
    ]
    codons[0], codons[60], codons[-1] = "ATG", "TGT", "TAA"
    return "".join(codons)


def chain() -> bytes:
    """From GRCh37 to GRCh38, without `chr`, as Ensembl writes it."""
    old, new = SIZES["GRCh37"]["chr17"], SIZES["GRCh38"]["chr17"]
    ends = f"17 {old} + {START + SHIFT} {START + SHIFT + WIDTH} 17 {new} + {START} {START + WIDTH}"
    return gzip.compress(f"chain 1 {ends} 1\n{WIDTH}\n".encode(), mtime=0)


def chain_md5() -> str:
    """Of the file."""
    return hashlib.md5(chain(), usedforsecurity=False).hexdigest()


def serve_brca1(server: RangeServer) -> None:
    """Both builds, chains and dbSNP."""
    whole, left_out = bases(), -(START + SHIFT) % 4
    here = {START + SHIFT + left_out: whole[left_out:]}
    chr17 = SIZES["GRCh38"]["chr17"]
    names = [snp_row("chr17", CODON + 2, "rs28897672", "A", "C")]
    names += [snp_row("chr17", START + 10 * i, f"rs{900 + i}", "A", "C") for i in range(50)]
    server.by_name |= {
        "hg38.2bit": two_bit({"chr17": Sequence(chr17, {START: whole})}),
        "hg19.2bit": two_bit({"chr17": Sequence(SIZES["GRCh37"]["chr17"], here)}),
        CHAIN_FILE: chain(),
        "hg38.dbSnp155.bb": big_bed(names, {"chr17": chr17}),
    }
