"""Short answer: what says the same is right, what denies or piles up words is not."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.exercises.grading import Exercise, ExerciseState, render
from courses.exercises.types.base import AnswerError
from courses.exercises.types.short_answer import TYPE


class Form(dict):
    def getlist(self, key: str) -> list[str]:
        return [self[key]] if key in self else []


def mistake(text: str, *, near: bool = False) -> dict[str, Any]:
    return {"text": text, "near": near, "feedback": f"Warum nicht {text}."}


def value(*accepted: str, wrong: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "key": "a",
        "question": "Was schützt ein Konto?",
        "accepted": list(accepted),
        "wrong": list(wrong),
    }


def exercise(*accepted: str, wrong: tuple[dict[str, Any], ...] = ()) -> Exercise:
    definition = TYPE.block().to_python(value(*accepted, wrong=wrong))
    return Exercise("short_answer", "a", "0a1b2c3d", definition)


PASSWORD = exercise(
    "Passwort",
    "Kennwort",
    wrong=(mistake("Benutzername"), mistake("PIN", near=True), mistake("Passworte")),
)


def words_of(one: Exercise, answer: str) -> str:
    html = render(one, ExerciseState(0, answer))
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


@pytest.mark.parametrize(
    "answer",
    [
        "Passwort", "passwort", "Ein Passwort.", "die Passwörter", "Passwoerter",
        "Pass-Wort", "Passwrot", "Das ist ein Kennwort!", "Kennwörtern",
    ],
)  # fmt: skip
def test_the_same_answer_in_other_words_is_right(answer: str) -> None:
    assert PASSWORD.grade(answer).score == 100


@pytest.mark.parametrize(
    "answer",
    [
        "kein Passwort", "Kein Kennwort", "Passwort nicht", "ohne Passwort",
        "Das ist kein Passwort", "niemals ein Passwort", "Passwort Kennwort",
        "Passwort, PIN, Fingerabdruck", "Passwort oder PIN", "nur das Passwort nicht",
        "Wort Pass", "Pass", "Passwortmanager", "Antwort",
    ],
)  # fmt: skip
def test_denials_and_heaps_of_words_are_wrong(answer: str) -> None:
    assert PASSWORD.grade(answer).score == 0


def test_a_known_mistake_is_explained_and_the_answer_is_given() -> None:
    told = words_of(PASSWORD, "ein Benutzername")

    assert "„ein Benutzername“ ist nicht die Antwort. Warum nicht Benutzername." in told
    assert "Richtig ist „Passwort“. Auch richtig: Kennwort" in told
    assert "Warum nicht PIN." not in told


def test_a_near_miss_earns_half_and_says_so() -> None:
    grade = PASSWORD.grade("Pin")

    assert (grade.score, grade.marks) == (50, ("partly",))
    assert "„Pin“ ist nah dran, aber nicht das Gesuchte." in words_of(PASSWORD, "Pin")


def test_a_mistake_named_exactly_is_one_though_it_is_a_form_of_what_is_right() -> None:
    assert PASSWORD.grade("Passworte").score == 0
    assert PASSWORD.grade("Passworts").score == 100
    assert PASSWORD.grade("Passwort").score == 100


def test_a_word_one_letter_away_is_wrong_once_it_is_named() -> None:
    assert exercise("Daten").grade("Datei").score == 100
    assert exercise("Daten", wrong=(mistake("Datei"),)).grade("Datei").score == 0
    assert exercise("Daten", wrong=(mistake("Datei"),)).grade("Daten").score == 100


def test_a_slip_is_shown_corrected() -> None:
    assert "Geschrieben wird es „Kennwort“." in words_of(PASSWORD, "kenwort")
    assert "Geschrieben" not in words_of(PASSWORD, "Kennwörter")


@given(st.text(max_size=300))
def test_whatever_is_typed_is_refused_or_graded_and_shown_safely(text: str) -> None:
    try:
        answer = PASSWORD.read_answer(Form(answer=text))
    except AnswerError:
        return
    assert PASSWORD.grade(answer).score in (0, 50, 100)
    page = BeautifulSoup(render(PASSWORD, ExerciseState(0, answer)), "html.parser")
    assert page.select_one("input")["value"] == answer


@pytest.mark.parametrize("typed", ["", "   ", "?!", "…"])
def test_nothing_is_no_answer(typed: str) -> None:
    with pytest.raises(AnswerError, match="eintippen"):
        PASSWORD.read_answer(Form(answer=typed))


def test_what_grading_depends_on_is_the_words_and_not_their_spelling() -> None:
    same = exercise(
        "KENNWORT", "passwort", wrong=tuple(map(mistake, ["Passworte", "Benutzername"]))
    )
    with_pin = exercise(
        "kennwort",
        "Passwort",
        wrong=(
            mistake("PIN", near=True),
            mistake("Passworte"),
            mistake("Benutzername"),
        ),
    )

    assert with_pin.fingerprint == PASSWORD.fingerprint
    assert same.fingerprint != PASSWORD.fingerprint


# --- The editor's form --------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "wrong", "field", "message"),
    [
        (["…"], [], "accepted", "„…“ enthält weder Buchstaben noch Ziffern"),
        (["Passwort"], ["!"], "wrong", "„!“ enthält weder Buchstaben noch Ziffern"),
        (["Passwort"], ["das passwort"], "wrong", "zugleich bekannter Fehler"),
        (["Passwort"], ["PIN", "Pin"], "wrong", "Der Fehler „Pin“ steht zweimal da"),
    ],
)
def test_what_cannot_be_graded_is_refused_at_its_list(
    accepted, wrong, field, message
) -> None:
    block = TYPE.block()
    raw = value(*accepted, wrong=tuple(map(mistake, wrong)))
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(raw))

    assert list(caught.value.block_errors) == [field]
    assert message in str(caught.value.block_errors[field].non_block_errors)


def test_an_answer_is_asked_for() -> None:
    block = TYPE.block()
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(value()))

    assert "accepted" in caught.value.block_errors
