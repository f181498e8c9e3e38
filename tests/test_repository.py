"""What stands beside the code fits it: versions, licence, links, container, recipes.

No container can be built where these tests run: the Dockerfile and compose.yaml are only read.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from genoview import __version__
from genoview.models.contract import check_contract
from tests.support.paths import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("assets/**/*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PLUG_INS = ROOT / "docs/how-to/plug-ins.md"
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE_PATH = re.compile(r"`((?:genoview|pages|tests|scripts|benchmarks|training)/[\w./-]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def words(text: str) -> str:
    """Text without fenced code, in which brackets are no links."""
    return FENCE.sub("", text)


def anchors(page: Path) -> set[str]:
    """Of headings, as GitHub and MkDocs make them."""
    headings = re.findall(r"^#+ (.+)$", words(page.read_text()), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()).strip() for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def nav_files(entries: object) -> set[str]:
    if isinstance(entries, str):
        return {entries}
    parts = entries.values() if isinstance(entries, dict) else entries
    return {file for part in parts for file in nav_files(part)}


def test_one_version_stands_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    changes = re.findall(r"^## (\d\S*) - ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert PROJECT["version"] == __version__ == citation["version"] == changes[0]


def test_the_citation_has_what_its_format_requires() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert all(citation[key] for key in ("message", "title", "authors"))
    assert citation["license"] == PROJECT["license"]
    for work in citation["references"]:
        assert all(work[key] for key in ("type", "title", "authors")), work
        assert re.fullmatch(r"10\.\d{4,9}/\S+", work["doi"])


def test_the_licence_and_every_notice_go_with_the_package() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text()
    listed = {path for pattern in PROJECT["license-files"] for path in ROOT.glob(pattern)}
    notices = {*ROOT.glob("assets/*/*.LICENCE.md"), ROOT / "assets/README.md"}
    assert listed == notices | {ROOT / "LICENSE", ROOT / "NOTICE"}
    weights = [*ROOT.glob("assets/models/*.safetensors"), *ROOT.glob("assets/models/*.npz")]
    notice = (ROOT / "NOTICE").read_text()
    assert [path.name for path in weights if path.name not in notice] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(words(page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_code_that_is_named_is_here(page: Path) -> None:
    named = CODE_PATH.findall(page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_smallest_plug_in_of_the_docs_keeps_the_contract() -> None:
    (code, *_) = re.findall(r"```python\n(.*?)```", PLUG_INS.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    model = names["GC"]()
    assert [finding.words for finding in check_contract(model) if not finding.holds] == []
    assert model.predict_batch(["GGGGGCCCCCAAAAAAAAAG"]).ravel().tolist() == pytest.approx([1, 0.1])
    assert names["ENTRY"].name == model.card.name


def test_the_site_has_every_page_and_nothing_of_other_hosts() -> None:
    docs = ROOT / "docs"
    pages = {str(page.relative_to(docs)) for page in docs.rglob("*.md")}
    pages = {page for page in pages if not page.startswith("examples/")}
    assert nav_files(SITE["nav"]) == pages
    assert SITE["theme"]["font"] is False
    assert not {"extra_javascript", "extra_css", "extra"} & SITE.keys()


def test_the_container_copies_what_is_here() -> None:
    copied = [part for line in instructions("COPY") for part in line.split()[:-1]]
    assert [part for part in copied if not (ROOT / part).exists()] == []
    assert {"requirements.txt", "app.py", "pages", "genoview", "assets", ".streamlit"} <= {*copied}
    kept = [
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    ]
    assert sorted(kept) == sorted(copied)
    notices = {pattern.partition("/")[0] for pattern in PROJECT["license-files"]}
    assert notices | {PROJECT["readme"]} <= {*copied}


def test_the_container_installs_what_is_pinned() -> None:
    installs = [line for line in instructions("RUN") if line.startswith("pip")]
    assert "--requirement requirements.txt" in installs[0]
    extras = re.search(r'^ARG EXTRAS="(.+)"$', DOCKERFILE, re.MULTILINE)
    assert extras and {*extras[1].split(",")} <= PROJECT["optional-dependencies"].keys()
    assert instructions("FROM")[0].startswith("python:3.11")


def test_the_container_runs_the_dashboard_as_a_plain_user_on_its_volume() -> None:
    order = re.findall(r"^(RUN|USER|CMD|VOLUME)", DOCKERFILE, re.MULTILINE)
    assert "RUN" not in order[order.index("USER") :]
    assert instructions("USER") == ["genoview"]
    assert instructions("VOLUME") == ["/data"]
    assert re.findall(r"GENOVIEW_\w+=(/data/\S+)", DOCKERFILE) == [
        "/data/cache",
        "/data/genoview.toml",
        "/data/models",
    ]
    command = yaml.safe_load(instructions("CMD")[0])
    assert command[:3] == ["streamlit", "run", "app.py"]
    assert command[command.index("--server.port") + 1] in instructions("EXPOSE")[0].split()


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_each_service_fits_the_container(name: str) -> None:
    service = COMPOSE["services"][name]
    kind, _, device = name.partition("-")
    assert service["build"]["args"] == {"DEVICE": device or "cpu"}
    assert service["image"] == f"genoview:{device or 'cpu'}"
    assert service.get("profiles") == ([device] if device else None)
    assert ("deploy" in service) is bool(device)
    address, port, inside = service["ports"][0].split(":")
    assert address == "127.0.0.1" and port == inside in instructions("EXPOSE")[0].split()
    volume, place = service["volumes"][0].split(":")
    assert volume in COMPOSE["volumes"] and place in instructions("VOLUME")
    if kind == "serve":
        command = service["command"]
        assert command[:2] == ["genoview", "serve"]
        assert command[command.index("--port") + 1] == port


def test_hooks_run_the_checks_of_the_project_without_fetching() -> None:
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    script = (ROOT / "scripts/check.sh").read_text()
    tools = [hook["entry"].split()[0].removeprefix(".venv/bin/") for hook in repo["hooks"]]
    assert [tool for tool in tools if tool not in script] == []
