"""What was imported comes out again, word for word."""

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage, LessonPage
from courses.packages.exporter import export_course, export_site
from courses.packages.importer import import_packages
from courses.packages.reader import read_package, read_terms
from courses.packages.writer import write_package


@pytest.fixture
def imported(imported_once):
    """Every test here begins with the packages imported."""
    return imported_once


def files_of(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def canonical(root, terms):
    loaded = read_package(root, terms=terms)
    assert loaded.problems == []
    files = {
        name: text.encode() for name, text in write_package(loaded.package).items()
    }
    media = {name: data for name, data in files_of(root).items() if "media/" in name}
    return files | media


def test_a_course_comes_out_as_it_was_written(imported, course, site, tmp_path):
    export_course(slug="spuren", path=tmp_path / "aus")

    terms = read_terms([site.root])
    assert files_of(tmp_path / "aus") == canonical(course.root, terms)


def test_the_site_comes_out_as_it_was_written(imported, site, tmp_path):
    export_site(path=tmp_path / "aus")

    assert files_of(tmp_path / "aus") == canonical(site.root, read_terms([site.root]))


def test_an_export_imports_without_a_change(imported, tmp_path):
    export_course(slug="spuren", path=tmp_path / "aus")

    outcome = import_packages([tmp_path / "aus"])

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])


def test_an_exported_package_is_written_the_same_again(imported, site, tmp_path):
    export_course(slug="spuren", path=tmp_path / "aus")

    terms = read_terms([site.root])
    assert canonical(tmp_path / "aus", terms) == files_of(tmp_path / "aus")


def test_a_course_made_in_the_cms_is_exported_by_its_slugs(imported, tmp_path, site):
    index = CoursePage.objects.get(locale__language_code="de").get_parent()
    page = CoursePage(
        title="Neu",
        slug="neu",
        summary="Kurz.",
        topics=["datenschutz"],
        settings=["schule"],
        goals=[{"id": "g", "text": "Ich kann es."}],
        locale=index.locale,
    )
    index.add_child(instance=page)
    lesson = LessonPage(
        title="Erste",
        slug="erste",
        minutes=5,
        locale=index.locale,
        body=[("text", "<p>Zeile<br/>nächste &amp; <b>fett</b></p>")],
    )
    page.add_child(instance=lesson)

    export_course(slug="neu", path=tmp_path / "aus")

    text = (tmp_path / "aus/01-erste.md").read_text(encoding="utf-8")
    assert text == (
        "---\nid: erste\nslug: erste\ntitle: Erste\nminutes: 5\n---\n\n"
        "Zeile\n\nnächste & **fett**\n"
    )
    import_packages([tmp_path / "aus"])
    assert CoursePage.objects.filter(slug="neu").count() == 1
    assert LessonPage.objects.filter(slug="erste").count() == 1


def test_a_folder_with_files_is_not_written_over(imported, tmp_path):
    (tmp_path / "brief.txt").write_text("wichtig")

    with pytest.raises(CommandError, match="gibt es schon"):
        call_command("export_course", "spuren", str(tmp_path))


def test_an_unknown_course_is_named(imported, tmp_path):
    with pytest.raises(CommandError, match="Den Kurs „x“ gibt es nicht"):
        call_command("export_course", "x", str(tmp_path / "aus"))
