"""Three variants of the demo region from the literature, one for each family."""

from dataclasses import dataclass

from genoview.data.track_data import Family

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"


@dataclass(frozen=True, slots=True)
class Example:
    """A ready query; what a test checks `models_say` against the models."""

    title: str
    query: str
    in_short: str
    family: Family
    paper: str
    models_say: str
    citation: str
    url: str


EXAMPLES = (
    Example(
        title="ADA, intron 10, −34 G>A",
        query="chr20:43249076:C>T",
        in_short="a cryptic acceptor is gained; immunodeficiency of late onset",
        family=Family.SPLICING,
        paper="Homozygous in a patient with late immunodeficiency; it activates a cryptic "
        "acceptor, and the protein grows by 100 amino acids.",
        models_say="an acceptor is gained 2 bp downstream (0.00 to 0.90) and the one of exon 11 "
        "is lost (0.98 to 0.09): 32 bp more in the transcript, as reported.",
        citation="Santisteban et al. 1993, J Clin Invest 92:2291",
        url=f"{PUBMED}8227344/",
    ),
    Example(
        title="HNF4A P2 promoter, −192 C>G",
        query="chr20:42984253:C>G",
        in_short="a promoter of pancreatic β cells; carriers release less insulin",
        family=Family.EXPRESSION,
        paper="Carriers release less insulin, and the change disrupts a protein complex of human "
        "islets at the promoter that pancreatic β cells use.",
        models_say="no loss; the promoter probability rises, from 0.65 to 0.90 beside the start of "
        "transcription.",
        citation="Ek et al. 2006, Diabetes 55:1869",
        url="https://diabetesjournals.org/diabetes/article/55/6/1869",
    ),
    Example(
        title="HNF4A P2 promoter, −181 G>A",
        query="chr20:42984264:G>A",
        in_short="the HNF-1α site of that promoter is weakened; diabetes in a family",
        family=Family.BINDING,
        paper="Lies in the HNF-1α site of the promoter that pancreatic β cells use, and was "
        "found in a family with diabetes.",
        models_say="the HNF1A site is weakened (13.7 to 9.8 bits) and the HNF1B site is lost.",
        citation="Hansen et al. 2002, J Clin Invest 110:827",
        url=f"{PUBMED}?term=HNF-1alpha-dependent+transcriptional+control+of+HNF-4alpha",
    ),
)
