"""The commands print what happened, in German, and fail when there are problems."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from courses.models import LessonPage


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_checking_a_sound_package_says_so(db, site, course):
    said = run("check_course", str(site.root), str(course.root))

    assert said.splitlines()[-1] == "Kein Problem gefunden."


def test_checking_advises_where_reviews_would_repeat_themselves(db, site, course):
    def lines():
        return run("check_course", str(site.root), str(course.root)).splitlines()

    [advice, _found] = lines()
    assert advice.startswith(f"{course.root}/course.yaml:")
    assert advice.endswith(
        "Hinweis: Beim Wiederholen wird zu einem Lernziel jedes Mal eine andere Frage "
        "gestellt. Dafür braucht es 3 in den Lektionen; weniger haben: erkennen (1)."
    )

    for file in ("01-tag.md", "en/01-tag.md"):
        body = (course.root / file).read_text(encoding="utf-8")
        exercise = body[body.index(":::{single-choice} wetter") :]
        more = [exercise.replace("wetter", key) for key in ("regen", "schnee")]
        course.write(file, "\n".join([body, *more]))
    assert lines() == ["Kein Problem gefunden."]


@pytest.mark.parametrize(("day", "told"), [("2027-11-22", 0), ("2027-11-23", 1)])
def test_checking_tells_when_a_course_is_to_be_read_again(db, site, course, day, told):
    with time_machine.travel(f"{day} 12:00 +0100", tick=False):
        lines = run("check_course", str(site.root), str(course.root)).splitlines()

    due = [line for line in lines if "2027-11-23 neu gelesen" in line]
    assert len(due) == told
    assert all(line.startswith(f"{course.root}/course.yaml:") for line in due)


def test_checking_prints_each_problem_and_fails(db, site, course):
    course.edit("02-nacht.md", "minutes: 8", "minutes: acht")
    out = StringIO()

    with pytest.raises(CommandError, match="Probleme: 1"):
        call_command("check_course", str(site.root), str(course.root), stdout=out)

    assert out.getvalue() == (
        f"{course.root}/02-nacht.md:5: „acht“ ist keine ganze Zahl.\n"
    )


def test_importing_says_what_is_new_and_what_stayed(db, site, course):
    first = run("import_course", str(site.root), str(course.root)).splitlines()
    second = run("import_course", str(site.root), str(course.root))

    assert first[-1] == "Neu: 11, geändert: 0, unverändert: 0."
    assert "neu: spuren/en/tag" in first
    assert second == "Neu: 0, geändert: 0, unverändert: 11.\n"


def test_what_the_cms_changed_is_reported_with_what_can_be_done(imported, site, course):
    lesson = LessonPage.objects.get(slug="tag").get_latest_revision_as_object()
    lesson.title = "Vom Redakteur"
    lesson.save_revision().publish()

    said = run("import_course", str(site.root), str(course.root)).splitlines()

    assert "im CMS bearbeitet, unverändert gelassen: spuren/de/tag" in said
    assert said[-2] == (
        "Was im CMS bearbeitet oder dort vom Netz genommen wurde, bleibt. Damit das "
        "Paket gilt: den Befehl mit --take package wiederholen. Damit die Worte aus "
        "dem CMS ins Paket kommen: den Kurs mit export_course exportieren."
    )


def test_a_failed_import_says_that_nothing_happened(db, site, course):
    course.edit("01-tag.md", "page:about", "page:weg")

    with pytest.raises(CommandError, match="Es wurde nichts importiert. Probleme: 1"):
        call_command(
            "import_course", str(site.root), str(course.root), stdout=StringIO()
        )
