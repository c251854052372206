"""A reflection stays with whoever writes it."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from courses.exercises.grading import Exercise, render, render_paper
from courses.exercises.types.base import AnswerError

from .. import TYPE
from ..examples import VALUES

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def exercise(**fields: object) -> Exercise:
    value = TYPE.block().to_python({**VALUES[0], **fields})
    return Exercise("reflection", "willing", "0a1b2c3d-aaaa", value)


def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_no_form_could_send_what_is_written() -> None:
    shown = page(render(exercise(), action="/somewhere/"))

    (field,) = shown.select("textarea, input, select")
    assert not field.has_attr("name")
    assert shown.select("form, [type=submit], [action], [formaction]") == []
    assert "/somewhere/" not in str(shown)


def test_a_posted_text_is_refused_unread() -> None:
    with pytest.raises(AnswerError, match="nicht gesendet"):
        exercise().read_answer(QueryDict("text=geheim"))


def test_the_text_is_kept_under_the_same_name_in_every_language() -> None:
    german, english = exercise(), exercise(question="Was teilst du?")

    keys = [page(render(one)).select("kept-text")[0]["data-key"]
            for one in (german, english)]  # fmt: skip
    assert keys == ["reflection:0a1b2c3d-aaaa"] * 2


def test_what_needs_a_script_is_not_offered_without_one() -> None:
    shown = page(render(exercise()))

    buttons = shown.select("button")
    assert buttons
    assert all(button.find_parent(hidden=True) for button in buttons)
    assert "Auf Papier bleibt er" in shown.get_text()


@pytest.mark.parametrize("lines", [2, None, 9])
def test_there_is_as_much_room_as_the_author_wants(lines: int | None) -> None:
    one = exercise(lines=lines)

    (field,) = page(render(one)).select("textarea")
    assert field["rows"] == str(lines or 5)
    assert render_paper(one, number=None).count("writing-line") == (lines or 5)


def test_paper_says_what_it_is_instead_of_a_number() -> None:
    (heading,) = page(render_paper(exercise(), number=None)).select("h2")

    assert heading.get_text(strip=True) == "Zum Nachdenken"


def test_the_manual_names_every_field_of_its_own() -> None:
    named = set(re.findall(r"^\| `(\w+)`", README, re.MULTILINE))

    assert {"question", "lines"} <= named
    assert "explanation" not in TYPE.block().child_blocks
