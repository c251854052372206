"""The documents name everything that exists, and nothing that does not."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from gunicorn.config import Config

from content.blocks import CONTENT_BLOCKS
from courses.exercises.registry import question_types
from courses.player import carried
from courses.progress import cookie, run_cookie
from tests.load.server import COOKIE_BYTES, gunicorn

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
APPS = ("learnsite", "content", "courses")
VARIABLE = re.compile(r'env(?:\.[a-z_]+)?\(\s*"([A-Z_]+)"')
LINK = re.compile(r"\[[^\]]+\]\(([^)#:]+)(?:#[^)]*)?\)")

#: Directives that packages write otherwise: text stands outside of directives.
WITHOUT_DIRECTIVE = {"text"}


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_column(text: str) -> set[str]:
    """Return what stands in code in the first column of the tables of a document."""
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def variables() -> set[str]:
    modules = (ROOT / "learnsite" / "settings").glob("*.py")
    return {name for path in modules for name in VARIABLE.findall(path.read_text())}


def commands() -> set[str]:
    return {
        path.stem
        for app in APPS
        for path in (ROOT / app).rglob("management/commands/*.py")
        if path.stem != "__init__"
    }


def test_every_variable_of_the_settings_stands_in_the_operators_table() -> None:
    documented = {
        name
        for name in first_column(document("docs/operate.md"))
        if re.fullmatch("[A-Z_]+", name)
    }

    assert documented == variables()


def test_the_server_is_started_as_it_was_measured() -> None:
    [line] = re.findall(
        r"^ExecStart=\S+/gunicorn (.*)$", document("docs/operate.md"), re.MULTILINE
    )
    measured = gunicorn(8000)[3:]
    chatter = measured.index("--log-level")
    options = [*measured[:chatter], *measured[chatter + 2 :]]
    Config().parser().parse_args(options)  # ends where one of them is unknown

    assert sorted(line.split()) == sorted(["learnsite.wsgi", *options])


def test_the_server_takes_all_cookies_that_a_device_may_hold() -> None:
    records = [cookie.MAX_COOKIE_LENGTH] + 3 * [run_cookie.MAX_COOKIE_LENGTH]
    others = (
        3000 + carried.MAX_COOKIE_LENGTH + 1000
    )  # a deck of cards; session, room, view

    assert sum(records) + others < COOKIE_BYTES


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_explained_somewhere(command: str) -> None:
    paths = [ROOT / "README.md", *DOCS.glob("*.md")]
    texts = [path.read_text(encoding="utf-8") for path in paths]

    assert any(re.search(rf"\b{command}\b", text) for text in texts)


def test_every_direct_dependency_has_its_line_of_reason() -> None:
    project = tomllib.loads(document("pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[=]", requirement)[0] for requirement in wanted}

    assert first_column(document("docs/decisions/0002-dependencies.md")) == names


def named_in_code(text: str) -> set[str]:
    """Return the names that stand in code in running text."""
    return set(re.findall(r"(?<!`)`([a-z-]+)`(?!`)", text))


def test_every_block_has_its_directive_in_the_package_manual() -> None:
    blocks = {name for name, _block in CONTENT_BLOCKS} - WITHOUT_DIRECTIVE
    directives = {name.replace("_", "-") for name in blocks}

    assert directives - named_in_code(document("docs/course-packages.md")) == set()


@pytest.mark.parametrize("name", sorted(question_types()))
def test_every_question_type_is_explained_in_its_folder_or_the_manual(
    name: str,
) -> None:
    module = sys.modules[type(question_types()[name]).__module__]
    own = Path(str(module.__file__)).parent / "README.md"
    texts = [path for path in (own, DOCS / "course-packages.md") if path.exists()]

    named = {each for path in texts for each in named_in_code(path.read_text())}
    assert name.replace("_", "-") in named


def test_the_package_manual_shows_no_directive_that_does_not_exist() -> None:
    manual = document("docs/course-packages.md")
    known = {name for name, _block in CONTENT_BLOCKS} | set(question_types())

    shown = set(re.findall(r":::\{([a-z-]+)\}", manual))

    assert shown <= {name.replace("_", "-") for name in known}


def test_records_are_numbered_without_gap_and_say_all_four_things() -> None:
    records = sorted((DOCS / "decisions").glob("*.md"))

    assert [path.name[:4] for path in records] == [
        f"{number:04}" for number in range(1, len(records) + 1)
    ]
    for path in records:
        said = re.findall(r"^\*\*([A-Z][a-z]+)\.\*\*", path.read_text(), re.MULTILINE)
        for part in ("Context", "Decision", "Rejected", "Price"):
            assert part in said, f"{path.name} lacks {part}"


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))],
    ids=lambda path: path.name,
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    # Course packages show links of courses, not of this repository.
    text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))
    targets = LINK.findall(text)

    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("name", ["docs/architecture.md", "docs/privacy.md"])
def test_paths_in_documents_exist(name: str) -> None:
    paths = re.findall(
        r"`((?:learnsite|content|courses|tests|docs)/[^`*<…]+)`", document(name)
    )

    sources = [path for path in paths if not path.endswith(".html")]

    assert [path for path in sources if not (ROOT / path).exists()] == []
