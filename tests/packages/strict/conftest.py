"""A course to be broken in one place, and what the strict check says of it."""

import shutil

import pytest

from courses.packages.reader import read_package, read_terms
from courses.packages.strict import check

SOURCES = """
:::{sources}
items:
  - shared: dsgvo
:::
"""
SHARED = """\
- id: dsgvo
  title: Verordnung (EU) 2016/679 (DSGVO)
  publisher: Europäische Union
  url: https://eur-lex.europa.eu/eli/reg/2016/679/oj
  accessed: 2026-11-23
"""
PLAIN_COURSE = """\
format: 1
kind: course
id: spuren
slug: leicht
locale: de-simple
title: Spuren
summary: Hier geht es um Spuren.
goals:
  - id: erkennen
    text: Ich kann Spuren sehen.
image_alt: Das ist eine Straße in Hellingen.
"""
PLAIN_LESSON = """\
---
id: tag
slug: tag-leicht
title: Ein Tag
summary: Was bleibt von einem Tag?
---

Lena liest.

:::{single-choice} wetter
question: Wie bekommt die App Geld?
options:
  - text: Mit Schirmen
    feedback: Das ist ein Laden.
  - text: Mit Werbung
    correct: true
    feedback: Werbung bringt Geld.
goal: erkennen
:::
"""


@pytest.fixture
def site(site):
    """The site of the package tests, with a shared source."""
    site.write("sources.yaml", SHARED)
    return site


@pytest.fixture
def course(course):
    """The course of the package tests, sound by the strict rules too."""
    facts = (course.root / "course.yaml").read_text(encoding="utf-8")
    own = facts[facts.index("  - title: Verordnung") : facts.index("changes:")]
    course.edit("course.yaml", own, "  - shared: dsgvo\n")
    course.edit("01-tag.md", "durch die Stadt.", "durch die Stadt Hellingen.")
    course.edit("01-tag.md", "feedback: Ja.", "feedback: Ja, Werbung bringt Geld.")
    course.edit("en/01-tag.md", "feedback: Yes.", "feedback: Yes, ads earn money.")
    for file in ("01-tag.md", "02-nacht.md", "en/01-tag.md"):
        text = (course.root / file).read_text(encoding="utf-8")
        course.write(file, text + SOURCES)
    course.write("de-simple/course.yaml", PLAIN_COURSE)
    course.write("de-simple/01-tag.md", PLAIN_LESSON + SOURCES)
    return course


@pytest.fixture
def add(course):
    """Return a function that puts Markdown in front of a lesson's sources."""

    def _add(text, file="01-tag.md"):
        course.edit(file, "\n:::{sources}", f"\n{text}\n\n:::{{sources}}")

    return _add


@pytest.fixture
def found(course, site):
    """Return a function that gives the findings, without those about spelling.

    Of spelling it gives those of the course: titles of the site here are no words.
    """

    def _found(*, spelling=False):
        paths = [site.root, course.root]
        loaded = [read_package(path, terms=read_terms(paths)) for path in paths]
        assert [str(each) for one in loaded for each in one.problems] == []
        lines = [
            str(each).removeprefix(f"{course.root}/") for each in check.findings(loaded)
        ]
        if spelling:
            own = [each for each in lines if not each.startswith(f"{site.root}/")]
            return [each for each in own if "Wörterbuch" in each]
        return [each for each in lines if "Wörterbuch" not in each]

    return _found


needs_hunspell = pytest.mark.skipif(
    shutil.which("hunspell") is None,
    reason="hunspell is missing; on Debian and Ubuntu: apt-get install hunspell",
)
