"""The shipped packages are free of errors and survive the way there and back."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page

from content.generation import current_generation
from content.identity import GAPS
from courses.catalogue.library import library
from courses.packages.exporter import export_course
from courses.packages.importer import import_packages
from courses.packages.reader import read_package, read_terms
from courses.packages.writer import write_package
from courses.player.renewal import check_minutes
from tests.packages.test_export import files_of

LIBRARY = sorted(path for path in Path(settings.LIBRARY_DIR).iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", LIBRARY, ids=lambda folder: folder.name)
def test_canonical_files_are_read_and_written_without_a_change(folder, tmp_path):
    terms = read_terms(LIBRARY)
    loaded = read_package(folder, terms=terms)
    assert [str(problem) for problem in loaded.problems] == []

    files = write_package(loaded.package)
    for name, content in files_of(folder).items():
        if "media/" in name:
            files[name] = content
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)

    again = read_package(tmp_path, terms=terms)
    assert again.problems == []
    written = write_package(again.package)
    assert written == {name: files[name] for name in written}


@pytest.mark.django_db
def test_shipped_packages_import_again_and_export_the_same(
    shipped_library, tmp_path, settings
):
    settings.MEDIA_ROOT = shipped_library
    again = import_packages(LIBRARY)
    export_course(slug="datengrabbing", path=tmp_path / "aus")
    exported = import_packages([tmp_path / "aus"])

    assert len(again.unchanged) == Page.objects.filter(depth__gt=1).count()
    assert (again.created, again.updated, again.left) == ([], [], [])
    assert (exported.created, exported.updated, exported.left) == ([], [], [])


@pytest.mark.django_db
def test_who_knows_a_shipped_course_renews_it_in_20_minutes(shipped_library):
    """The entry check is all there is to do then; any course may be assigned."""
    minutes = {
        course.path: check_minutes(course.test, [goal["id"] for goal in course.goals])
        for code in ("de", "de-simple", "en")
        for course in library(code, current_generation()).courses
        if course.test
    }
    assert minutes
    assert {path: each for path, each in minutes.items() if not 0 < each <= 20} == {}


def test_a_translation_says_terms_in_its_own_words():
    """The short form shows the German word of the glossary, with its capital letter."""
    borrowed = [
        f"{file.parent.name}/{file.name}: {term}"
        for language in ("en", "de-simple")
        for file in sorted(Path(settings.LIBRARY_DIR).glob(f"*/{language}/*.md"))
        for term in re.findall(r"{term}`[^<`]+`", file.read_text(encoding="utf-8"))
    ]
    assert borrowed == []


# --- The site's own texts -------------------------------------------------------------

SITE = Path(settings.LIBRARY_DIR) / "_site"
FOLDERS = {"de": SITE, "de-simple": SITE / "de-simple", "en": SITE / "en"}
GAP_MARK = re.compile(
    "|".join(f"{{{name}}}" for name in [*GAPS, "accessibility-contact"])
)


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_a_fact_that_may_be_missing_has_a_line_of_its_own(folder):
    """Its sentence stands there alone, or behind a label such as “E-Mail:”."""
    within_a_sentence = [
        f"{file.name}: {line}"
        for file in sorted(folder.glob("*.md"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if GAP_MARK.search(line) and not re.fullmatch(r"(.*: )?\{[a-z-]+\}", line)
    ]
    assert within_a_sentence == []


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_accessibility_statement_says_what_the_law_asks_for(folder):
    """BGG NRW section 10b, BITVNRW sections 4 and 5."""
    text = (folder / "accessibility.md").read_text(encoding="utf-8")
    asked_for = [
        "BGG NRW", "BITVNRW", "EN 301 549", "November 2026", "November 2027",
        "{operator}", "{accessibility-contact}", "{site-name}",
        "https://www.lbbp.nrw.de/ombudsstelle",
        "ombudsstelle-barrierefreie-it@mags.nrw.de",
        "https://www.it.nrw/informationstechnik/digitale-verwaltung/"
        "ueberwachungsstelle-fuer-barrierefreiheit-nrw",
    ]  # fmt: skip
    assert [words for words in asked_for if words not in text] == []
    assert re.search(r"(2|zwei|two) (bis|to) (höchstens )?(6|sechs|six)", text)


def test_every_page_of_the_site_exists_in_all_three_languages():
    names = {
        code: {file.name for file in folder.glob("*.md")}
        for code, folder in FOLDERS.items()
    }
    assert names["de-simple"] == names["en"] == names["de"]
