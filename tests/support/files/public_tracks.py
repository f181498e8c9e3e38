"""Small files as public sources lay them out: schemas as theirs, rows invented."""

from tests.support.files.big_files import Row, big_bed, schema

CLINVAR_FIELDS = schema(
    "string name",
    "uint score",
    "char[1] strand",
    "uint thickStart",
    "uint thickEnd",
    "uint reserved",
    "int blockCount",
    "int[blockCount] blockSizes",
    "int[blockCount] chromStarts",
    "lstring origName",
    "string clinSign",
    "lstring reviewStatus",
    "string type",
    "string geneId",
    "string molConseq",
    "string snpId",
    "lstring phenotypeList",
    "string numSubmit",
    "string lastEval",
    "string _clinSignCode",
    "string _starCount",
    "string _variantId",
)
GNOMAD_FIELDS = schema(
    "string name",
    "uint score",
    "char[1] strand",
    "uint thickStart",
    "uint thickEnd",
    "uint itemRgb",
    "lstring ref",
    "lstring alt",
    "string FILTER",
    "uint AC",
    "uint AN",
    "double AF",
    "string faf95",
    "uint nhomalt",
    "string rsId",
    "lstring genes",
    "string annot",
    "string variation_type",
    "string displayName",
    "bigInt _dataOffset",
)
DBSNP_FIELDS = schema(
    "string name",
    "lstring ref",
    "int altCount",
    "lstring[altCount] alts",
    "uint shiftBases",
    "int freqSourceCount",
    "double[freqSourceCount] minorAlleleFreq",
    "lstring[freqSourceCount] majorAllele",
    "lstring[freqSourceCount] minorAllele",
    "uint maxFuncImpact",
    "enum(snv, mnv, ins, del, delins, identity) class",
    "lstring ucscNotes",
)
CCRE_FIELDS = schema(
    "string name",
    "uint score",
    "char[1] strand",
    "uint thickStart",
    "uint thickEnd",
    "uint reserved",
    "string ccre",
    "string encodeLabel",
    "float zScore",
    "string ucscLabel",
    "string accessionLabel",
    "string description",
)
GENE_FIELDS = schema(
    "string name",
    "uint score",
    "char[1] strand",
    "uint thickStart",
    "uint thickEnd",
    "uint reserved",
    "int blockCount",
    "int[blockCount] blockSizes",
    "int[blockCount] chromStarts",
    "string name2",
    "string cdsStartStat",
    "string cdsEndStat",
    "int[blockCount] exonFrames",
    "string type",
    "string geneName",
    "string geneName2",
    "string geneType",
)


def clinvar_row(
    chrom: str,
    start: int,
    end: int,
    name: str,
    significance: str,
    *,
    number: int = 12_345,
    kind: str = "single nucleotide variant",
    title: str = "NM_000022.4(ADA):c.976-34G>A",
    stars: int = 2,
) -> Row:
    review = f"{'★' * stars}<br>based on: criteria provided, multiple submitters, no conflicts"
    cells = [name, str(stars), ".", start, end, "210,0,0", 1, end - start, 0]
    cells += [f"{number}|{title}", significance, review, kind, "100|ADA", "intron variant", "rs1"]
    cells += [
        "Severe combined immunodeficiency|not provided",
        3,
        "Jan 01, 2024",
        "XX",
        stars,
        number,
    ]
    return chrom, start, end, "\t".join(map(str, cells))


def gnomad_row(
    chrom: str, pos: int, ref: str, alt: str, frequency: float, annot: str = "missense"
) -> Row:
    """pos: 1-based, as in VCF; an indel's shared first base is cut off its place alone."""
    padded = len(ref) != len(alt)
    start, end = pos - 1 + padded, pos - 1 + len(ref)
    name = f"{chrom.removeprefix('chr')}-{pos}-{ref}-{alt}"
    cells = [name, 0, ".", start, end, "247,189,0", ref, alt, "PASS"]
    cells += [round(frequency * 150_000), 150_000, frequency, 0.001, 1, "rs1", "ADA", annot]
    cells += ["snv", name, 0]
    return chrom, start, end, "\t".join(map(str, cells))


def dbsnp_row(chrom: str, start: int, ref: str, alt: str, name: str, share: float) -> Row:
    cells = [name, ref, 1, f"{alt},", 0, 2, f"-inf,{share},", ",G,", ",A,", 0, "snv", "commonAll,"]
    return chrom, start, start + len(ref), "\t".join(map(str, cells))


def ccre_row(chrom: str, start: int, end: int, label: str, number: int) -> Row:
    name = f"EH38E{number}"
    cells = [name, 300, ".", start, end, "255,0,0", "PLS,CTCF-bound", "PLS", 2.5, label]
    cells += [f"E{number}", f"{name} promoter-like signature"]
    return chrom, start, end, "\t".join(map(str, cells))


def gene_row(chrom: str, start: int, end: int, name: str, symbol: str) -> Row:
    width = end - start
    cells = [name, 0, "-", start + 100, end - 100, "0,0,0", 2, "300,400,", f"0,{width - 400},"]
    cells += ["x", "cmpl", "cmpl", "0,0,", "protein_coding", symbol, "ENSG1", "coding"]
    return chrom, start, end, "\t".join(map(str, cells))


def clinvar(rows: list[Row], lengths: dict[str, int]) -> bytes:
    return big_bed(rows, lengths, CLINVAR_FIELDS, 9)


def gnomad(rows: list[Row], lengths: dict[str, int]) -> bytes:
    return big_bed(rows, lengths, GNOMAD_FIELDS, 9)


def dbsnp(rows: list[Row], lengths: dict[str, int]) -> bytes:
    return big_bed(rows, lengths, DBSNP_FIELDS, 4)
