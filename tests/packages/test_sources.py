"""Shared sources: one file of the site, cited by id in lessons and courses."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from content.memory import forget_all
from content.models import Source
from courses.models import CoursePage
from courses.packages.exporter import export_course, export_site
from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError

SOURCES = """\
- id: dsgvo
  title: Verordnung (EU) 2016/679 (DSGVO)
  publisher: Europäische Union
  url: https://eur-lex.europa.eu/eli/reg/2016/679/oj
  accessed: 2026-11-23
  review: 2027-11-23
- id: studie
  title: Eine Studie
"""
ENGLISH = """\
- id: dsgvo
  title: Regulation (EU) 2016/679 (GDPR)
"""
CITING = """
:::{sources}
items:
  - shared: dsgvo
  - shared: dsgvo
    title: DSGVO, Artikel 15
    note: Das Recht auf Auskunft.
  - title: Nur hier
:::

:::{quote}
---
shared: dsgvo
---
Jede Person hat Rechte.
:::
"""


@pytest.fixture(autouse=True)
def clean_slate():
    """Start each test with an empty memory."""
    forget_all()
    yield
    forget_all()


@pytest.fixture
def citing(course, site):
    """A site with shared sources and a course that cites them."""
    site.write("sources.yaml", SOURCES)
    site.write("en/sources.yaml", ENGLISH)
    lesson = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.write("02-nacht.md", lesson + CITING)
    course.edit("course.yaml", "sources:\n", "sources:\n  - shared: dsgvo\n")
    return course


def both(site, course, **options):
    return import_packages([site.root, course.root], **options)


def problems(*paths):
    with pytest.raises(PackageError) as refused:
        import_packages(list(paths))
    return [
        str(problem).removeprefix(f"{paths[0].parent}/")
        for problem in refused.value.problems
    ]


def test_lessons_and_courses_show_the_shared_source(db, client, site, citing):
    both(site, citing)

    lesson = client.get("/kurse/spuren/nacht/").content.decode()
    course = client.get("/kurse/spuren/").content.decode()

    link = (
        '<a href="https://eur-lex.europa.eu/eli/reg/2016/679/oj" '
        'rel="external noopener">{}</a>'
    )
    assert link.format("Verordnung (EU) 2016/679 (DSGVO)") in lesson
    assert link.format("DSGVO, Artikel 15") in lesson
    assert link.format("Verordnung (EU) 2016/679 (DSGVO)") in course


def test_a_translation_keeps_its_words_and_takes_the_rest(db, client, site, citing):
    both(site, citing)

    course = client.get("/en/kurse/traces/").content.decode()

    assert (
        '<a href="https://eur-lex.europa.eu/eli/reg/2016/679/oj" '
        'rel="external noopener">Regulation (EU) 2016/679 (GDPR)</a>'
    ) in course


def test_a_second_import_changes_nothing(db, site, citing):
    both(site, citing)
    rows = list(Source.objects.order_by("pk").values())

    outcome = both(site, citing)

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])
    assert outcome.notices == []
    assert list(Source.objects.order_by("pk").values()) == rows


def test_a_source_comes_out_as_it_was_written(db, site, citing, tmp_path):
    both(site, citing)

    export_site(path=tmp_path / "aus" / "_site")
    export_course(slug="spuren", path=tmp_path / "aus" / "spuren")

    assert (tmp_path / "aus/_site/sources.yaml").read_text("utf-8") == SOURCES
    assert (tmp_path / "aus/_site/en/sources.yaml").read_text("utf-8") == ENGLISH
    lesson = (tmp_path / "aus/spuren/02-nacht.md").read_text("utf-8")
    assert lesson.endswith(CITING)
    course = (tmp_path / "aus/spuren/course.yaml").read_text("utf-8")
    assert "sources:\n  - shared: dsgvo\n  - title:" in course


def test_a_changed_source_touches_no_page(db, client, site, citing):
    both(site, citing)
    site.edit("sources.yaml", "Verordnung (EU) 2016/679 (DSGVO)", "DSGVO 2027")

    outcome = both(site, citing)

    assert outcome.updated == []
    assert ">DSGVO 2027</a>" in client.get("/kurse/spuren/nacht/").content.decode()


def test_without_a_day_a_source_is_read_again_after_a_year(db, site, citing):
    site.edit("sources.yaml", "  review: 2027-11-23\n", "")

    both(site, citing)

    assert Source.objects.originals().get(key="dsgvo").review == date(2027, 11, 23)


def test_an_unknown_source_is_named_with_its_line(db, site, citing):
    citing.edit("02-nacht.md", "shared: dsgvo\n    title", "shared: dsvgo\n    title")

    line = (citing.root / "02-nacht.md").read_text("utf-8").split("\n")
    number = line.index("  - shared: dsvgo") + 1
    assert problems(site.root, citing.root) == [
        f"spuren/02-nacht.md:{number}: "
        "Es gibt keine gemeinsame Quelle „dsvgo“ in _site/sources.yaml."
    ]


def test_an_unknown_source_of_a_course_is_named(db, site, citing):
    citing.edit("course.yaml", "shared: dsgvo", "shared: dsvgo")

    assert any("course.yaml:" in each for each in problems(site.root, citing.root))


def test_an_entry_without_any_source_is_refused(db, site, citing):
    citing.edit("02-nacht.md", "  - title: Nur hier\n", "  - publisher: Wer\n")

    (found,) = problems(site.root, citing.root)

    assert "gemeinsame Quelle wählen" in found


def test_a_course_is_checked_with_the_site_beside_it(db, site, citing):
    import_packages([site.root])
    Source.objects.all().delete()

    check_packages([citing.root])

    assert any("dsgvo" in each for each in problems(citing.root))


def test_what_was_changed_in_the_cms_is_left(db, site, citing):
    both(site, citing)
    row = Source.objects.originals().get(key="dsgvo")
    row.title = "Im CMS geändert"
    row.save()

    outcome = both(site, citing)

    row.refresh_from_db()
    assert row.title == "Im CMS geändert"
    assert any("dsgvo" in notice for notice in outcome.notices)
    both(site, citing, take="package")
    row.refresh_from_db()
    assert row.title == "Verordnung (EU) 2016/679 (DSGVO)"


def test_a_source_that_left_goes_unless_it_is_cited(db, site, citing):
    both(site, citing)
    Source.objects.create(
        key="aus-dem-cms", title="CMS", locale=Locale.objects.get(language_code="de")
    )
    site.write("sources.yaml", "- id: neu\n  title: Neu\n")
    site.delete("en/sources.yaml")

    import_packages([site.root])

    keys = Source.objects.originals().order_by("key").values_list("key", flat=True)
    assert list(keys) == ["aus-dem-cms", "dsgvo", "neu"]


def test_courses_count_as_uses(db, admin_client, site, citing):
    both(site, citing)
    law = Source.objects.originals().get(key="dsgvo")

    html = admin_client.get(
        reverse("wagtailsnippets_content_source:usage", args=[law.pk])
    ).content.decode()

    for page in CoursePage.objects.filter(locale__language_code="de"):
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("id: a\n", "Gemeinsame Quellen sind eine Liste"),
        ("- id: a\n  title: A\n- id: a\n  title: B\n", "Die Quelle „a“ steht doppelt"),
        ("- id: a\n", "„title“"),
        ("- a\n", "Ein Eintrag hat die Felder id, title."),
    ],
)
def test_a_broken_list_is_refused(db, site, written, message):
    site.write("sources.yaml", written)

    assert any(message in each for each in problems(site.root))


def test_a_translation_of_no_source_is_refused(db, site, citing):
    site.write("en/sources.yaml", "- id: fremd\n  title: Foreign\n")

    (found,) = problems(site.root)

    assert found.startswith("_site/en/sources.yaml:1:")
    assert "„fremd“" in found


def test_a_source_past_its_day_is_told(db, site, citing, capsys):
    site.edit("sources.yaml", "review: 2027-11-23", "review: 2020-01-01")
    site.edit("sources.yaml", "accessed: 2026-11-23", "accessed: 2019-01-01")

    call_command("check_course", str(site.root), str(citing.root))

    told = [
        line for line in capsys.readouterr().out.split("\n") if "2020-01-01" in line
    ]
    places = [line.split(": ")[0].rpartition("/")[2] for line in told]
    assert sorted(each.rpartition(":")[0] for each in places) == [
        "course.yaml",
        "sources.yaml",
    ]


def test_a_source_whose_day_is_to_come_is_not_told(db, site, citing, capsys):
    site.edit("sources.yaml", "review: 2027-11-23", "review: 2999-01-01")

    call_command("check_course", str(site.root), str(citing.root))

    assert "2999-01-01" not in capsys.readouterr().out
