"""Moved parts are noticed wherever they come from; new words and translations not."""

import pytest

from courses.exercises.arrangement import arranged, moved

ORDER = ["Login", "Warnung", "Sperre"]
PAIRS = [("Router", "Adressen"), ("Dienst", "Kontakte"), ("Mika", "Worte")]


def ordering(*texts: str) -> dict:
    return {"question": "Was zuerst?", "items": [{"text": text} for text in texts]}


def matching(*pairs: tuple[str, str], distractors: tuple[str, ...] = ()) -> dict:
    entries = [{"left": left, "right": right} for left, right in pairs]
    return {"pairs": entries, "distractors": list(distractors)}


def test_moving_an_item_is_told_by_where_it_stood() -> None:
    before, after = ordering(*ORDER), ordering("Warnung", "Login", "Sperre")

    assert moved(before, after) == [
        [("items", 0, "text"), ("items", 1, "text")],
        [("items", 1, "text"), ("items", 0, "text")],
    ]
    assert arranged("", before, after)


@pytest.mark.parametrize(
    "after",
    [
        matching(("Router", "Kontakte"), ("Dienst", "Adressen"), PAIRS[2]),
        matching(PAIRS[1], PAIRS[0], PAIRS[2]),
        matching(("Router", "Wetter"), *PAIRS[1:], distractors=("Adressen",)),
    ],
)
def test_pairing_anew_is_noticed(after) -> None:
    assert arranged("", matching(*PAIRS, distractors=("Wetter",)), after)


@pytest.mark.parametrize(
    "texts",
    [
        ORDER,
        ["Die <b>Anmeldung</b>", "Warnung!", "Sperre"],
        ["<p>Login</p>", *ORDER[1:]],
    ],
)
def test_new_words_and_new_marks_change_nothing(texts) -> None:
    assert arranged("known", ordering(*ORDER), ordering(*texts)) == "known"


def test_feedback_and_accepted_forms_may_stand_anywhere() -> None:
    def value(*words: str) -> dict:
        return {"items": [{"feedback": word, "accepted": [word]} for word in words]}

    assert moved(value("a", "b"), value("b", "a")) == []


def test_translations_that_are_edited_alike_stay_the_same() -> None:
    german = arranged("", ordering("eins", "zwei"), ordering("zwei", "eins"))
    english = arranged("", ordering("one", "two"), ordering("two", "one"))

    assert german == english
    again = arranged(german, ordering("zwei", "eins"), ordering("eins", "zwei"))
    assert again not in ("", german)


def test_a_new_exercise_has_no_arrangement() -> None:
    assert arranged("", None, ordering(*ORDER)) == ""
