"""A small site and a small course as packages, to be changed by each test."""

import shutil
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation

from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4" width="8" height="4">'
    '<path d="M0 0h{n}"/></svg>'
)

COURSE = """\
format: 1
kind: course
id: spuren
slug: spuren
locale: de
title: Spuren im Netz
summary: Welche Spuren ein Tag hinterlässt.
audience: Klassen 7 bis 10
address: du
topics: [datengrabbing]
settings: [schule]
level: einstieg
goals:
  - id: erkennen
    text: Ich kann Spuren erkennen.
competences:
  mkr: ["1.4"]
licence: CC-BY-SA-4.0
authors: [Redaktion]
image: media/titel.svg
image_alt: Eine Straße in Hellingen.
as_of: 2026-11-23
review: 2027-11-23
sources:
  - title: Verordnung (EU) 2016/679 (DSGVO)
    url: https://eur-lex.europa.eu/eli/reg/2016/679/oj
    accessed: 2026-11-23
changes:
  - month: 2026-11
    text: "Neu: eine Lektion über die Nacht."
  - month: 2025-03
    text: Der Kurs ist neu.
"""

LESSON = """\
---
id: tag
slug: tag
title: Ein Tag
summary: Was bleibt?
minutes: 12
goals: [erkennen]
---

## Sieben Uhr

Lena liest von {term}`Cookies <cookie>` und von {en}`Tracking`. Mehr steht
[auf dieser Seite](page:about).

:::{image} media/tag.svg
alt: Ein Weg durch die Stadt.
:::

:::{single-choice} wetter
question: Womit verdient die App Geld?
options:
  - text: Mit Schirmen
    feedback: Nein, das wäre ein Laden.
  - text: Mit **Werbung**
    correct: true
    feedback: Ja.
goal: erkennen
:::
"""

SECOND = """\
---
id: nacht
slug: nacht
title: Eine Nacht
minutes: 8
draft_notice: Die Zahlen werden noch geprüft.
as_of: 2026-12-24
---

Auch nachts entstehen Spuren, siehe [den Tag](lesson:spuren/tag).
"""

ENGLISH_COURSE = """\
format: 1
kind: course
id: spuren
slug: traces
locale: en
title: Traces on the net
summary: Which traces a day leaves.
goals:
  - id: erkennen
    text: I can recognise traces.
image_alt: A street in Hellingen.
draft_notice: Draft, not yet reviewed.
"""

ENGLISH_LESSON = """\
---
id: tag
slug: day
title: One day
summary: What remains?
---

Lena reads about {term}`cookies <cookie>`.

:::{single-choice} wetter
question: How does the app earn money?
options:
  - text: With umbrellas
    feedback: No, that would be a shop.
  - text: With ads
    correct: true
    feedback: Yes.
goal: erkennen
:::
"""

GLOSSARY = """\
- id: cookie
  term: Cookie
  short: Ein kleiner Text im Browser.
  more: |
    Websites lesen ihn **später** wieder.

    Mehr steht auf [dieser Seite](page:about).
  see: [tracking]
- id: tracking
  term: Tracking
  short: Das Beobachten von Menschen.
"""


def page(page_id, kind="standard", body="Text.", extra=""):
    """Return a page of the site."""
    return (
        f"---\nid: {page_id}\npage: {kind}\nslug: {page_id}\n"
        f"title: Seite {page_id}\n{extra}---\n\n{body}\n"
    )


class Folder:
    """A package on disk; ``edit`` replaces words that must be there."""

    def __init__(self, root: Path, files: dict[str, str | bytes]) -> None:
        self.root = root
        for name, content in files.items():
            self.write(name, content)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        (self.root / name).unlink()


@pytest.fixture(autouse=True)
def german():
    """Speak German, as the commands do."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    """Keep the files of a test apart."""
    settings.MEDIA_ROOT = tmp_path / "stored"
    return settings.MEDIA_ROOT


def write_site(root: Path) -> Folder:
    """Return the site's package in German and English."""
    german_head = "format: 1\nkind: site\nid: site\nlocale: de\n"
    return Folder(
        root / "_site",
        {
            "site.yaml": german_head,
            "home.md": page(
                "home", "home", extra="headline: Willkommen\nclaim: selbst lernen\n"
            ),
            "courses.md": page("courses", "courses"),
            "glossary.md": page("glossary", "glossary"),
            "about.md": page("about"),
            "glossary.yaml": GLOSSARY,
            "en/site.yaml": german_head.replace(": de", ": en"),
            "en/home.md": page("home", "home", extra="claim: learn\n").replace(
                "slug: home", "slug: home-en"
            ),
            "en/courses.md": page("courses", "courses"),
        },
    )


def write_course(root: Path) -> Folder:
    """Return a course of two lessons; the first also in English."""
    return Folder(
        root / "spuren",
        {
            "course.yaml": COURSE,
            "01-tag.md": LESSON,
            "01-tag.teacher.md": "## Ablauf\n\n- ankommen\n- lesen\n",
            "01-tag.worksheet.md": ":::{lines} 4\n:::\n",
            "02-nacht.md": SECOND,
            "media/titel.svg": DRAWING.format(n=1),
            "media/tag.svg": DRAWING.format(n=2),
            "en/course.yaml": ENGLISH_COURSE,
            "en/01-tag.md": ENGLISH_LESSON,
        },
    )


@pytest.fixture
def site(tmp_path):
    """The site's package, to be changed."""
    return write_site(tmp_path)


@pytest.fixture
def course(tmp_path):
    """The course, to be changed."""
    return write_course(tmp_path)


@pytest.fixture
def imported(db, site, course):
    """Both packages in the CMS."""
    return import_packages([site.root, course.root])


@pytest.fixture(scope="module")
def import_for_all(module_rows, tmp_path_factory):
    """What came of importing both packages for all tests of a module, and the files."""
    root = tmp_path_factory.mktemp("packages")
    packages = [write_site(root).root, write_course(root).root]
    stored = override_settings(MEDIA_ROOT=root / "stored")
    with module_rows.unblock(), stored, translation.override("de"):
        return import_packages(packages), root / "stored"


@pytest.fixture
def imported_once(db, import_for_all, media_root):
    """Both packages in the CMS, in a module whose tests all begin with them."""
    outcome, stored = import_for_all
    shutil.copytree(stored, media_root)
    return outcome


@pytest.fixture
def problems_of(db, tmp_path):
    """Return a function that checks packages and gives their problems as lines."""

    def check(*folders, draft=False):
        try:
            check_packages([folder.root for folder in folders], draft=draft)
        except PackageError as error:
            return [
                str(problem).removeprefix(f"{tmp_path}/") for problem in error.problems
            ]
        return []

    return check
