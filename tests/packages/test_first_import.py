"""Packages meet an empty site: all of them become pages, or nothing does."""

import pytest
from wagtail.images.models import Image
from wagtail.models import Locale

from content.models import HomePage
from courses.models import LessonPage
from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError


def test_a_problem_anywhere_imports_nothing(db, site, course, media_root):
    course.edit("02-nacht.md", "minutes: 8", "minutes: 800")

    with pytest.raises(PackageError):
        import_packages([site.root, course.root])

    assert not HomePage.objects.exists()
    assert not Image.objects.exists()
    assert not Locale.objects.filter(language_code="en").exists()


def test_a_late_problem_leaves_no_file_behind(db, site, course, media_root):
    course.edit("01-tag.md", "alt: Ein Weg durch die Stadt.", "credit: Redaktion")

    with pytest.raises(PackageError):
        import_packages([site.root, course.root])

    assert not Image.objects.exists()
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


def test_checking_keeps_nothing(db, site, course, media_root):
    check_packages([site.root, course.root])

    assert not HomePage.objects.exists()
    assert not Image.objects.exists()
    assert not media_root.exists()


def test_a_draft_stays_unpublished_until_it_is_settled(db, site, course):
    import_packages([site.root])
    course.edit("02-nacht.md", "Auch nachts", "<!-- prüfen: wirklich? --> Auch nachts")

    import_packages([course.root], draft=True)
    lessons = LessonPage.objects.filter(slug__in=["nacht", "tag"])
    assert set(lessons.values_list("live", flat=True)) == {False}

    course.edit("02-nacht.md", "<!-- prüfen: wirklich? --> ", "")
    outcome = import_packages([course.root])
    assert "spuren/de/nacht" in outcome.updated
    assert set(lessons.values_list("live", flat=True)) == {True}


def test_identical_pictures_are_stored_once(db, site, course):
    picture = (course.root / "media/tag.svg").read_text()
    course.write("media/titel.svg", picture)

    import_packages([site.root, course.root])

    assert Image.objects.count() == 1
