"""Variant on a transcript -> what becomes of its protein, as HGVS predicts it: p.(Arg211His)."""

from genoview.data.genome import reverse_complement
from genoview.data.transcript.amino_acids import translate
from genoview.data.transcript.edits import Edit, Fetch
from genoview.data.transcript.numbering import TranscriptMap, transcript_bases
from genoview.data.transcript.protein_name import ProteinChange
from genoview.query.hgvs_names.describe import duplicated

UNKNOWN, UNCHANGED, NO_START = "p.?", "p.(=)", "p.(Met1?)"


def consequence(edit: Edit, numbering: TranscriptMap, fetch: Fetch) -> str:
    """Of a change that is as far 3' as can be; "" of a transcript without a protein, or of which
    the genome does not have the whole coding part.

    Where an intron or the bases before the start codon change, it can't be known: `p.?`.
    """
    if not numbering.behind_coding:
        return ""
    coding = numbering.first_coding, numbering.behind_coding
    ends = _edited(edit, numbering, fetch)
    if ends is None or ends[1] <= coding[0]:
        return UNKNOWN
    if ends[0] >= coding[1]:
        return UNCHANGED
    bases = transcript_bases(numbering, fetch)
    before = bases[coding[0] : coding[1]]
    if "N" in bases[coding[0] :]:
        return ""
    protein = translate(before)
    if len(protein) * 3 != len(before) or not protein.endswith("*"):
        return UNKNOWN  # selenocysteine, or the record differs from the genome
    alt = reverse_complement(edit.alt) if numbering.backward else edit.alt
    if ends[0] < coding[0]:
        return NO_START
    after = bases[coding[0] : ends[0]] + alt + bases[ends[1] :]
    if after[:3] != before[:3]:
        return NO_START
    start, end = ends[0] - coding[0], ends[1] - coding[0]
    return f"p.({ProteinChange(protein, after, start, end, len(alt)).text()})"


def _edited(edit: Edit, numbering: TranscriptMap, fetch: Fetch) -> tuple[int, int] | None:
    """0-based half-open bases of the transcript that change; None where an intron does.

    A duplication of an exon's last bases stays in the exon.
    """
    twin = duplicated(edit, fetch, numbering.backward)
    if edit.ref:
        ends = edit.start, edit.end - 1
    else:
        ends = (twin.start, twin.end - 1) if twin else (edit.start - 1, edit.start)
    first, last = sorted(numbering.place(end) for end in ends)
    if first.offset or last.offset or first.base < 0 or last.base >= numbering.length:
        return None
    if edit.ref:
        return first.base, last.base + 1
    behind = last.base + 1 if twin else last.base
    return behind, behind
