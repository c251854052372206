"""Stylesheets that browsers get as one file."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from learnsite.static_files import JoinedStyleFinder


@pytest.fixture
def types(settings, tmp_path):
    """Let two question types bring a style along; return their folder."""
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "courses" / "exercises" / "types"
    for name in ("ordering", "cloze"):
        (folder / name / "static").mkdir(parents=True)
        (folder / name / "static" / f"{name}.css").write_text(f".{name} {{}}")
    (folder / "cloze" / "static" / "cloze.js").write_text("let gap;")
    return folder


def text_of(finder):
    return Path(finder.find("css/exercises.css")).read_text()


def test_the_styles_of_all_question_types_are_one_file(types) -> None:
    assert text_of(JoinedStyleFinder()) == ".cloze {}\n.ordering {}"


def test_a_new_type_and_an_edit_are_seen_at_once(types) -> None:
    finder = JoinedStyleFinder()
    text_of(finder)
    (types / "cloze" / "static" / "cloze.css").write_text(".gap {}")
    (types / "puzzle" / "static").mkdir(parents=True)
    (types / "puzzle" / "static" / "puzzle.css").write_text(".puzzle {}")

    assert text_of(finder) == ".gap {}\n.ordering {}\n.puzzle {}"


def test_what_has_not_changed_keeps_its_time(types) -> None:
    finder = JoinedStyleFinder()
    before = Path(finder.find("css/exercises.css")).stat().st_mtime_ns

    assert Path(finder.find("css/exercises.css")).stat().st_mtime_ns == before


def test_it_finds_nothing_else(types) -> None:
    finder = JoinedStyleFinder()

    for path in ("css/base.css", "cloze/cloze.css", "", "../settings.py"):
        assert finder.find(path) == []
    assert len(finder.find("css/exercises.css", find_all=True)) == 1


def test_it_lists_its_files_for_collecting() -> None:
    listed = dict(JoinedStyleFinder().list(None))

    assert sorted(listed) == ["css/exercises.css", "css/site.css"]
    with listed["css/site.css"].open("css/site.css") as file:
        assert b"@layer" in file.read()
    assert list(JoinedStyleFinder().list(["css/*"])) == []


def test_it_takes_part_in_the_site() -> None:
    assert finders.find("css/site.css")
    assert finders.find("css/exercises.css")
