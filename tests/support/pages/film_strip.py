"""Seven variants of the demo region, from the page to the prediction: what a reader must see."""

from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

FLANK = "500"  # bp on each side: the models take a few seconds
INSERTED = "".join(Random(5).choices("ACGT", k=640))


@dataclass(frozen=True, slots=True)
class Question:
    """A typed variant, and what its page says of it.

    Attributes:
        query: as it is typed.
        models: that are on.
        consequence: words of the line above the prediction.
        prediction: words of the sentence when every model has answered.
        marks: levels of protein, splicing, expression and binding.
    """

    name: str
    query: str
    models: tuple[str, ...]
    consequence: tuple[str, ...]
    prediction: tuple[str, ...]
    marks: tuple[str, str, str, str]

    def address(self, base: str) -> str:
        """The link of its page, with a short window."""
        parts = [("q", self.query), ("flank", FLANK), *(("m", model) for model in self.models)]
        return f"{base}/variant?{urlencode(parts)}"


NOT = "not predicted"
SPLICING = ("cispliceai",)
QUESTIONS = (
    Question(
        "ADA, a cryptic acceptor",
        "chr20:43249076:C>T",
        SPLICING,
        ("ADA c.976-34G>A", "intron 10 of 11"),
        ("exon 11 very likely extended by 32 bp at its 5' end", "acceptor gain 0.90"),
        ("large", "large", NOT, NOT),
    ),
    Question(
        "HNF4A, a missense change by its c. name",
        "HNF4A:c.350C>T",
        SPLICING,
        ("HNF4A p.(Thr117Ile)", "missense", "exon 4 of 10"),
        ("HNF4A p.(Thr117Ile), missense", "no splice site change of 0.2 or more"),
        ("some", "none", NOT, NOT),
    ),
    Question(
        "ADA, a frameshift",
        "NM_000022.4:c.955_959del",
        SPLICING,
        ("ADA p.(Glu319GlyfsTer3)", "frameshift", "exon 10 of 12"),
        ("ADA p.(Glu319GlyfsTer3), frameshift, NMD expected", "largest delta score 0.05"),
        ("large", "none", NOT, NOT),
    ),
    Question(
        "ADA, deep in intron 1",
        "chr20:43269163:G>C",
        SPLICING,
        ("ADA c.34-4234C>G", "intron 1 of 11"),
        ("ADA c.34-4234C>G, intronic", "largest delta score 0.04, deep intronic"),
        ("none", "none", NOT, NOT),
    ),
    Question(
        "HNF4A, 640 bp inserted",
        f"chr20:43042364:C>C{INSERTED}",
        SPLICING,
        ("HNF4A p.(Arg118ValfsTer8)", "stop gained", "frameshift"),
        (
            "HNF4A p.(Arg118ValfsTer8), stop gained, frameshift, NMD expected; "
            "exon 4 very likely skipped",
            "frameshift (−107 bp), NMD expected",
        ),
        ("large", "large", NOT, NOT),
    ),
    Question(
        "HNF4A, the P2 promoter",
        "chr20:42984264:G>A",
        ("jaspar", "promid"),
        ("HNF4A: upstream of NM_175914.5",),
        ("no clear change of promoter probability or motif sites", "largest 8.6-fold, HNF1A"),
        ("none", NOT, "none", "none"),
    ),
    Question(
        "HNF4A, two changes in one codon",
        "chr20:43042363:A>G + chr20:43042364:C>T",
        SPLICING,
        ("HNF4A p.(Thr117Val)", "missense"),
        ("HNF4A p.(Thr117Val), missense", "no splice site change of 0.2 or more"),
        ("some", "none", NOT, NOT),
    ),
)
