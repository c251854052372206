"""What every lab keeps to: whole in all its forms, light, nothing leaves the page."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from content.labs import registry
from content.labs.base import SETTINGS, Lab
from tests.browser.conftest import missing
from tests.content.test_plugins import lab_folder  # noqa: F401

PARTS = [
    "README.md", "words.de.yaml", "lab.html", "paper.html", "tests/walk.py",
    "static/lab.js", "static/lab.css", "static/cover.svg",
]  # fmt: skip
WORDS = {
    "": ["title", "question", "point", "cover", "stage", "ending", "guide", "sources"],
    "ending": ["meaning", "discuss", "act"],
    "guide": ["aim", "before", "plans", "questions"],
}
PLANS = [10, 20, 45]
FEWEST_WORDS = 80
MOST_BYTES = 30_000
KIT = Path("content/static/labs/kit.js")
#: What a lab has no business with. The browser test watches; this names the line.
FORBIDDEN = re.compile(
    r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|"
    r"localStorage|sessionStorage|indexedDB|document\.cookie|eval|serviceWorker)\b"
    r"|innerHTML|https?://(?!www\.w3\.org/)"
)
HOW_TO_GET_NODE = "Node is missing; on Debian and Ubuntu: apt-get install nodejs"


def broken_promises(lab: Lab) -> list[str]:
    """Return what a lab does not keep to."""
    folder = registry.folder_of(lab)
    missing = [f"{name} is missing" for name in PARTS if not (folder / name).is_file()]
    if missing:
        return missing
    words = registry.worded(lab).words
    walk = (folder / "tests/walk.py").read_text()
    promises = {
        "its words are whole": not holes(words),
        "its guide has plans": list(words.get("guide", {}).get("plans", {})) == PLANS,
        "it says where it is used": bool(set(lab.settings) & set(SETTINGS)),
        "it says how long it takes": lab.minutes > 0,
        "its text version teaches": word_count(lab.template, words) >= FEWEST_WORDS,
        "its paper teaches": word_count(lab.paper, words) >= FEWEST_WORDS,
        "it is light": weight(folder) <= MOST_BYTES,
        "it asks and stores nothing": not forbidden_in(folder),
        "its classes bear its name": not foreign_classes(folder, lab.name),
        "it can be walked through": "def walk(" in walk,
    }
    return [promise for promise, kept in promises.items() if not kept]


def holes(words: Any) -> list[str]:
    """Return which words of the page are missing."""
    gaps = [
        f"{part}.{name}"
        for part, names in WORDS.items()
        for name in names
        if not (words.get(part, {}) if part else words).get(name)
    ]
    for number, source in enumerate(words.get("sources") or []):
        names = ("title", "publisher", "url", "says")
        gaps += [f"sources.{number}.{name}" for name in names if not source.get(name)]
    return gaps


def word_count(template: str, words: Any) -> int:
    html = render_to_string(template, {"stage": words.get("stage")})
    return len(strip_tags(html).split())


def weight(folder: Path) -> int:
    """Return what goes over the wire, compressed; vendored data apart."""
    own = [
        path
        for path in (folder / "static").rglob("*")
        if path.suffix in {".js", ".css"} and "vendor" not in path.parts
    ]
    files = [*own, folder / "words.de.yaml"]
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def forbidden_in(folder: Path) -> list[str]:
    modules = [p for p in (folder / "static").rglob("*.js") if "vendor" not in p.parts]
    found = (FORBIDDEN.search(path.read_text()) for path in [*modules, KIT])
    return [match[0] for match in found if match]


def foreign_classes(folder: Path, name: str) -> set[str]:
    style = (folder / "static/lab.css").read_text()
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", style))
    return {c for c in classes if not c.startswith((name, "lab", "is-", "button"))}


@pytest.mark.parametrize("lab", registry.all_labs(), ids=lambda lab: lab.name)
def test_a_lab_keeps_its_promises(lab: Lab) -> None:
    assert broken_promises(lab) == []


def test_labs_are_there() -> None:
    assert registry.all_labs()


@pytest.mark.usefixtures("lab_folder")
def test_a_new_folder_is_held_to_the_promises() -> None:
    [lab] = [each for each in registry.all_labs() if each.name == "probelabor"]

    assert "README.md is missing" in broken_promises(lab)


def test_the_pure_parts_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        missing(HOW_TO_GET_NODE)
    files = sorted(str(path) for path in Path("content/labs").glob("*/tests/*.test.js"))
    assert files

    done = subprocess.run(
        [node, "--test", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
