"""True/false questions side by side become one exercise, if that is asked for."""

import pytest

from courses.packages.questions import read_questions
from courses.packages.questions.adding import still_missing
from courses.packages.questions.results import Found, Question
from courses.packages.questions.statements import joined


def names(found: list[Found]) -> list[str]:
    return [each.type_name if isinstance(each, Question) else "–" for each in found]


def test_each_true_or_false_question_stays_alone_unless_asked_for() -> None:
    assert names(read_questions(b"Eins.{T}\n\nZwei.{F}")) == ["single_choice"] * 2


def test_neighbours_become_statements_with_their_reasons() -> None:
    (found,) = joined(
        read_questions(
            b"::A:: Jeder Cookie braucht eine Einwilligung.{F#Technische nicht.}\n\n"
            b"::B:: Auskunft kostet nichts.{T####Sie ist frei.}"
        )
    )

    assert found.title == "A – B"
    assert found.value["question"] == "Welche Aussagen stimmen?"
    assert [
        (each["text"], each["correct"], each["feedback"])
        for each in found.value["statements"]
    ] == [
        (
            "Jeder Cookie braucht eine Einwilligung.",
            False,
            "Technische nicht.",
        ),
        ("Auskunft kostet nichts.", True, "Sie ist frei."),
    ]
    assert found.notes == ()
    assert still_missing(found) == []


def test_what_stands_between_parts_the_exercises() -> None:
    found = joined(
        read_questions(b"Eins.{T}\n\nWas?{=a ~b}\n\nZwei.{F}\n\nDrei.{T}\n\nVier?{}")
    )

    assert names(found) == ["single_choice", "single_choice", "statements", "–"]


@pytest.mark.parametrize(
    ("count", "sizes"), [(2, [2]), (8, [8]), (9, [5, 4]), (17, [6, 6, 5])]
)
def test_many_neighbours_are_parted_evenly(count: int, sizes: list[int]) -> None:
    content = "\n\n".join(f"Aussage {n}.{{T}}" for n in range(count))
    found = joined(read_questions(content.encode()))

    assert [len(each.value["statements"]) for each in found] == sizes


def test_losses_of_a_joined_question_are_named() -> None:
    (found,) = joined(
        read_questions(b"Eins.{F#Nein.#Doch.}\n\n[html]<s>Zwei</s>.{T#Ja.}")
    )

    assert found.notes == (
        "Durchgestrichene Wörter sind jetzt nicht mehr durchgestrichen.",
        "Ein Teil der Rückmeldungen hat hier keinen Platz und ist entfallen.",
    )
