"""What every lab keeps to: whole in all its forms, light, nothing leaves the page."""

import gzip
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from content.labs import registry
from content.labs.base import ORIGINAL, SETTINGS, Lab
from tests.browser.conftest import missing
from tests.content.test_plugins import lab_folder  # noqa: F401

#: Our simplest lab, from which one to be broken is made.
MODEL = "wiedererkannt"
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
SHARED = Path("content/static/labs")
#: What a lab has no business with. The browser test watches; this names the line.
FORBIDDEN = re.compile(
    r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|"
    r"localStorage|sessionStorage|indexedDB|document\.cookie|cookieStore|caches|eval|"
    r"serviceWorker|window\.open|document\.write|new Image|insertAdjacentHTML|"
    r"innerHTML|outerHTML)\b"
    r"|https?://(?!www\.w3\.org/)|[\"'`]//\w"
)
#: Numbers are written in the language of the lab (stage.language), not of the page.
FOREIGN_NUMBER = re.compile(r"toLocaleString\(\s*[\"'`)]|documentElement\.lang")
#: Styles reach their own lab only, and ask for nothing.
FOREIGN_STYLE = re.compile(
    r"@import|url\(|(?:^|[{}])\s*(?:body|html|main|h[1-6]|\*)\b(?!:has)"
)
#: What a module fills in: "{count} von {all}".
GAP = re.compile(r"\{\w+\}")
#: Words to somebody whom one calls by the first name; a link's address is none.
FAMILIAR = re.compile(
    r"(?<![./\w-])([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|[Ee]uch|[Ee]uer|[Ee]ure\w?)(?![./\w-])"
)
HOW_TO_GET_NODE = "Node is missing; on Debian and Ubuntu: apt-get install nodejs"


def broken_promises(lab: Lab) -> list[str]:
    """Return what a lab does not keep to."""
    folder = registry.folder_of(lab)
    parts = [*PARTS, *other_languages(lab, folder)]
    missing = [f"{name} is missing" for name in parts if not (folder / name).is_file()]
    if missing:
        return missing
    words = registry.worded(lab).words
    walk = (folder / "tests/walk.py").read_text()
    promises = {
        "its words are whole": not holes(words),
        "its translations are whole": not untranslated(lab, folder),
        "its guide has plans": has_plans(words),
        "it says where it is used": 0 < len({*lab.settings} & {*SETTINGS})
        and {*lab.settings} <= {*SETTINGS},
        "it says how long it takes": lab.minutes > 0,
        "its text version teaches": word_count(lab.text_in("de"), words)
        >= FEWEST_WORDS,
        "its paper teaches": word_count(lab.paper_in("de"), words) >= FEWEST_WORDS,
        "it is light": weight(folder) <= MOST_BYTES,
        "it asks and stores nothing": not found_in(folder, FORBIDDEN),
        "its numbers speak its language": not found_in(folder, FOREIGN_NUMBER),
        "its classes bear its name": not foreign_classes(folder, lab.name),
        "its style stays at home": not FOREIGN_STYLE.search(style_of(folder)),
        "its pure parts are tested": has_tests(folder),
        "it can be walked through": "def walk(" in walk,
    }
    return [promise for promise, kept in promises.items() if not kept]


def other_languages(lab: Lab, folder: Path) -> list[str]:
    """Return what a lab needs beside its words in each further language."""
    languages = [path.name.split(".")[1] for path in folder.glob("words.*.yaml")]
    return [
        name.removeprefix(f"{lab.name}/")
        for language in languages
        for name in (lab.text_in(language), lab.paper_in(language))
    ]


def untranslated(lab: Lab, folder: Path) -> list[str]:
    """Return in which languages a lab says less than in German."""
    texts = {path.name.split(".")[1]: path for path in folder.glob("words.*.yaml")}
    words = {name: yaml.safe_load(path.read_text()) for name, path in texts.items()}
    return [
        language
        for language, said in words.items()
        if language != ORIGINAL
        and (
            shape(said) != shape(words[ORIGINAL])
            or word_count(lab.text_in(language), said) < FEWEST_WORDS
            or word_count(lab.paper_in(language), said) < FEWEST_WORDS
        )
    ]


def shape(words: Any) -> Any:
    """Return the names, numbers and gaps of words without the words themselves."""
    if isinstance(words, dict):
        return {name: shape(each) for name, each in words.items()}
    if isinstance(words, list):
        return [shape(each) for each in words]
    return set(GAP.findall(words)) if isinstance(words, str) else words


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


def has_plans(words: Any) -> bool:
    plans = words.get("guide", {}).get("plans", {})
    return list(plans) == PLANS and all(plans.values())


def has_tests(folder: Path) -> bool:
    """Whether a lab with parts beside its module has tests for them."""
    modules = {path.name for path in (folder / "static").glob("*.js")}
    return modules == {"lab.js"} or any((folder / "tests").glob("*.test.js"))


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


def found_in(folder: Path, unwanted: re.Pattern[str]) -> list[str]:
    """Return what scripts of a lab, and those that labs share, have and should not."""
    modules = [p for p in (folder / "static").rglob("*.js") if "vendor" not in p.parts]
    paths = [*modules, *SHARED.glob("*.js")]
    found = (unwanted.search(path.read_text()) for path in paths)
    return [match[0] for match in found if match]


def foreign_classes(folder: Path, name: str) -> set[str]:
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", style_of(folder)))
    return {c for c in classes if not c.startswith((name, "lab", "is-", "button"))}


def style_of(folder: Path) -> str:
    """Return a lab's style without comments."""
    return re.sub(r"/\*.*?\*/", "", (folder / "static/lab.css").read_text(), flags=re.S)


