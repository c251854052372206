"""Learning with an account: rows that hang on keys, never on pages."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from courses.progress.models import Attempt, Enrolment, LessonProgress, LessonState
from learnsite.accounts.models import User
from tests.factories import lesson, option, published, single_choice, translated

pytestmark = pytest.mark.django_db
COOKIE = settings.PROGRESS_COOKIE_NAME


def attempt() -> tuple:
    return Attempt.objects.values_list("exercise_key", "answer", "score", "best").get()


def test_the_last_answer_and_the_best_score_are_kept(shelf, lena_client) -> None:
    lena_client.post(shelf.answer_url(), {"option": "1"})
    lena_client.post(shelf.answer_url(), {"option": "0"})
    assert attempt() == ("wetter-app", [0], 0, 100)


def test_a_better_second_answer_raises_the_best_score(shelf, lena_client) -> None:
    lena_client.post(shelf.answer_url(), {"option": "0"})
    lena_client.post(shelf.answer_url(), {"option": "1"})
    assert attempt() == ("wetter-app", [1], 100, 100)


def test_the_answer_stands_there_again_next_time(shelf, lena_client) -> None:
    lena_client.post(shelf.answer_url(), {"option": "0"})
    page = lena_client.get("/kurse/spuren/tag/").content.decode()
    assert "Noch nicht richtig." in page
    assert "Warum „Mit Schirmen“ nicht stimmt." in page


def test_a_changed_exercise_keeps_the_score_but_not_the_answer(
    shelf, lena_client
) -> None:
    lena_client.post(shelf.answer_url(), {"option": "1"})
    changed = single_choice(
        options=[option("Neu", correct=True), option("Auch neu"), option("Drittens")]
    )
    shelf.first.body = [changed]
    shelf.first.save_revision().publish()
    page = lena_client.get("/kurse/spuren/tag/").content.decode()
    assert "Bestes Ergebnis: 100 %" in page
    assert "Warum" not in page


def ordering(*texts: str) -> dict:
    items = [{"text": text, "feedback": f"Grund {text}."} for text in texts]
    return {
        "type": "ordering",
        "value": {"key": "folge", "question": "Was zuerst?", "items": items},
    }


def test_an_ordering_that_was_corrected_shows_nobody_another_answer(
    shelf, lena_client
) -> None:
    page = shelf.first
    page.body = [ordering("Eins", "Zwei", "Drei")]
    page.save_revision().publish()
    places = {"place-0": "0", "place-1": "1", "place-2": "2"}
    lena_client.post(shelf.answer_url("folge"), places)
    assert "Grund Eins." in lena_client.get("/kurse/spuren/tag/").text

    page.body = [ordering("Erstens", "Zwei", "Drei")]
    page.save_revision().publish()
    assert "Grund Erstens." in lena_client.get("/kurse/spuren/tag/").text
    page.body = [ordering("Zwei", "Erstens", "Drei")]
    page.save_revision().publish()
    assert "Grund" not in lena_client.get("/kurse/spuren/tag/").text
    page.title = "Ein anderer Titel"
    page.save_revision().publish()
    page.refresh_from_db()
    assert [key for key, each in page.arrangements.items() if each] == ["folge"]


def test_moving_and_retitling_a_lesson_takes_nothing_away(shelf, lena_client) -> None:
    lena_client.post("/kurse/spuren/werbung/antwort/wetter-app/", {"option": "1"})
    lena_client.post("/kurse/spuren/werbung/weiter/")
    other = published(
        shelf.course.get_parent().specific,
        type(shelf.course)(
            title="Anderer Kurs", slug="anderer", locale=shelf.course.locale,
            topics=["datenschutz"], settings=["schule"],
        ),
    )  # fmt: skip
    shelf.second.refresh_from_db()
    shelf.second.move(other, pos="last-child")
    page = lena_client.get("/kurse/anderer/").content.decode()
    assert "Geschafft: alle Lektionen dieses Kurses." in page


def test_double_posts_make_one_row_each(shelf, lena_client) -> None:
    for _turn in range(2):
        lena_client.post(shelf.answer_url(), {"option": "1"})
        lena_client.post(shelf.answer_url("daten"), {"option": ["0", "2"]})
        lena_client.post("/kurse/spuren/tag/weiter/")
    assert Attempt.objects.count() == 2
    assert list(LessonProgress.objects.values_list("state", flat=True)) == [
        LessonState.DONE
    ]
    assert Enrolment.objects.count() == 1


def test_a_replayed_old_answer_does_not_cover_a_newer_one(shelf, lena_client) -> None:
    old = {"Idempotency-Key": "a" * 32, "Accept": "application/json"}
    lena_client.post(shelf.answer_url(), {"option": "0"}, headers=old)
    lena_client.post(shelf.answer_url(), {"option": "1"})
    lena_client.post(shelf.answer_url(), {"option": "0"}, headers=old)
    assert attempt() == ("wetter-app", [1], 100, 100)


def test_reading_writes_the_private_place_and_nothing_else(shelf, lena_client) -> None:
    lena_client.get("/kurse/spuren/tag/")
    assert Enrolment.objects.values_list("place_lesson", "place_block").get() == (
        shelf.first.translation_key,
        "",
    )
    assert (LessonProgress.objects.count(), Attempt.objects.count()) == (0, 0)


def test_prefetching_writes_nothing(shelf, lena_client) -> None:
    lena_client.get("/kurse/spuren/tag/", headers={"Sec-Purpose": "prefetch"})
    assert Enrolment.objects.count() == 0


def test_a_key_takes_the_progress_of_the_device_along_in_one_step(
    shelf, visitor
) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    response = visitor.post("/schluessel/neu/", {"progress": "take"}, follow=True)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert response.cookies[COOKIE]["max-age"] == 0
    user = User.objects.get()
    assert user.key_hash
    assert user.username is None
    assert Attempt.objects.values_list("user", "best").get() == (user.pk, 100)


def test_a_key_can_be_had_without_the_progress_of_the_device(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.post("/schluessel/neu/", {"progress": "leave"}, follow=True)
    assert Attempt.objects.count() == 0
    assert COOKIE in visitor.cookies


def new_key(address: str = "192.0.2.7"):
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=address)
    return browser.post("/schluessel/neu/", {}, follow=True)


def test_a_class_behind_one_address_gets_its_keys_within_a_minute(shelf) -> None:
    assert [new_key().status_code for _pupil in range(35)] == [200] * 35
    assert User.objects.count() == 35


def test_keys_without_end_are_not_made(shelf, visitor) -> None:
    for _turn in range(60):
        new_key()
    visitor.post(shelf.answer_url(), {"option": "1"})
    response = visitor.post(
        "/schluessel/neu/", {"progress": "take"}, follow=True, REMOTE_ADDR="192.0.2.7"
    )
    assert response.status_code == 429
    assert "Bitte eine Minute warten" in response.content.decode()
    assert visitor.cookies[COOKIE].value
    assert User.objects.count() == 60
    assert new_key("198.51.100.7").status_code == 200
    assert not [key for key in cache._cache if "192.0.2" in key or "198.51" in key]


def test_user_names_and_keys_are_counted_together(shelf, client) -> None:
    for _turn in range(60):
        new_key("127.0.0.1")
    secret = "ein-langes-passwort"
    response = client.post(
        "/konto/signup/", {"username": "ada", "password1": secret, "password2": secret}
    )
    assert response.status_code == 429
    assert "Bitte einen Moment warten" in response.content.decode()


class TestProgressFoundOnTheDevice:
    """Signing in merges nothing unasked; the default is no."""

    @pytest.fixture
    def client(self, shelf, visitor, lena) -> Client:
        visitor.post(shelf.answer_url(), {"option": "1"})
        visitor.force_login(
            lena, backend="learnsite.accounts.backends.LearningKeyBackend"
        )
        return visitor

    def test_is_asked_about_and_not_merged(self, client) -> None:
        page = client.get("/lernen/").content.decode()
        assert "Auf diesem Gerät liegt ein Lernstand. Ist es der eigene?" in page
        assert Attempt.objects.count() == 0

    def test_stays_where_it_is_after_no(self, client) -> None:
        client.post("/lernen/uebernehmen/", {"choice": "no"})
        assert Attempt.objects.count() == 0
        assert client.cookies[COOKIE].value
        page = client.get("/lernen/").content.decode()
        assert "Ist es der eigene?" not in page

    def test_is_added_after_yes_and_leaves_the_device(self, client) -> None:
        response = client.post("/lernen/uebernehmen/", {"choice": "yes"})
        assert Attempt.objects.values_list("best", flat=True).get() == 100
        assert response.cookies[COOKIE]["max-age"] == 0


def test_a_merge_neither_loses_nor_lowers_anything(shelf, visitor, lena) -> None:
    account = Client(headers={"Sec-Fetch-Site": "same-origin"})
    account.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    account.post(shelf.answer_url("wetter-app"), {"option": "1"})
    account.post(shelf.answer_url("daten"), {"option": ["0"]})
    account.post("/kurse/spuren/tag/weiter/")
    visitor.post(shelf.answer_url("wetter-app"), {"option": "0"})
    visitor.post(shelf.answer_url("daten"), {"option": ["0", "2"]})
    visitor.post("/kurse/spuren/werbung/antwort/wetter-app/", {"option": "1"})
    visitor.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    visitor.post("/lernen/uebernehmen/", {"choice": "yes"})
    best = Attempt.objects.values_list("lesson_key", "exercise_key", "best", "answer")
    first, second = shelf.first.translation_key, shelf.second.translation_key
    assert set(map(str, best)) == set(
        map(
            str,
            [
                (first, "wetter-app", 100, [1]),
                (first, "daten", 100, [0]),
                (second, "wetter-app", 100, None),
            ],
        )
    )
    assert dict(LessonProgress.objects.values_list("lesson_key", "state")) == {
        first: LessonState.DONE,
        second: LessonState.STARTED,
    }


def test_a_merge_takes_along_what_one_language_has_and_another_lacks(
    shelf, visitor, lena
) -> None:
    visitor.post(shelf.answer_url("wetter-app"), {"option": "1"})
    visitor.post(shelf.answer_url("daten"), {"option": ["0", "2"]})
    for language in ("en", "de-simple"):
        translated(shelf.first, language, body=[single_choice()])
    visitor.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    visitor.post("/lernen/uebernehmen/", {"choice": "yes"})
    assert set(Attempt.objects.values_list("exercise_key", "best")) == {
        ("wetter-app", 100),
        ("daten", 100),
    }


def test_a_merge_leaves_the_place_of_the_account(shelf, visitor, lena) -> None:
    account = Client(headers={"Sec-Fetch-Site": "same-origin"})
    account.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    account.post("/kurse/spuren/werbung/antwort/wetter-app/", {"option": "0"})
    [place] = Enrolment.objects.values_list("place_lesson", "place_block")
    assert place[0] == shelf.second.translation_key
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.force_login(lena, backend="learnsite.accounts.backends.LearningKeyBackend")
    visitor.post("/lernen/uebernehmen/", {"choice": "yes"})
    assert list(Enrolment.objects.values_list("place_lesson", "place_block")) == [place]


def test_another_person_sees_nothing_of_it(shelf, lena_client) -> None:
    lena_client.post(shelf.answer_url(), {"option": "1"})
    fremd = Client()
    fremd.force_login(
        User.objects.create_user(display_name="Fremd"),
        backend="learnsite.accounts.backends.LearningKeyBackend",
    )
    page = fremd.get("/kurse/spuren/tag/").content.decode()
    assert "Das stimmt." not in page
    assert "Schon beantwortet" not in page


def test_clearing_the_device_signs_out(shelf, lena_client) -> None:
    lena_client.post("/geraet-leeren/")
    assert "Angemeldet als" not in lena_client.get("/lernen/").content.decode()


def test_signing_out_is_one_button_that_clears_the_device_too(
    shelf, lena_client
) -> None:
    lena_client.cookies["ansicht"] = "200"
    assert '<form method="post" action="/konto/logout/"><button>Abmelden' in (
        lena_client.get("/kurse/").content.decode()
    )
    response = lena_client.post("/konto/logout/", HTTP_REFERER="/kurse/")
    cleared = lena_client.post("/geraet-leeren/")
    assert response["Clear-Site-Data"] == cleared["Clear-Site-Data"]
    assert set(response.cookies) == set(cleared.cookies)
    page = lena_client.get(response["Location"]).content.decode()
    assert "Abgemeldet. Der Lernstand bleibt im Konto." in page
    assert "clear-device" in page


def test_a_link_to_signing_out_asks_first(shelf, lena_client) -> None:
    page = lena_client.get("/konto/logout/").content.decode()
    assert "Abmelden" in page
    assert "Angemeldet als" in lena_client.get("/lernen/").content.decode()


def test_a_lesson_removed_and_restored_still_counts(shelf, lena_client) -> None:
    lena_client.post("/kurse/spuren/werbung/antwort/wetter-app/", {"option": "1"})
    lena_client.post("/kurse/spuren/werbung/weiter/")
    key = shelf.second.translation_key
    shelf.second.delete()
    restored = lesson(shelf.course, slug="neu")
    restored.translation_key = key
    restored.save_revision().publish()
    page = lena_client.get("/kurse/spuren/").content.decode()
    assert "1 von 2 Lektionen erledigt" in page
