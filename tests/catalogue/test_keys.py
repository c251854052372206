"""Exercise ids: proposed from the question, unique in a lesson, never shared."""

import json
from typing import Any
from uuid import uuid4

import pytest

from courses.catalogue.keys import free_key, propose_key
from courses.models import LessonPage
from tests.factories import lesson, single_choice, world


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (
            "<p>Womit verdient die Wetter-App Geld?</p>",
            "womit-verdient-die-wetter-app-geld",
        ),
        ("Größe &amp; Maß", "groesse-mass"),
        ("…", "aufgabe"),
    ],
)
def test_an_id_is_proposed_from_the_question(question, key) -> None:
    assert propose_key(question, set()) == key


def test_a_taken_id_gets_a_number_and_stays_short_enough() -> None:
    taken = {"a" * 60}
    assert free_key("a" * 60, taken) == "a" * 58 + "-2"


@pytest.mark.django_db
def test_a_duplicated_block_becomes_an_exercise_of_its_own() -> None:
    page = lesson(world().course(), body=[single_choice(), single_choice()])
    assert page.exercise_keys == ["wetter-app", "wetter-app-2"]


@pytest.mark.django_db
def test_a_copy_takes_no_id_that_a_later_exercise_has() -> None:
    first, later = single_choice(), single_choice(key="wetter-app-2")
    page = lesson(world().course(), body=[first, single_choice(), later])
    assert page.exercise_keys == ["wetter-app", "wetter-app-3", "wetter-app-2"]


@pytest.mark.django_db
def test_a_new_exercise_takes_no_id_that_a_later_one_has() -> None:
    proposed = "womit-verdient-die-wetter-app-geld"
    new, old = single_choice(key=""), single_choice(key=proposed)
    page = lesson(world().course(), body=[new, old])
    assert page.exercise_keys == [f"{proposed}-2", proposed]


@pytest.mark.django_db
def test_a_copy_moved_above_its_original_is_the_new_one() -> None:
    page = lesson(world().course(), body=[single_choice()])
    original = page.body.get_prep_value()[0]
    copy = {**original, "id": str(uuid4())}
    edit(page, [copy, original])
    assert page.exercise_keys == ["wetter-app-2", "wetter-app"]


@pytest.mark.django_db
def test_an_id_that_has_gone_is_not_given_to_another_exercise() -> None:
    page = lesson(world().course(), body=[single_choice(key="")])
    [gone] = page.exercise_keys
    edit(page, [single_choice(key="anders")])
    edit(page, [single_choice(key="anders"), single_choice(key="")])
    assert page.exercise_keys == ["anders", f"{gone}-2"]


def edit(page: LessonPage, body: list[dict[str, Any]]) -> None:
    """Publish another body, as an editor does who opens the newest draft."""
    draft = page.get_latest_revision_as_object()
    draft.body = json.dumps(body)
    draft.clean()
    draft.save_revision().publish()
    page.refresh_from_db()


@pytest.mark.django_db
def test_an_exercise_without_id_gets_one_when_saved() -> None:
    page = lesson(world().course(), body=[single_choice(key="")])
    assert page.exercise_keys == ["womit-verdient-die-wetter-app-geld"]


@pytest.mark.django_db
def test_a_copied_lesson_is_another_lesson() -> None:
    page = lesson(world().course())
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert copy.translation_key != page.translation_key
    assert copy.exercise_keys == page.exercise_keys


@pytest.mark.django_db
def test_moving_and_retitling_keep_the_identity() -> None:
    shelf = world()
    page = lesson(shelf.course())
    key = page.translation_key
    other = shelf.course(slug="anderer")
    page.move(other, pos="last-child")
    page.refresh_from_db()
    page.title = "Neuer Titel"
    page.save_revision().publish()
    page.refresh_from_db()
    assert (page.translation_key, page.exercise_keys) == (key, ["wetter-app"])
