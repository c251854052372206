"""Learning without an account: everything lies in one cookie, nothing on the server."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from courses.catalogue.models import LessonPage
from courses.progress.cookie import loads
from courses.progress.models import Attempt, Enrolment, LessonProgress
from tests.factories import lesson, world

pytestmark = pytest.mark.django_db
COOKIE = settings.PROGRESS_COOKIE_NAME


def row_counts() -> dict[str, int]:
    return {m._meta.label: m._base_manager.count() for m in apps.get_models()}


def test_reading_sets_no_cookie(shelf, visitor) -> None:
    response = visitor.get("/kurse/spuren/tag/")
    assert response.status_code == 200
    assert not response.cookies


def test_reading_on_sets_no_cookie_before_anything_was_done(shelf, visitor) -> None:
    response = visitor.post("/kurse/spuren/tag/stelle/", {"block": "0a1b2c3d"})
    assert response.status_code == 204
    assert not response.cookies


def test_after_the_first_answer_the_place_is_kept_while_reading(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    block = shelf.first.body[0].id[:8]
    visitor.post("/kurse/spuren/tag/stelle/", {"block": block})
    assert f'href="/kurse/spuren/tag/#b-{block}"' in visitor.get("/lernen/").text


def test_an_answer_is_graded_explained_and_kept_on_the_device(shelf, visitor) -> None:
    response = visitor.post(shelf.answer_url(), {"option": "1"})
    page = visitor.get("/kurse/spuren/tag/").text
    assert "Das stimmt." in page
    assert "Warum „Mit Werbung“ stimmt." in page
    assert COOKIE in response.cookies
    assert response.cookies[COOKIE]["httponly"] is True
    assert response.cookies[COOKIE]["samesite"] == "Lax"


def test_the_server_stores_nothing_about_a_visitor(shelf, visitor) -> None:
    before = row_counts()
    visitor.get("/kurse/spuren/tag/")
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.post("/kurse/spuren/tag/weiter/")
    visitor.post("/kurse/spuren/tag/stelle/", {"block": "0a1b2c3d"})
    visitor.get("/lernen/")
    assert row_counts() == before


def test_a_lesson_is_done_when_all_is_answered_and_continue_chosen(
    shelf, visitor
) -> None:
    visitor.post(shelf.answer_url("wetter-app"), {"option": "0"})
    visitor.post("/kurse/spuren/tag/weiter/")
    assert "0 von 2 Lektionen erledigt" in visitor.get("/lernen/").content.decode()
    visitor.post(shelf.answer_url("daten"), {"option": "0"})
    response = visitor.post("/kurse/spuren/tag/weiter/")
    assert response.status_code == 303
    assert response["Location"] == "/kurse/spuren/werbung/"
    assert "1 von 2 Lektionen erledigt" in visitor.get("/lernen/").content.decode()


def lesson_end(page: str) -> str:
    return page.partition('<footer class="lesson-end"')[2].partition("</footer>")[0]


def test_the_only_way_on_at_the_end_is_the_button_that_completes(
    shelf, visitor
) -> None:
    end = lesson_end(visitor.get("/kurse/spuren/tag/").text)
    assert 'href="/kurse/spuren/werbung/"' not in end
    assert end.count("Wer verdient daran?") == 1


def test_while_exercises_are_open_the_end_leads_to_the_first_of_them(
    shelf, visitor
) -> None:
    first, second = (f"#b-{block.id[:8]}" for block in list(shelf.first.body)[1:])
    end = lesson_end(visitor.get("/kurse/spuren/tag/").text)
    assert f'href="{first}"' in end
    assert "Offen lassen und weiter: Wer verdient daran?" in end
    visitor.post(shelf.answer_url("wetter-app"), {"option": "0"})
    assert f'href="{second}"' in lesson_end(visitor.get("/kurse/spuren/tag/").text)
    end = lesson_end(
        visitor.post(shelf.answer_url("daten"), {"option": "0"}, follow=True).text
    )
    assert "Weiter: Wer verdient daran?" in end
    assert "Offen lassen" not in end


def test_the_last_lesson_ends_with_the_course(shelf, visitor) -> None:
    end = lesson_end(visitor.get("/kurse/spuren/werbung/").text)
    assert "Offen lassen und zum Kurs" in end
    assert "Vorherige Lektion: Ein Tag mit Spuren" in end


def test_nothing_is_said_to_be_saved_before_anything_was_done(shelf, visitor) -> None:
    page = visitor.get("/kurse/spuren/tag/").text
    assert "Nur auf diesem Gerät gespeichert." not in page
    visitor.post(shelf.answer_url(), {"option": "1"})
    page = visitor.get("/kurse/spuren/tag/").text
    assert "Nur auf diesem Gerät gespeichert." in page


def test_an_answered_exercise_says_so_and_asks_for_nothing(shelf, visitor) -> None:
    page = visitor.get("/kurse/spuren/tag/").text
    assert "Schon beantwortet" not in page
    visitor.post(shelf.answer_url(), {"option": "1"}, follow=True)
    page = visitor.get("/kurse/spuren/tag/").text
    exercise = page.partition('data-exercise="wetter-app"')[2].partition("</form>")[0]
    assert "Schon beantwortet. Bestes Ergebnis: 100 %." in exercise
    assert "Die Antwort selbst wird nicht noch einmal gezeigt." in exercise
    assert re.search(r'is-quiet">\s*Noch einmal versuchen', exercise)
    assert "Antwort prüfen" not in exercise


def test_coming_back_continues_at_the_exact_block(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    block = shelf.first.body[1].id[:8]
    page = visitor.get("/lernen/").content.decode()
    assert f'href="/kurse/spuren/tag/#b-{block}"' in page
    again = visitor.get("/kurse/spuren/tag/").content.decode()
    assert f'href="#b-{block}"' in again


def test_the_best_score_is_kept_and_never_lowered(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    visitor.post(shelf.answer_url(), {"option": "0"})
    record = loads(visitor.cookies[COOKIE].value)
    assert [list(r.scores.values()) for r in record.lessons.values()] == [[100]]


@pytest.mark.parametrize("value", ["kaputt", "a.b", "x" * 9000, "%F0%28%8C%28"])
def test_a_broken_cookie_is_ignored_and_replaced(shelf, visitor, value) -> None:
    visitor.cookies[COOKIE] = value
    assert visitor.get("/kurse/spuren/tag/").status_code == 200
    assert visitor.get("/lernen/").status_code == 200
    visitor.post(shelf.answer_url(), {"option": "1"})
    assert len(loads(visitor.cookies[COOKIE].value).lessons) == 1


def test_an_empty_answer_gets_advice_and_changes_nothing(shelf, visitor) -> None:
    response = visitor.post(shelf.answer_url(), {})
    page = visitor.get("/kurse/spuren/tag/")
    assert "Bitte eine Antwort auswählen" in page.text
    assert "no-store" in page["Cache-Control"]
    assert COOKIE not in response.cookies


def test_an_answer_to_a_vanished_exercise_says_so(shelf, visitor) -> None:
    response = visitor.post(shelf.answer_url("gibt-es-nicht"), {"option": "1"})
    assert response.status_code == 410
    assert "Diese Aufgabe gibt es nicht mehr" in response.content.decode()


class TestLessonTakenOffTheSite:
    """Whoever is answering at that moment is told what became of the answer."""

    LESSON = "/kurse/spuren/tag/"

    @pytest.mark.parametrize(
        "end", ["antwort/wetter-app/", "weiter/", "labor/banner/", "hilfe/"]
    )
    def test_what_is_sent_says_so_and_leads_to_the_course(
        self, shelf, visitor, end
    ) -> None:
        shelf.first.unpublish()

        response = visitor.post(f"{self.LESSON}{end}", {"option": "1"})

        assert response.status_code == 410
        assert "Diese Lektion gibt es hier nicht mehr" in response.text
        assert "Gerade wurde nichts gespeichert." in response.text
        assert f'href="/kurse/spuren/">{shelf.course.title}</a>' in response.text
        assert COOKIE not in response.cookies

    def test_a_script_is_told_in_words(self, shelf, visitor) -> None:
        shelf.first.unpublish()

        response = visitor.post(
            shelf.answer_url(), {"option": "1"}, headers={"Accept": "application/json"}
        )

        assert response.status_code == 410
        assert "Gerade wurde nichts gespeichert." in response.json()["message"]

    def test_a_course_that_was_taken_off_leads_to_the_courses(
        self, shelf, visitor
    ) -> None:
        shelf.course.unpublish()

        response = visitor.post(shelf.answer_url(), {"option": "1"})

        assert response.status_code == 410
        assert 'class="button" href="/kurse/"' in response.text

    def test_what_never_was_is_still_not_found(self, shelf, visitor) -> None:
        response = visitor.post("/kurse/spuren/nie/antwort/wetter-app/", {})
        assert response.status_code == 404

    def test_a_lesson_that_is_only_planned_is_not_told_of(self, shelf, visitor) -> None:
        draft = LessonPage(slug="geheim", title="Geplant", live=False, minutes=10)
        shelf.course.add_child(instance=draft)

        response = visitor.post("/kurse/spuren/geheim/antwort/wetter-app/", {})

        assert response.status_code == 404


def test_a_form_posted_twice_is_harmless(shelf, visitor) -> None:
    for _turn in range(2):
        response = visitor.post(shelf.answer_url(), {"option": "1"})
    assert response.status_code == 303
    assert len(loads(visitor.cookies[COOKIE].value).lessons) == 1


def test_a_post_from_another_site_is_refused(shelf, visitor) -> None:
    response = visitor.post(
        shelf.answer_url(), {"option": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403


def test_clearing_the_device_removes_cookies_storage_and_cached_pages(
    shelf, visitor
) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    response = visitor.post("/geraet-leeren/")
    # "cookies" would empty all hosts of the domain, a city's mail included.
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies[COOKIE]["max-age"] == 0
    page = visitor.get(response["Location"]).content.decode()
    assert "Das Gerät ist leer" in page


def test_clearing_the_device_removes_each_cookie_by_its_name(db, visitor) -> None:
    response = visitor.post("/geraet-leeren/")
    removed = {name for name, gone in response.cookies.items() if gone["max-age"] == 0}
    assert removed == {
        "abschlusstest", "ansicht", "antwort", "auffrischung", "einladung",
        "lernstand", "nachweis", "raum", "schluessel", "schutz", "sitzung",
        "sprache", "wagtail_sidebar_collapsed", "wiederholen",
    }  # fmt: skip


def test_a_cookie_is_named_by_its_setting_and_so_removed_with_the_others() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for app in ("content", "courses", "learnsite")
        for path in (settings.BASE_DIR / app).rglob("*.py")
    ]
    names = [
        name.strip()
        for source in sources
        for call in (
            r"(?<!def )(?<!def _)set_cookie\(\s*(?:response,)?([^,)]+)",
            r"\bcookie_name = (.+)",
        )
        for name in re.findall(call, source)
    ]
    assert len(names) >= 6
    allowed = re.compile(r"settings\.\w+_COOKIE_NAME|name|self\.cookie_name")
    assert [name for name in names if not allowed.fullmatch(name)] == []


def test_pages_about_a_learner_are_kept_nowhere(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    for path in ("/kurse/spuren/tag/", "/kurse/spuren/", "/lernen/"):
        assert visitor.get(path)["Cache-Control"] == "no-store, private"


def test_a_script_gets_the_changed_pieces_only(shelf, visitor) -> None:
    script = {"Accept": "application/json"}
    response = visitor.post(
        shelf.answer_url(), {"option": "1"}, headers=script, follow=True
    )
    pieces = response.json()
    assert sorted(pieces) == ["exercise", "finish"]
    assert "Das stimmt." in pieces["exercise"]
    assert "<html" not in pieces["exercise"]


def test_nothing_of_a_visitor_reaches_the_tables_of_learners(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    assert [m.objects.count() for m in (Attempt, Enrolment, LessonProgress)] == [0] * 3


def test_my_data_shows_what_lies_on_the_device(shelf, visitor) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    page = visitor.get("/meine-daten/").content.decode()
    assert "Lernstand auf diesem Gerät" in page
    assert "Ein Tag mit Spuren" in page
    assert "100 %" in page


@pytest.mark.parametrize("end", ["antwort/wetter-app/", "weiter/", "stelle/"])
def test_coming_back_to_an_address_that_was_posted_leads_to_the_lesson(
    shelf, visitor, end
) -> None:
    response = visitor.get(f"/kurse/spuren/tag/{end}")
    assert (response.status_code, response["Location"]) == (302, "/kurse/spuren/tag/")


def test_a_course_without_lessons_does_not_take_my_learning_away(
    shelf, visitor
) -> None:
    visitor.post(shelf.answer_url(), {"option": "1"})
    for page in (shelf.first, shelf.second):
        page.unpublish()
    assert visitor.get("/lernen/").status_code == 200


def test_the_draft_notice_of_a_course_stands_on_its_lessons(shelf, visitor) -> None:
    shelf.course.draft_notice = "Entwurf, noch nicht gelesen."
    shelf.course.save_revision().publish()
    for address in ("", "drucken/"):
        page = visitor.get(f"/kurse/spuren/tag/{address}").content.decode()
        assert "Entwurf, noch nicht gelesen." in page


def test_what_a_lesson_says_of_itself_goes_before_what_its_course_says(
    shelf, visitor
) -> None:
    shelf.course.draft_notice, shelf.course.as_of = "Entwurf.", date(2026, 11, 23)
    shelf.course.save_revision().publish()
    shelf.first.draft_notice, shelf.first.as_of = "Neu gefasst.", date(2026, 12, 24)
    shelf.first.save_revision().publish()

    for address in ("", "drucken/"):
        page = visitor.get(f"/kurse/spuren/tag/{address}").content.decode()
        assert ("Neu gefasst." in page, "Entwurf." in page) == (True, False)
        assert "24. Dezember 2026" in page
        other = visitor.get(f"/kurse/spuren/werbung/{address}").content.decode()
        assert "Entwurf." in other
        assert "23. November 2026" in other


def test_competences_are_named_in_a_language_that_readers_and_machines_know(
    visitor,
) -> None:
    codes = {"digcomp": ["4.2"], "mkr": ["1.4"]}
    for language in ("de", "en"):
        lesson(world(language).course(slug=f"kurs-{language}", competences=codes))

    german = visitor.get("/kurse/kurs-de/").content.decode()
    assert "<li>4.2 Personenbezogene Daten und Privatsphäre schützen</li>" in german
    assert "Arbeitsübersetzung" in german

    english = visitor.get("/en/kurse/kurs-en/").content.decode()
    assert "<li>4.2 Protecting personal data and privacy</li>" in english
    assert '<li lang="de">1.4 Datenschutz und Informationssicherheit</li>' in english
    assert '<h3 lang="de">Medienkompetenzrahmen NRW</h3>' in english
    assert "Arbeitsübersetzung" not in english


def test_english_dates_name_the_day_before_the_month(visitor) -> None:
    lesson(world("en").course(slug="traces", as_of=date(2026, 11, 23)))

    assert "23 November 2026" in visitor.get("/en/kurse/traces/").content.decode()


def test_a_course_begun_in_german_is_mentioned_in_other_languages(
    shelf, visitor
) -> None:
    world("en")
    visitor.post(shelf.answer_url(), {"option": "1"})
    response = visitor.get("/en/lernen/")
    assert response.context["elsewhere"] == 1
    assert (
        "You have started 1 more course in another language."
        in response.content.decode()
    )


def test_after_a_result_another_answer_is_offered_and_no_check_of_the_same(
    shelf, visitor
) -> None:
    for option, offer in (
        ("0", "Andere Antwort ausprobieren"),
        ("1", "Noch einmal antworten"),
    ):
        page = visitor.post(shelf.answer_url(), {"option": option}, follow=True).text
        assert f">{offer}</button>" in page
        assert ">Noch einmal prüfen</button>" not in page


def test_text_size_without_script_keeps_the_place_and_warns(shelf, visitor) -> None:
    page = visitor.get("/kurse/spuren/tag/").text
    assert "Antworten bitte vorher abschicken" in page
    visitor.post(shelf.answer_url(), {"option": "1"}, follow=True)
    block = shelf.first.body[1].id[:8]
    page = visitor.get("/kurse/spuren/tag/").text
    assert f'name="next" value="/kurse/spuren/tag/#b-{block}"' in page


def test_a_course_without_test_has_none(shelf, visitor) -> None:
    assert visitor.get("/kurse/spuren/abschlusstest/").status_code == 404
    assert visitor.post("/kurse/spuren/abschlusstest/beginnen/").status_code == 404
    assert "abschlusstest" not in visitor.get("/kurse/spuren/").content.decode()
