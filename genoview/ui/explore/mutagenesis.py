"""In-silico mutagenesis on the page: what is computed, how far it is, where effects are largest."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.errors import GenoviewError
from genoview.figure.scene import Scene
from genoview.figure.tracks.mutagenesis import scan_ids
from genoview.models.registry import default_models, exon_models
from genoview.report.variant_report import VariantReport
from genoview.runtime.jobs import Job
from genoview.scoring.mutagenesis import Scan, ScanSpec, Substitutions, check, score_of, scores_for
from genoview.ui.explore import highlights, model_choice
from genoview.ui.page import shell
from genoview.ui.page.url import ViewState
from genoview.ui.page.url_parts import ScanChoice
from genoview.ui.plain import plain

SCANS = "mutagenesis_scans"  # key of the session: what this reader's scans have so far
USUAL = 200  # bp around a variant, or around the middle of what is in view
HELP = (
    "Every base of a part of the reference is replaced by each of the other three, one at a time, "
    "and the model predicts the effect. Results appear as they come and are kept base by base."
)


def jobs_of(request: Request, state: ViewState) -> dict[str, Callable[[], Job[Any]]]:
    """For each score that the link names and whose part is shown: its key, and what queues it."""
    reader, bench = shell.reader_id(), shell.bench()
    scans: dict[str, Scan] = st.session_state.setdefault(SCANS, {})

    def submit(spec: ScanSpec) -> Job[Substitutions]:
        job, scans[spec.key] = bench.scan(spec, reader)
        return job

    specs = [spec for spec in specs_of(request, state) if not refusal(spec)]
    for key in scans.keys() - {spec.key for spec in specs}:
        del scans[key]
    return {spec.key: partial(submit, spec) for spec in specs}


def specs_of(request: Request, state: ViewState) -> list[ScanSpec]:
    """The scores and parts that the link names, on the locus that is shown."""
    whole = request.locus.interval
    specs = [
        ScanSpec(request.assembly, scan.score, replace(whole, start=scan.start, end=scan.end))
        for scan in state.scans
    ]
    return [spec for spec in specs if spec.interval.overlaps(whole)]


def refusal(spec: ScanSpec) -> str:
    """Why a part cannot be computed, in words; empty where it can."""
    try:
        check(spec.score, spec.interval, shell.bench().assembly(spec.assembly))
    except GenoviewError as error:
        return str(error)
    return ""


def so_far() -> list[Substitutions]:
    """What is known at this moment of what was queued, whether it runs, ended or was stopped."""
    scans: dict[str, Scan] = st.session_state.get(SCANS, {})
    return [scan.so_far() for scan in scans.values()]


def warnings(request: Request, state: ViewState) -> list[str]:
    """What the page must say: parts that were refused, and a store that failed."""
    scans: dict[str, Scan] = st.session_state.get(SCANS, {})
    problems = [text for scan in scans.values() for text in scan.warnings]
    return [*filter(None, map(refusal, specs_of(request, state))), *problems]


def row_ids(state: ViewState) -> dict[str, str]:
    """Rows that mutagenesis draws: id -> words."""
    return scan_ids({scan.score: score_of(scan.score).facts.label for scan in state.scans})


def menu(scene: Scene, state: ViewState, view: Interval) -> None:
    """Choose a score and a part, and begin; take away what is there."""
    request = scene.request
    st.caption(HELP)
    parts = _parts(request, state, view)
    if st.session_state.get("scan_part") not in parts:
        st.session_state["scan_part"] = _usual_part(request, parts)
    chosen = parts[st.session_state["scan_part"]]
    usual = _usual_score(scene, chosen)
    known = (str(request.variant), changed_strand(scene.report))
    if st.session_state.get("scan_score_of") != known:  # another variant, or news of it
        st.session_state["scan_score_of"] = known
        st.session_state["scan_score"] = usual
    known_models = {*default_models(), *exon_models(), *model_choice.here()}
    offered = [score.facts.score_id for score in scores_for(known_models)]
    if st.session_state.get("scan_score") not in offered:  # a page without the menu forgets it
        st.session_state["scan_score"] = usual
    st.selectbox(
        "Score",
        offered,
        key="scan_score",
        format_func=lambda score_id: score_of(score_id).facts.title,
        help="Type a part of a factor's name to find its motif.",
    )
    st.radio("Part", list(parts), key="scan_part", format_func=lambda i: _part_words(i, parts[i]))
    spec = ScanSpec(request.assembly, str(st.session_state["scan_score"]), chosen)
    facts = spec.score.facts
    st.caption(f"{plain(facts.formula)} Unit: {plain(facts.unit)}.")
    reason = refusal(spec)
    st.caption(plain(reason or _cost(spec)))
    st.button(
        "Compute",
        icon=":material/play_arrow:",
        type="primary",
        disabled=bool(reason),
        on_click=_add,
        args=(spec,),
    )
    for scan in state.scans:
        place = replace(chosen, start=scan.start, end=scan.end)
        st.button(
            f"Remove {plain(score_of(scan.score).facts.label)}, {plain(place.to_ucsc())}",
            key=f"unscan-{scan.text}",
            icon=":material/close:",
            on_click=_remove,
            args=(scan,),
        )


def _parts(request: Request, state: ViewState, view: Interval) -> dict[str, Interval]:
    """What can be chosen, within what is shown: id -> interval."""
    whole, variant = request.locus.interval, request.variant
    wanted = {"view": view}
    if variant is not None:
        wanted["variant"] = variant.interval.resized(USUAL)
    elif view.width > USUAL:
        wanted["middle"] = view.resized(USUAL)
    for number, mark in enumerate(highlights.highlights_of(state, whole.chrom), start=1):
        wanted[f"mark {number}"] = mark.interval
    shared = {name: whole.intersection(part) for name, part in wanted.items()}
    return {name: replace(part, strand=".") for name, part in shared.items() if part is not None}


def _part_words(name: str, part: Interval) -> str:
    kinds = {"view": "In view", "variant": "Around the variant", "middle": "Middle of the view"}
    kind = kinds.get(name, f"Highlight {name.removeprefix('mark ')}")
    return f"{kind}: {part.to_ucsc()} ({part.width:,} bp)"


def _usual_part(request: Request, parts: Mapping[str, Interval]) -> str:
    marks = [name for name in parts if name.startswith("mark ")]
    if marks:
        return marks[0]
    if request.variant is not None:
        return "variant"
    return "view" if parts["view"].width <= 2 * USUAL else "middle"


def _usual_score(scene: Scene, part: Interval) -> str:
    """Splicing on the strand of what changes most, else of the gene in the middle."""
    strand = changed_strand(scene.report)
    if not strand:
        genes = scene.assembly.annotation.genes(part.resized(1))
        strands = {gene.interval.strand for gene in genes}
        strand = "-" if strands == {"-"} else "+"
    return f"splice{strand}"


def changed_strand(report: VariantReport | None) -> str:
    """The strand of the gene that a variant changes most, or of the site; empty where none is."""
    if report is None:
        return ""
    if report.outcomes:
        return report.outcomes[0].gene.interval.strand
    sites = [each for each in report.effects if each.track.assay.facts.is_splice_site]
    largest = max(sites, key=lambda each: abs(each.difference), default=None)
    return "" if largest is None else largest.track.strand.replace(".", "")


def _cost(spec: ScanSpec) -> str:
    """How much is to be done, and how long that takes where it is known."""
    speed = shell.bench().speed(spec.score_id)
    about = f", about {max(spec.interval.width / speed, 1):,.0f} s" if speed else ""
    return f"{3 * spec.interval.width:,} substitutions{about}; less where some are known."


def _add(spec: ScanSpec) -> None:
    chosen = str(st.session_state.get("scan_score", spec.score_id))  # since the button was drawn
    spec, state = replace(spec, score_id=chosen), shell.current()
    others = tuple(scan for scan in state.scans if scan.score != spec.score_id)
    added = ScanChoice(spec.score_id, spec.interval.start, spec.interval.end)
    st.session_state.setdefault("stopped", set()).discard(spec.key)
    shell.commit(replace(state, scans=(*others, added)))


def _remove(choice: ScanChoice) -> None:
    state = shell.current()
    shell.commit(replace(state, scans=tuple(scan for scan in state.scans if scan != choice)))
