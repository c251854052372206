"""What texts share: sources and step cards, files of the site, named by id in texts."""

import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, ReferenceIndex

from content.memory import forget_all
from content.models import Source, StepCard
from courses.models import CoursePage
from courses.packages.exporter import export_course, export_site
from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError

from .conftest import write_course, write_site

DAY = date(2026, 11, 23)
SOURCES = """\
- id: dsgvo
  title: Verordnung (EU) 2016/679 (DSGVO)
  publisher: Europäische Union
  url: https://eur-lex.europa.eu/eli/reg/2016/679/oj
  accessed: 2026-11-23
  review: 2027-11-23
- id: hilfe
  title: Hilfe des Herstellers
"""
UNUSED_SOURCE = """\
- id: studie
  title: Eine Studie
"""
ENGLISH_SOURCES = """\
- id: dsgvo
  title: Regulation (EU) 2016/679 (GDPR)
"""


def card(key, title, summary, place):
    """Return a card of one step."""
    return f"""\
- id: {key}
  title: {title}
  summary: {summary}
  as_of: 2026-11-23
  review: 2027-05-23
  variants:
    - system: android
      steps:
        - Auf **{place}** tippen.
"""


CARDS = """\
- id: standort
  title: Standort ausschalten
  summary: Apps erfahren dann nicht, wo das Handy ist.
  as_of: 2026-11-23
  review: 2027-05-23
  variants:
    - system: android
      version: Android 16
      steps:
        - Die **Einstellungen** öffnen.
        - Auf **Standort** tippen, mehr dazu [am Tag](lesson:spuren/tag).
      note: Danach die [Werbe-Kennung löschen](card:werbe-id).
    - system: ios
      steps:
        - Auf **Einstellungen** tippen.
  sources: [hilfe]
""" + card(
    "werbe-id",
    "Werbe-Kennung löschen",
    "Apps erkennen das Handy dann nicht daran.",
    "Werbung",
)
UNUSED_CARD = card(
    "zugang", "Das System erneuern", "Bekannte Lücken sind dann zu.", "System"
)
ENGLISH_CARDS = """\
- id: standort
  title: Turn off location
  summary: Apps do not learn where the phone is.
  variants:
    - system: android
      steps:
        - Open **Settings**.
"""
CITING = """
Erst [den Standort ausschalten](card:standort).

:::{sources}
items:
  - shared: dsgvo
  - shared: dsgvo
    title: DSGVO
    place: Artikel 15
    note: Das Recht auf Auskunft.
  - title: Nur hier
:::

:::{quote}
---
shared: dsgvo
place: Artikel 1
---
Jede Person hat Rechte.
:::
"""


@dataclass(frozen=True)
class Kind:
    """One kind of what texts share; the second lesson names the row of ``entry``."""

    model: type
    name: str
    entry: str
    title: str
    #: All that the file holds, the entry that no text names, and the English file.
    written: str
    unused: str
    english: str
    #: How German sentences about a row begin, and those about the list.
    row_words: str
    list_words: str

    @property
    def file(self):
        """The name of its file."""
        return f"{self.name}.yaml"

    def row(self, key=""):
        """Return a German row."""
        return self.model.objects.originals().get(key=key or self.entry)

    def keys(self):
        """Return the ids of all German rows."""
        return set(self.model.objects.originals().values_list("key", flat=True))


KINDS = [
    Kind(
        Source,
        "sources",
        "dsgvo",
        "Verordnung (EU) 2016/679 (DSGVO)",
        SOURCES + UNUSED_SOURCE,
        UNUSED_SOURCE,
        ENGLISH_SOURCES,
        "Die Quelle",
        "Gemeinsame Quellen",
    ),
    Kind(
        StepCard,
        "cards",
        "standort",
        "Standort ausschalten",
        CARDS + UNUSED_CARD,
        UNUSED_CARD,
        ENGLISH_CARDS,
        "Der Handgriff",
        "Handgriffe",
    ),
]
UNUSED = {"sources": "studie", "cards": "zugang"}


@pytest.fixture(autouse=True)
def clean_slate():
    """Start each test with an empty memory."""
    forget_all()
    yield
    forget_all()


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request):
    """Each kind of what texts share."""
    return request.param


def name_shared(site, course):
    """Give a site sources and step cards, and name some of them in a course."""
    for each in KINDS:
        site.write(each.file, each.written)
        site.write(f"en/{each.file}", each.english)
    lesson = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.write("02-nacht.md", lesson + CITING)
    course.edit("course.yaml", "sources:\n", "sources:\n  - shared: dsgvo\n")