@pytest.mark.parametrize("lab", registry.all_labs(), ids=lambda lab: lab.name)
def test_a_lab_keeps_its_promises(lab: Lab) -> None:
    assert broken_promises(lab) == []


def formal_labs() -> list[str]:
    """Return the labs of courses that say „Sie“."""
    return sorted(
        {
            name
            for head in Path("content/library").glob("*/course.yaml")
            if "address: sie" in head.read_text("utf-8")
            for lesson in head.parent.glob("*.md")
            for name in re.findall(r":::\{lab\} (\w+)", lesson.read_text("utf-8"))
        }
    )


def said_by_the_lab(words: Any) -> Iterator[str]:
    """Yield the texts of a lab's words but for those of messages to made-up people."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, list):
        for each in words:
            yield from said_by_the_lab(each)
    elif isinstance(words, dict):
        is_message = {"from", "subject", "text"} <= set(words)
        for name, each in words.items():
            if not (is_message and name in ("subject", "text", "links")):
                yield from said_by_the_lab(each)


@pytest.mark.parametrize("name", formal_labs())
def test_a_lab_of_a_formal_course_calls_nobody_by_the_first_name(name: str) -> None:
    """It stands in courses that say „du“, too, so that it speaks to nobody."""
    found = registry.find(name)
    assert found is not None
    folder = registry.folder_of(found.lab)
    texts = list(said_by_the_lab(dict(found.words)))
    texts += [(folder / part).read_text("utf-8") for part in ("lab.html", "paper.html")]
    assert [text for text in texts if FAMILIAR.search(text)] == []


def test_labs_are_there() -> None:
    assert registry.all_labs()


def a_whole_lab(root: Path) -> Path:
    """Make the lab of a temporary folder as whole as one of ours; return its folder."""
    folder = root / "content" / "labs" / "probelabor"
    [model] = [each for each in registry.all_labs() if each.name == MODEL]
    kept = shutil.ignore_patterns("__init__.py", "__pycache__", "*.en.*")
    shutil.copytree(registry.folder_of(model), folder, ignore=kept, dirs_exist_ok=True)
    for path in (folder / "static").iterdir():
        path.write_text(path.read_text().replace(MODEL, folder.name))
    return folder


def broken_at(lab_folder: Path) -> list[str]:  # noqa: F811 - the fixture's value
    [lab] = [each for each in registry.all_labs() if each.name == "probelabor"]
    return broken_promises(lab)


def test_a_new_folder_is_held_to_the_promises(lab_folder: Path) -> None:  # noqa: F811
    assert "README.md is missing" in broken_at(lab_folder)


@pytest.mark.parametrize(
    ("promise", "name", "old", "new"),
    [
        ("its words are whole", "words.de.yaml", "  act:", "  other:"),
        ("its guide has plans", "words.de.yaml", "    45:", "    40:"),
        ("its text version teaches", "lab.html", None, "<p>Kurz.</p>"),
        ("its paper teaches", "paper.html", None, "<p>Kurz.</p>"),
        ("its classes bear its name", "static/lab.css", "@layer", ".fremd {} @layer"),
        ("its style stays at home", "static/lab.css", None, "body { color: red }"),
        ("its style stays at home", "static/lab.css", None, "@import '/a.css';"),
        ("it can be walked through", "tests/walk.py", "def walk(", "def run("),
        *[
            ("its numbers speak its language", "static/lab.js", None, script)
            for script in ("a.toLocaleString('de')", "document.documentElement.lang")
        ],
        *[
            ("it asks and stores nothing", "static/lab.js", None, script)
            for script in (
                "fetch('/a')", "new Image().src = '/a'", "window.open('/a')",
                "import('//a.example/b.js')", "cookieStore.set('a', 1)",
                "a.insertAdjacentHTML('beforeend', b)", "localStorage.a = 1",
            )
        ],
    ],
)  # fmt: skip
def test_each_broken_promise_is_found(
    lab_folder: Path,  # noqa: F811
    promise: str,
    name: str,
    old: str | None,
    new: str,
) -> None:
    path = a_whole_lab(lab_folder) / name
    text = path.read_text()
    path.write_text(text.replace(old, new, 1) if old else new)
    assert broken_at(lab_folder) == [promise]


def test_words_in_another_language_need_text_and_paper_in_it(lab_folder: Path) -> None:  # noqa: F811
    folder = a_whole_lab(lab_folder)
    shutil.copy(folder / "words.de.yaml", folder / "words.en.yaml")
    assert broken_at(lab_folder) == [
        "lab.en.html is missing",
        "paper.en.html is missing",
    ]


def test_a_translation_that_leaves_words_out_is_found(lab_folder: Path) -> None:  # noqa: F811
    folder = a_whole_lab(lab_folder)
    for name in ("lab", "paper"):
        shutil.copy(folder / f"{name}.html", folder / f"{name}.en.html")
    words = (folder / "words.de.yaml").read_text()
    (folder / "words.en.yaml").write_text(words)
    assert broken_at(lab_folder) == []

    for old, new in (
        ("    gone: ", "    went: "),
        ("von {all}", "von allen"),
        ("born: 1987", "born: 1986"),
    ):
        assert old in words
        (folder / "words.en.yaml").write_text(words.replace(old, new))
        assert broken_at(lab_folder) == ["its translations are whole"]


def test_a_heavy_lab_and_one_without_tests_are_found(lab_folder: Path) -> None:  # noqa: F811
    folder = a_whole_lab(lab_folder)
    assert broken_at(lab_folder) == []
    noise = "".join(random.Random(1).choices("abcdefghijklmnop", k=80_000))
    (folder / "static/heavy.js").write_text(f"// {noise}")
    for path in folder.glob("tests/*.test.js"):
        path.unlink()
    assert broken_at(lab_folder) == ["it is light", "its pure parts are tested"]


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
