"""An import gives pages the addresses of their files, also where pages swap them."""

from pathlib import Path

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError

DAWN = "---\nid: morgen\nslug: morgen\ntitle: Ein Morgen\nminutes: 5\n---\n\nText.\n"


@pytest.fixture
def imported(imported_once):
    """Every test here begins with the packages imported, and changes something."""
    return imported_once


@pytest.fixture
def run(site, course, django_capture_on_commit_callbacks):
    """Return a function that imports both packages, as a transaction of its own."""

    def run(**options):
        check_packages([site.root, course.root])
        with django_capture_on_commit_callbacks(execute=True):
            return import_packages([site.root, course.root], **options)

    return run


def below(language="de"):
    """Return id, address and presence of the lessons of a language."""
    course = CoursePage.objects.get(locale__language_code=language)
    pages = LessonPage.objects.child_of(course).order_by("pk")
    assert all(page.url_path == f"{course.url_path}{page.slug}/" for page in pages)
    return [(page.package_id, page.slug, page.live) for page in pages]


def refusals(run, **options):
    with pytest.raises(PackageError) as error:
        run(**options)
    problems = error.value.problems
    return [(Path(each.file).name, each.line, each.message) for each in problems]


def settled(outcome):
    return not (
        outcome.created or outcome.updated or outcome.unpublished or outcome.left
    )


def swap(course):
    course.edit("01-tag.md", "slug: tag", "slug: nacht")
    course.edit("02-nacht.md", "slug: nacht", "slug: tag")


def test_a_lesson_may_take_the_address_of_the_one_it_replaces(imported, course, run):
    course.edit("02-nacht.md", "id: nacht", "id: nacht-neu")

    outcome = run()

    assert outcome.created == ["spuren/de/nacht-neu"]
    assert outcome.unpublished == ["spuren/de/nacht"]
    assert below() == [
        ("tag", "tag", True),
        ("nacht", "nacht-2", False),
        ("nacht-neu", "nacht", True),
    ]
    assert not Redirect.objects.exists()
    assert settled(run())
    # Back again: the lesson that had left comes back under its address.
    course.edit("02-nacht.md", "id: nacht-neu", "id: nacht")
    run()
    assert below()[1:] == [("nacht", "nacht", True), ("nacht-neu", "nacht-2", False)]
    assert not Redirect.objects.exists()


def test_a_lesson_may_take_the_address_of_one_that_left_before(imported, course, run):
    course.delete("02-nacht.md")
    run()
    course.write("02-morgen.md", DAWN.replace("slug: morgen", "slug: nacht"))

    run()

    assert below()[1:] == [("nacht", "nacht-2", False), ("morgen", "nacht", True)]


def test_two_lessons_may_swap_their_addresses(imported, course, run, client):
    swap(course)

    outcome = run()

    assert outcome.updated == ["spuren/de/tag", "spuren/de/nacht"]
    assert below() == [("tag", "nacht", True), ("nacht", "tag", True)]
    assert "Ein Tag" in client.get("/courses/spuren/nacht/").content.decode()
    assert settled(run())
    pages = LessonPage.objects.filter(package_id__in=["tag", "nacht"])
    assert [page.revisions.count() for page in pages] == [2, 2, 1]  # 1: English


def test_three_lessons_may_pass_their_addresses_on(imported, course, run):
    course.write("03-morgen.md", DAWN)
    run()
    swap(course)
    course.edit("02-nacht.md", "slug: tag", "slug: morgen")
    course.edit("03-morgen.md", "slug: morgen", "slug: tag")

    run()

    assert below() == [
        ("tag", "nacht", True),
        ("nacht", "morgen", True),
        ("morgen", "tag", True),
    ]
    assert settled(run())


def test_old_addresses_lead_on_and_no_other_is_noted(imported, course, run, client):
    course.edit("01-tag.md", "slug: tag", "slug: nacht")
    course.edit("02-nacht.md", "slug: nacht", "slug: spaet")

    run()

    noted = Redirect.objects.values_list("old_path", "redirect_page__slug")
    assert sorted(noted) == [
        ("/courses/spuren/nacht", "spaet"),
        ("/courses/spuren/tag", "nacht"),
    ]
    reply = client.get("/courses/spuren/tag/")
    assert reply.status_code == 301
    assert reply.headers["Location"].endswith("/courses/spuren/nacht/")


def test_lessons_stay_below_a_course_whose_address_changes_too(imported, course, run):
    course.edit("course.yaml", "slug: spuren", "slug: faehrten")
    swap(course)
    course.write("03-morgen.md", DAWN)

    run()

    assert below() == [
        ("tag", "nacht", True),
        ("nacht", "tag", True),
        ("morgen", "morgen", True),
    ]
    assert settled(run())


def test_an_address_of_a_page_outside_the_package_is_refused(imported, course, run):
    parent = CoursePage.objects.get(locale__language_code="de")
    own = LessonPage(
        title="Eigene",
        slug="eigene",
        package_id="anders",
        locale=parent.locale,
        body=[],
    )
    parent.add_child(instance=own)
    course.write("03-morgen.md", DAWN.replace("slug: morgen", "slug: eigene"))

    assert refusals(run) == [
        (
            "03-morgen.md",
            3,
            "Die Adresse „eigene“ gehört der Seite „Eigene“, die dieser Text nicht "
            "ändert. Entweder hier eine andere Adresse wählen oder jener Seite im CMS "
            "eine andere geben.",
        )
    ]
    assert Page.objects.get(pk=own.pk).slug == "eigene"


def test_an_address_of_a_page_that_is_left_alone_is_refused(imported, course, run):
    page = LessonPage.objects.get(slug="tag").get_latest_revision_as_object()
    page.slug = "frueh"
    page.save_revision().publish()
    course.edit("02-nacht.md", "slug: nacht", "slug: frueh")

    assert refusals(lambda: import_packages([course.root])) == [
        (
            "02-nacht.md",
            3,
            "Die Adresse „frueh“ gehört der Seite „Ein Tag“, die im CMS geändert wurde "
            "und so bleibt. Eine andere Adresse wählen oder mit --take package das "
            "Paket gelten lassen.",
        )
    ]
    run(take="package")
    assert below() == [("tag", "tag", True), ("nacht", "frueh", True)]


def test_a_draft_takes_no_address_from_a_page(imported, course, run):
    swap(course)

    found = refusals(run, draft=True)

    places = [(file, line) for file, line, _message in found]
    assert places == [("01-tag.md", 3), ("02-nacht.md", 3)]
    assert found[0][2] == (
        "Die Adresse „nacht“ gehört der Seite „Eine Nacht“, und ein Entwurf nimmt "
        "keiner Seite ihre Adresse. Ohne --draft importieren oder eine andere Adresse "
        "wählen."
    )
    assert below() == [("tag", "tag", True), ("nacht", "nacht", True)]