@pytest.fixture
def citing(course, site):
    """A site with sources and step cards, and a course that names some of them."""
    name_shared(site, course)
    return course


@pytest.fixture(scope="module")
def imported_for_all(module_rows, tmp_path_factory):
    """Import both packages for all tests of the module; return the stored files."""
    root = tmp_path_factory.mktemp("packages")
    site, course = write_site(root), write_course(root)
    name_shared(site, course)
    stored = override_settings(MEDIA_ROOT=root / "stored")
    with module_rows.unblock(), stored, translation.override("de"):
        both(site, course)
    return root / "stored"


@pytest.fixture(autouse=True)
def standing(db, imported_for_all, media_root):
    """What ``site`` and ``citing`` hold stands in the CMS before each test."""
    shutil.copytree(imported_for_all, media_root)


def both(site, course, **options):
    return import_packages([site.root, course.root], **options)


def problems(*paths):
    with pytest.raises(PackageError) as refused:
        import_packages(list(paths))
    return [
        str(problem).removeprefix(f"{paths[0].parent}/")
        for problem in refused.value.problems
    ]


def line_of(folder, file, words):
    lines = (folder.root / file).read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def change_in_cms(row):
    row.title = "Im CMS geändert"
    row.save()


def leave(site, kind):
    """Take the entry that no text names out of its file."""
    site.write(kind.file, kind.written.removesuffix(kind.unused))
    return UNUSED[kind.name]


def test_a_second_import_changes_nothing(db, site, citing, kind):
    rows = list(kind.model.objects.order_by("pk").values())

    outcome = both(site, citing)

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])
    assert outcome.notices == []
    assert list(kind.model.objects.order_by("pk").values()) == rows


def test_rows_come_out_as_they_were_written(db, site, citing, kind, tmp_path):
    export_site(path=tmp_path / "aus" / "_site")
    export_course(slug="spuren", path=tmp_path / "aus" / "spuren")

    assert (tmp_path / "aus/_site" / kind.file).read_text("utf-8") == kind.written
    assert (tmp_path / "aus/_site/en" / kind.file).read_text("utf-8") == kind.english
    lesson = (tmp_path / "aus/spuren/02-nacht.md").read_text("utf-8")
    assert lesson.endswith(CITING)
    course = (tmp_path / "aus/spuren/course.yaml").read_text("utf-8")
    assert "sources:\n  - shared: dsgvo\n  - title:" in course


def test_a_course_is_checked_with_the_site_beside_it(db, site, citing, kind):
    kind.model.objects.all().delete()

    check_packages([citing.root])

    assert any(kind.entry in each for each in problems(citing.root))


def test_what_was_changed_in_the_cms_is_left(db, site, citing, kind):
    change_in_cms(kind.row())

    outcome = both(site, citing)

    assert kind.row().title == "Im CMS geändert"
    (notice,) = outcome.notices
    assert notice.startswith(f"{kind.row_words} „{kind.entry}“ (de) wurde im CMS")
    both(site, citing, take="package")
    assert kind.row().title == kind.title


def test_what_left_the_package_goes(db, site, citing, kind):
    days = {kind.model.looked: DAY}
    german = Locale.objects.get(language_code="de")
    kind.model.objects.create(key="aus-dem-cms", title="C", locale=german, **days)
    before, unused = kind.keys(), leave(site, kind)

    outcome = import_packages([site.root])

    assert kind.keys() == before - {unused}
    assert outcome.notices == [
        f"{kind.row_words} „{unused}“ (de) steht nicht mehr im Paket und wurde "
        "gelöscht."
    ]


def test_what_leaves_together_with_its_last_use_goes_at_once(db, site, citing, kind):
    for each in KINDS:
        site.delete(each.file)
        site.delete(f"en/{each.file}")
    citing.edit("02-nacht.md", CITING, "")
    citing.edit("course.yaml", "  - shared: dsgvo\n", "")

    outcome = both(site, citing)

    assert kind.keys() == set()
    assert not [each for each in outcome.notices if "bleibt" in each]


def test_what_texts_name_outlasts_its_entry(db, site, citing, kind):
    site.delete(kind.file)
    site.delete(f"en/{kind.file}")

    outcome = import_packages([site.root])

    assert kind.entry in kind.keys()
    start = f"{kind.row_words} „{kind.entry}“ (de) steht nicht mehr im Paket und bleibt"
    assert any(each.startswith(start) for each in outcome.notices)


