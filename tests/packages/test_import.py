"""Packages become pages, once, and nothing an editor wrote is lost."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from wagtail.images.models import Image
from wagtail.models import Page, Revision, Site

from content.generation import current_generation
from content.models import GlossaryTerm, HomePage, StandardPage
from content.publishing import picture_ids
from courses.models import CourseIndexPage, CoursePage, LessonPage, TranslatedPage
from courses.packages.cms import lessons_of
from courses.packages.importer import import_packages
from courses.packages.problems import PackageError
from courses.progress.models import Attempt, Enrolment, LessonProgress, LessonState

from .conftest import write_course


@pytest.fixture
def imported(imported_once):
    """Every test here begins with the packages imported, and changes something."""
    return imported_once


def lesson(slug="tag"):
    return LessonPage.objects.get(slug=slug)


def edit_in_cms(page, title):
    """Change a page as an editor does: from its latest revision, then publish."""
    draft = page.get_latest_revision_as_object()
    draft.title = title
    draft.save_revision().publish()


def test_a_site_becomes_a_tree_with_the_german_home_as_root(imported):
    home = HomePage.objects.get(locale__language_code="de")
    english = HomePage.objects.get(locale__language_code="en")

    assert Site.objects.get().root_page_id == home.pk
    assert Site.objects.get().hostname == "localhost"
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr, english.page_ptr]
    assert english.translation_key == home.translation_key
    assert english.alias_of_id is None
    assert (home.headline, home.claim, english.claim) == (
        "Willkommen",
        "selbst lernen",
        "learn",
    )


def test_the_tree_of_pages_is_sound(imported):
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_course_becomes_pages_in_the_order_of_its_files(imported):
    course = CoursePage.objects.get(locale__language_code="de")

    assert course.get_parent().specific == CourseIndexPage.objects.get(
        locale__language_code="de"
    )
    assert [page.slug for page in course.get_children()] == ["tag", "nacht"]
    assert course.image.file_hash
    assert course.as_of == date(2026, 11, 23)
    assert course.sources[0]["accessed"] == "2026-11-23"
    assert course.competences == {"digcomp": [], "mkr": ["1.4"], "kmk": []}


def test_a_translation_shares_keys_and_takes_what_it_leaves_out(imported):
    german = CoursePage.objects.get(locale__language_code="de")
    english = CoursePage.objects.get(locale__language_code="en")

    assert english.translation_key == german.translation_key
    assert lesson("day").translation_key == lesson("tag").translation_key
    assert (english.title, english.topics) == ("Traces on the net", ["datengrabbing"])
    assert english.draft_notice == "Draft, not yet reviewed."
    assert lesson("day").minutes == 12


def test_a_lesson_may_have_a_notice_and_a_day_of_its_own(imported, course, site):
    english = "---\nid: nacht\nslug: night\ntitle: A night\n---\n\nText.\n"
    course.write("en/02-nacht.md", english)
    import_packages([site.root, course.root])

    own, without = lesson("nacht"), lesson("tag")
    assert own.draft_notice == "Die Zahlen werden noch geprüft."
    assert own.as_of == date(2026, 12, 24)
    assert (without.draft_notice, without.as_of) == ("", None)
    # The day is inherited like minutes; a notice is in the words of its language.
    assert (lesson("night").draft_notice, lesson("night").as_of) == ("", own.as_of)


def test_identities_follow_from_the_authors_ids_alone(imported, course, site):
    before = (lesson().translation_key, [block.id for block in lesson().body])
    LessonPage.objects.all().delete()
    CoursePage.objects.all().delete()
    course.edit("01-tag.md", "title: Ein Tag", "title: Anders")
    (course.root / "01-tag.md").rename(course.root / "07-anders.md")
    for part in ("teacher", "worksheet"):
        course.delete(f"01-tag.{part}.md")

    import_packages([site.root, course.root])

    assert (lesson().translation_key, [block.id for block in lesson().body]) == before


def test_blocks_arrive_as_the_cms_stores_them(imported):
    body = lesson().body
    about = StandardPage.objects.get(package_id="about")

    assert [block.block_type for block in body] == ["text", "image", "single_choice"]
    assert body[0].value.source == (
        "<h2>Sieben Uhr</h2><p>Lena liest von "
        '<a linktype="glossary" id="cookie">Cookies</a> und von '
        '<span lang="en">Tracking</span>. Mehr steht '
        f'<a linktype="page" id="{about.pk}">auf dieser Seite</a>.</p>'
    )
    assert body[1].value["image"].title == "spuren/tag.svg"
    assert [option["correct"] for option in body[2].value["options"]] == [False, True]
    assert lesson().exercise_keys == ["wetter"]
    assert lesson().has_teacher
    assert lesson().has_worksheet


def test_the_glossary_arrives_with_its_links(imported):
    term = GlossaryTerm.objects.get(key="cookie")
    about = StandardPage.objects.get(package_id="about")

    assert term.term == "Cookie"
    assert term.see == ["tracking"]
    assert f'<a linktype="page" id="{about.pk}">dieser Seite</a>' in term.more


def test_a_second_run_writes_nothing(imported, site, course):
    revisions, generation = Revision.objects.count(), current_generation()
    images, terms = Image.objects.count(), GlossaryTerm.objects.count()

    outcome = import_packages([site.root, course.root])

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])
    assert len(outcome.unchanged) == len(imported.created) == 11
    assert Revision.objects.count() == revisions
    assert current_generation() == generation
    assert (Image.objects.count(), GlossaryTerm.objects.count()) == (images, terms)


def test_each_page_is_written_with_one_revision(imported):
    assert lesson().revisions.count() == 1


def test_an_edited_file_updates_only_its_lesson(imported, site, course):
    course.edit("02-nacht.md", "Auch nachts", "Sogar nachts")

    outcome = import_packages([site.root, course.root])

    assert outcome.updated == ["spuren/de/nacht"]
    assert "Sogar nachts" in lesson("nacht").body[0].value.source


def test_a_changed_picture_updates_the_pages_that_show_it(imported, site, course):
    course.edit("media/tag.svg", "h2", "h7")

    assert import_packages([site.root, course.root]).updated == ["spuren/de/tag"]


def test_a_page_saved_without_a_change_counts_as_untouched(imported, site, course):
    edit_in_cms(lesson(), "Ein Tag")
    course.edit("01-tag.md", "Sieben Uhr", "Acht Uhr")

    assert import_packages([site.root, course.root]).updated == ["spuren/de/tag"]


def test_a_page_edited_in_the_cms_is_left_and_reported(imported, site, course):
    edit_in_cms(lesson(), "Vom Redakteur")

    outcome = import_packages([site.root, course.root])

    assert [name for name, _difference in outcome.left] == ["spuren/de/tag"]
    assert "-title: Ein Tag\n+title: Vom Redakteur" in outcome.left[0][1]
    assert lesson().title == "Vom Redakteur"


def test_a_draft_of_an_editor_counts_as_an_edit(imported, site, course):
    draft = lesson().get_latest_revision_as_object()
    draft.title = "Noch nicht öffentlich"
    draft.save_revision()

    outcome = import_packages([site.root, course.root])

    assert [name for name, _difference in outcome.left] == ["spuren/de/tag"]
    assert lesson().get_latest_revision_as_object().title == "Noch nicht öffentlich"


def test_a_page_that_both_changed_stops_the_whole_import(imported, site, course):
    edit_in_cms(lesson(), "Vom Redakteur")
    course.edit("01-tag.md", "title: Ein Tag", "title: Aus der Datei")
    course.edit("02-nacht.md", "Auch nachts", "Sogar nachts")

    with pytest.raises(PackageError) as error:
        import_packages([site.root, course.root])

    message = str(error.value)
    assert "Datei und Seite spuren/de/tag haben sich beide" in message
    assert "-title: Aus der Datei\n+title: Vom Redakteur" in message
    assert "Auch nachts" in lesson("nacht").body[0].value.source


def test_the_package_wins_when_told_so(imported, site, course):
    edit_in_cms(lesson(), "Vom Redakteur")
    course.edit("01-tag.md", "title: Ein Tag", "title: Aus der Datei")

    outcome = import_packages([site.root, course.root], take="package")

    assert outcome.updated == ["spuren/de/tag"]
    assert lesson().title == "Aus der Datei"


def test_the_cms_wins_when_told_so_and_is_not_asked_again(imported, site, course):
    edit_in_cms(lesson(), "Vom Redakteur")
    course.edit("01-tag.md", "title: Ein Tag", "title: Aus der Datei")

    import_packages([site.root, course.root], take="cms")
    edit_in_cms(lesson(), "Noch einmal bearbeitet")
    outcome = import_packages([site.root, course.root])

    assert lesson().title == "Noch einmal bearbeitet"
    assert [name for name, _difference in outcome.left] == ["spuren/de/tag"]


def test_a_term_changed_in_the_cms_is_left(imported, site, course):
    GlossaryTerm.objects.filter(key="cookie").update(short="Vom Redakteur.")

    outcome = import_packages([site.root, course.root])

    assert [name for name, _difference in outcome.left] == ["site/de/glossary"]
    assert GlossaryTerm.objects.get(key="cookie").short == "Vom Redakteur."


def test_a_term_that_left_the_package_is_deleted_with_a_notice(imported, site, course):
    site.edit("glossary.yaml", "  see: [tracking]\n- id: tracking\n", "- id: profil\n")

    outcome = import_packages([site.root, course.root])

    assert outcome.notices == [
        "Der Begriff „tracking“ (de) steht nicht mehr im Paket und wurde gelöscht."
    ]
    assert set(GlossaryTerm.objects.values_list("key", flat=True)) == {
        "cookie",
        "profil",
    }


def test_a_new_order_of_files_moves_the_lessons(imported, site, course):
    key = lesson().translation_key
    (course.root / "02-nacht.md").rename(course.root / "00-nacht.md")

    import_packages([site.root, course.root])

    page = CoursePage.objects.get(locale__language_code="de")
    assert [child.slug for child in page.get_children()] == ["nacht", "tag"]
    assert lesson().translation_key == key
    assert import_packages([site.root, course.root]).updated == []


def test_a_new_lesson_and_a_new_day_of_the_course_come_together(imported, site, course):
    course.edit("course.yaml", "as_of: 2026-11-23", "as_of: 2026-12-01")
    night = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.write("03-morgen.md", night.replace("nacht\n", "morgen\n"))

    outcome = import_packages([site.root, course.root])

    assert outcome.created == ["spuren/de/morgen"]
    assert "spuren/de/spuren" in outcome.updated
    assert import_packages([site.root, course.root]).updated == []


def test_a_lesson_that_left_the_package_is_unpublished_and_comes_back(
    imported, site, course
):
    text = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.delete("02-nacht.md")

    outcome = import_packages([site.root, course.root])
    assert outcome.unpublished == ["spuren/de/nacht"]
    assert not lesson("nacht").live
    assert import_packages([site.root, course.root]).unpublished == []

    course.write("02-nacht.md", text)
    import_packages([site.root, course.root])
    assert lesson("nacht").live


def test_a_lesson_unpublished_in_the_cms_stays_so_when_its_file_changes(
    imported, site, course
):
    lesson("nacht").unpublish()
    course.edit("02-nacht.md", "Auch nachts", "Sogar nachts")

    outcome = import_packages([site.root, course.root])
    assert [name for name, _difference in outcome.left] == ["spuren/de/nacht"]
    assert outcome.updated == []
    assert not lesson("nacht").live
    assert "Auch nachts" in str(lesson("nacht").body)

    outcome = import_packages([site.root, course.root], take="package")
    assert outcome.updated == ["spuren/de/nacht"]
    assert lesson("nacht").live
    assert "Sogar nachts" in str(lesson("nacht").body)


def test_a_lesson_unpublished_in_the_cms_is_reported_and_may_be_taken_back(
    imported, site, course
):
    lesson("nacht").unpublish()

    outcome = import_packages([site.root, course.root])
    assert outcome.left == [("spuren/de/nacht", "")]
    assert not lesson("nacht").live

    import_packages([site.root, course.root], take="package")
    assert lesson("nacht").live


def rows_of_learners():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Attempt, Enrolment, LessonProgress)
    }


def test_an_import_touches_nothing_that_learners_did(imported, site, course):
    person = get_user_model().objects.create_user(username="nebel")
    key, parent = lesson().translation_key, lesson().get_parent().translation_key
    row = {"user": person, "day": date(2026, 11, 23)}
    done = {"lesson_key": key, "state": LessonState.DONE}
    answer = {"answer": [1], "fingerprint": "0a1b2c", "score": 100, "best": 100}
    Enrolment.objects.create(course_key=parent, place_lesson=key, **row)
    LessonProgress.objects.create(**done, **row)
    Attempt.objects.create(lesson_key=key, exercise_key="wetter", **answer, **row)
    before = rows_of_learners()
    course.edit("01-tag.md", "Sieben Uhr", "Acht Uhr")
    course.edit("01-tag.md", "Mit Schirmen", "Mit Regenschirmen")

    outcome = import_packages([site.root, course.root])

    assert outcome.updated == ["spuren/de/tag"]
    assert all(before.values())
    assert rows_of_learners() == before


def test_a_lesson_made_in_the_cms_stays(imported, site, course):
    parent = CoursePage.objects.get(locale__language_code="de")
    own = LessonPage(title="Eigene", slug="eigene", locale=parent.locale, body=[])
    parent.add_child(instance=own)

    outcome = import_packages([site.root, course.root])

    assert outcome.unpublished == []
    assert lesson("eigene").live


def test_a_changed_slug_just_changes(imported, site, course):
    key = lesson().translation_key
    course.edit("01-tag.md", "slug: tag", "slug: ein-tag")

    import_packages([site.root, course.root])

    assert lesson("ein-tag").translation_key == key


def test_a_draft_leaves_terms_until_they_are_published(imported, site, course):
    site.edit("glossary.yaml", "Das Beobachten von Menschen", "Das Verfolgen")
    site.edit("glossary.yaml", "- id: tracking\n", "- id: profil\n  term: Profil\n"
              "  short: Was jemand weiß.\n- id: tracking\n")  # fmt: skip

    for _twice in range(2):
        outcome = import_packages([site.root], draft=True)
        assert GlossaryTerm.objects.get(key="tracking").short == (
            "Das Beobachten von Menschen."
        )
        assert not GlossaryTerm.objects.filter(key="profil").exists()
        assert outcome.notices == [
            "Quellen, Handgriffe und Begriffe haben keinen Entwurf. Erst ein Import "
            "ohne --draft schreibt sie, hier: 2."
        ]

    outcome = import_packages([site.root])

    assert outcome.left == []
    assert GlossaryTerm.objects.get(key="tracking").short == "Das Verfolgen."
    assert GlossaryTerm.objects.filter(key="profil").exists()


def test_a_draft_leaves_lessons_and_their_order(imported, site, course):
    second = (course.root / "02-nacht.md").read_text("utf-8")
    course.write("00-neu.md", second.replace("nacht\n", "neu\n"))
    course.delete("02-nacht.md")

    def lessons():
        page = CoursePage.objects.get(locale__language_code="de")
        return [(each.slug, each.live) for each in lessons_of(page)]

    import_packages([course.root], draft=True)
    assert lessons() == [("tag", True), ("nacht", True), ("neu", False)]

    outcome = import_packages([course.root])
    assert outcome.left == []
    assert outcome.unpublished == ["spuren/de/nacht"]
    assert [each for each in lessons() if each[1]] == [("neu", True), ("tag", True)]


def test_a_course_edited_in_the_cms_keeps_its_order_of_lessons(imported, site, course):
    parent = CoursePage.objects.get(locale__language_code="de")
    lesson("tag").move(parent, pos="last-child")

    outcome = import_packages([site.root, course.root])

    assert [name for name, _difference in outcome.left] == ["spuren/de/spuren"]
    parent = Page.objects.get(pk=parent.pk)
    assert [child.slug for child in parent.get_children()] == ["nacht", "tag"]


def test_going_back_to_an_old_revision_is_an_edit_of_the_cms(imported, site, course):
    before = lesson().get_latest_revision()
    course.edit("01-tag.md", "Sieben Uhr", "Acht Uhr")
    import_packages([site.root, course.root])
    before.as_object().save_revision().publish()

    outcome = import_packages([site.root, course.root])

    assert [name for name, _difference in outcome.left] == ["spuren/de/tag"]
    assert "Sieben Uhr" in str(lesson().body[0].value)


def test_a_german_file_that_changes_alone_leaves_its_translation_flagged(
    imported, site, course
):
    course.edit("01-tag.md", "## Sieben Uhr", "## Acht Uhr")

    import_packages([site.root, course.root])

    assert outdated() == ["One day"]


def test_files_that_change_together_flag_nothing(imported, site, course):
    course.edit("01-tag.md", "## Sieben Uhr", "## Acht Uhr")
    course.edit("en/01-tag.md", "Lena reads", "At eight Lena reads")

    import_packages([site.root, course.root])

    assert outdated() == []


def test_a_second_import_keeps_what_is_known(imported, site, course):
    course.edit("01-tag.md", "## Sieben Uhr", "## Acht Uhr")

    import_packages([site.root, course.root])
    import_packages([site.root, course.root])

    assert outdated() == ["One day"]


def outdated():
    rows = TranslatedPage.objects.filter(is_outdated=True)
    return [row.page.title for row in rows]


def test_lessons_of_two_courses_may_have_the_same_id(imported, course, tmp_path):
    other = write_course(tmp_path / "other")
    other.edit("course.yaml", "id: spuren\nslug: spuren", "id: anders\nslug: anders")
    other.edit("en/course.yaml", "id: spuren\nslug: traces", "id: anders\nslug: other")
    other.edit("01-tag.md", "title: Ein Tag", "title: Ein anderer Tag")
    import_packages([other.root])
    other.edit("01-tag.md", "title: Ein anderer Tag", "title: Noch ein Tag")
    import_packages([other.root])

    days = LessonPage.objects.filter(package_id="tag", locale__language_code="de")
    titles = {day.get_parent().slug: day.title for day in days}
    assert titles == {"spuren": "Ein Tag", "anders": "Noch ein Tag"}


def test_pictures_of_a_page_are_those_of_its_text_and_of_its_fields(imported):
    german = CoursePage.objects.get(locale__language_code="de")
    [in_text] = [each for each in lesson().body if each.block_type == "image"]
    assert picture_ids(lesson()) == {in_text.value["image"].pk}
    assert picture_ids(german) == {german.image_id}