def test_what_an_editor_changed_outlasts_its_entry(db, site, citing, kind):
    change_in_cms(kind.row(UNUSED[kind.name]))
    unused = leave(site, kind)

    outcome = import_packages([site.root])

    assert kind.row(unused).title == "Im CMS geändert"
    (notice,) = outcome.notices
    assert notice.startswith(f"{kind.row_words} „{unused}“ (de) steht nicht mehr")
    assert "bleibt wegen einer Änderung im CMS" in notice
    import_packages([site.root], take="package")
    assert unused not in kind.keys()


def test_a_draft_changes_nothing_that_readers_see(db, site, citing, kind):
    unused = leave(site, kind)
    site.edit(kind.file, f"title: {kind.title}", "title: Neu im Paket")

    outcome = import_packages([site.root], draft=True)

    assert kind.row().title == kind.title
    assert unused in kind.keys()
    assert outcome.notices == [
        "Quellen, Handgriffe und Begriffe haben keinen Entwurf. Erst ein Import ohne "
        "--draft schreibt sie, hier: 1."
    ]
    import_packages([site.root])
    assert kind.row().title == "Neu im Paket"
    assert unused not in kind.keys()


def test_a_broken_list_is_refused(db, site, kind):
    site.write(kind.file, "id: a\n")

    found = problems(site.root)

    assert any(f"{kind.list_words} sind eine Liste" in each for each in found)


def test_an_id_that_stands_twice_is_refused(db, site, citing, kind):
    site.write(kind.file, kind.written + kind.unused)

    words = f"{kind.row_words} „{UNUSED[kind.name]}“ steht doppelt"
    assert any(words in each for each in problems(site.root))


def test_a_translation_of_nothing_is_refused(db, site, citing, kind):
    site.edit(f"en/{kind.file}", f"id: {kind.entry}", "id: fremd")

    (found,) = problems(site.root)

    assert found.startswith(f"_site/en/{kind.file}:1:")
    assert "„fremd“" in found


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(-1, False), (0, True), (1, True)],
    ids=["before", "the day itself", "after"],
)
def test_what_has_come_to_its_day_is_told(
    db, site, citing, kind, capsys, days, is_told
):
    written = (site.root / kind.file).read_text("utf-8")
    review = date.fromisoformat(re.search(r"review: (\S+)", written)[1])

    with time_machine.travel(review + timedelta(days=days)):
        call_command("check_course", str(site.root), str(citing.root))

    lines = capsys.readouterr().out.split("\n")
    told = [line for line in lines if review.isoformat() in line and kind.entry in line]
    places = {line.split(":")[0].rpartition("/")[2] for line in told}
    where_named = {"sources": "course.yaml", "cards": "02-nacht.md"}[kind.name]
    assert places == ({kind.file, where_named} if is_told else set())


def test_lessons_and_courses_show_the_shared_source(db, client, site, citing):
    lesson = client.get("/kurse/spuren/nacht/").content.decode()
    course = client.get("/kurse/spuren/").content.decode()

    link = (
        '<a href="https://eur-lex.europa.eu/eli/reg/2016/679/oj" '
        'rel="external noopener">{}</a>'
    )
    assert link.format("Verordnung (EU) 2016/679 (DSGVO)") in lesson
    assert link.format("DSGVO, Artikel 15") in lesson
    assert link.format("Verordnung (EU) 2016/679 (DSGVO)") in course


def test_a_translated_source_keeps_its_words_and_takes_the_rest(
    db, client, site, citing
):
    course = client.get("/en/kurse/traces/").content.decode()

    assert (
        '<a href="https://eur-lex.europa.eu/eli/reg/2016/679/oj" '
        'rel="external noopener">Regulation (EU) 2016/679 (GDPR)</a>'
    ) in course


def test_a_lesson_leads_to_the_card(db, client, site, citing):
    lesson = client.get("/kurse/spuren/nacht/").content.decode()
    card = client.get("/handgriffe/standort/").content.decode()

    assert 'href="/handgriffe/standort/"' in lesson
    assert 'href="/courses/spuren/tag/"' in card
    assert 'href="/handgriffe/werbe-id/"' in card
    assert "Hilfe des Herstellers" in card
    english = client.get("/en/handgriffe/standort/").content.decode()
    assert "<h1>Turn off location</h1>" in english


@pytest.mark.parametrize(
    ("file", "old", "new", "address"),
    [
        ("sources.yaml", "679 (DSGVO)", "679 von 2027", "/kurse/spuren/nacht/"),
        ("cards.yaml", "**Standort** ", "**Ortung** ", "/handgriffe/standort/"),
    ],
)
def test_a_changed_row_touches_no_page(
    db, client, site, citing, file, old, new, address
):
    site.edit(file, old, new)

    outcome = both(site, citing)

    assert outcome.updated == []
    assert new.strip("* ") in client.get(address).content.decode()


def test_courses_count_as_uses_of_sources(db, admin_client, site, citing):
    law = Source.objects.originals().get(key="dsgvo")

    html = admin_client.get(
        reverse("wagtailsnippets_content_source:usage", args=[law.pk])
    ).content.decode()

    for page in CoursePage.objects.filter(locale__language_code="de"):
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_lessons_and_cards_count_as_uses(db, site, citing):
    cards = StepCard.objects.originals()

    def users(row):
        uses = ReferenceIndex.get_references_to(row)
        return {use.content_type.model for use in uses}

    assert users(cards.get(key="standort")) == {"lessonpage"}
    assert users(cards.get(key="werbe-id")) == {"stepcard"}
    assert users(Source.objects.originals().get(key="hilfe")) == {"stepcard"}


def test_a_page_that_leads_to_a_card_by_a_tile_counts_as_its_use(db, site, citing):
    tile = "items:\n  - title: Neu\n    text: Neu\n    link: card:zugang\n"
    about = (site.root / "about.md").read_text("utf-8")
    site.write("about.md", f"{about}\n:::{{cards}}\n{tile}:::\n")
    both(site, citing)

    card = StepCard.objects.originals().get(key="zugang")
    (use,) = ReferenceIndex.get_references_to(card)
    assert use.content_type.model == "standardpage"


@pytest.mark.parametrize(
    ("file", "old", "message"),
    [
        (
            "sources.yaml",
            "shared: dsgvo\n    title",
            "Es gibt keine gemeinsame Quelle „falsch“ in _site/sources.yaml.",
        ),
        (
            "cards.yaml",
            "card:standort",
            "Es gibt keinen Handgriff „falsch“ in _site/cards.yaml.",
        ),
    ],
)
def test_what_does_not_exist_is_named_with_its_line(
    db, site, citing, file, old, message
):
    right = "dsgvo" if file == "sources.yaml" else "standort"
    citing.edit("02-nacht.md", old, old.replace(right, "falsch"))

    number = line_of(citing, "02-nacht.md", "falsch")
    assert problems(site.root, citing.root) == [
        f"spuren/02-nacht.md:{number}: {message}"
    ]


def test_the_nearest_card_is_named(db, site, citing):
    citing.edit("02-nacht.md", "card:standort", "card:standrot")

    (found,) = problems(site.root, citing.root)

    assert found.endswith("Vielleicht ist „standort“ gemeint.")


def test_an_unknown_source_of_a_course_is_named(db, site, citing):
    citing.edit("course.yaml", "shared: dsgvo", "shared: dsvgo")

    assert any("course.yaml:" in each for each in problems(site.root, citing.root))


def test_a_card_names_only_sources_and_cards_that_exist(db, site, citing):
    site.edit("cards.yaml", "card:werbe-id", "card:werbung")
    site.edit("cards.yaml", "sources: [hilfe]", "sources: [hilfen]")

    found = problems(site.root, citing.root)

    assert [line.partition(": ")[0] for line in found] == [
        "_site/cards.yaml:12",
        "_site/cards.yaml:16",
    ]


def test_an_entry_without_any_source_is_refused(db, site, citing):
    citing.edit("02-nacht.md", "  - title: Nur hier\n", "  - publisher: Wer\n")

    (found,) = problems(site.root, citing.root)

    assert "gemeinsame Quelle wählen" in found


def test_without_a_day_a_source_is_read_again_after_a_year(db, site, citing):
    site.edit("sources.yaml", "  review: 2027-11-23\n", "")

    both(site, citing)

    assert Source.objects.originals().get(key="dsgvo").review == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("- id: a\n", "„title“"),
        ("- a\n", "Ein Eintrag hat die Felder id, title."),
    ],
)
def test_a_source_that_lacks_something_is_refused(db, site, written, message):
    site.write("sources.yaml", written)

    assert any(message in each for each in problems(site.root))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  as_of: 2026-11-23\n", "", "Das Feld „as_of“ fehlt"),
        ("system: ios", "system: symbian", "„symbian“"),
        ("        - Auf **Werbung** tippen.\n", "", "„steps“"),
    ],
)
def test_a_card_that_lacks_something_is_refused(db, site, citing, old, new, message):
    site.edit("cards.yaml", old, new)

    assert any(message in each for each in problems(site.root))
