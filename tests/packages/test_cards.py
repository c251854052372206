"""Step cards: one file of the site, linked by id in texts."""

import pytest
from django.core.management import call_command
from wagtail.models import ReferenceIndex

from content.memory import forget_all
from content.models import Source, StepCard
from courses.packages.exporter import export_course, export_site
from courses.packages.importer import check_packages, import_packages
from courses.packages.problems import PackageError

SOURCES = "- id: hilfe\n  title: Hilfe des Herstellers\n"
CARDS = """\
- id: standort
  title: Standort ausschalten
  summary: Apps erfahren dann nicht, wo das Handy ist.
  as_of: 2026-11-27
  review: 2027-05-27
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
- id: werbe-id
  title: Werbe-Kennung löschen
  summary: Apps erkennen das Handy dann nicht daran.
  as_of: 2026-11-27
  review: 2027-05-27
  variants:
    - system: android
      steps:
        - Auf **Werbung** tippen.
"""
ENGLISH = """\
- id: standort
  title: Turn off location
  summary: Apps do not learn where the phone is.
  variants:
    - system: android
      steps:
        - Open **Settings**.
"""
LINKING = "\nErst [den Standort ausschalten](card:standort).\n"


@pytest.fixture(autouse=True)
def clean_slate():
    """Start each test with an empty memory."""
    forget_all()
    yield
    forget_all()


@pytest.fixture
def linking(course, site):
    """A site with step cards and a course that links one."""
    site.write("sources.yaml", SOURCES)
    site.write("cards.yaml", CARDS)
    site.write("en/cards.yaml", ENGLISH)
    lesson = (course.root / "02-nacht.md").read_text(encoding="utf-8")
    course.write("02-nacht.md", lesson + LINKING)
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


def test_a_lesson_leads_to_the_card(db, client, site, linking):
    both(site, linking)

    lesson = client.get("/kurse/spuren/nacht/").content.decode()
    card = client.get("/handgriffe/standort/").content.decode()

    assert 'href="/handgriffe/standort/"' in lesson
    assert 'href="/courses/spuren/tag/"' in card
    assert 'href="/handgriffe/werbe-id/"' in card
    assert "Hilfe des Herstellers" in card
    english = client.get("/en/handgriffe/standort/").content.decode()
    assert "<h1>Turn off location</h1>" in english


def test_a_second_import_changes_nothing(db, site, linking):
    both(site, linking)
    rows = list(StepCard.objects.order_by("pk").values())

    outcome = both(site, linking)

    assert (outcome.created, outcome.updated, outcome.left) == ([], [], [])
    assert outcome.notices == []
    assert list(StepCard.objects.order_by("pk").values()) == rows


def test_cards_come_out_as_they_were_written(db, site, linking, tmp_path):
    both(site, linking)

    export_site(path=tmp_path / "aus" / "_site")
    export_course(slug="spuren", path=tmp_path / "aus" / "spuren")

    assert (tmp_path / "aus/_site/cards.yaml").read_text("utf-8") == CARDS
    assert (tmp_path / "aus/_site/en/cards.yaml").read_text("utf-8") == ENGLISH
    assert (tmp_path / "aus/spuren/02-nacht.md").read_text("utf-8").endswith(LINKING)


def test_a_changed_card_touches_no_page(db, client, site, linking):
    both(site, linking)
    site.edit("cards.yaml", "Auf **Standort** tippen", "Auf **Ortung** tippen")

    outcome = both(site, linking)

    assert outcome.updated == []
    html = client.get("/handgriffe/standort/").content.decode()
    assert "<b>Ortung</b>" in html


def test_lessons_and_cards_count_as_uses(db, site, linking):
    both(site, linking)
    rows = StepCard.objects.originals()
    location, advertising = rows.get(key="standort"), rows.get(key="werbe-id")

    def users(row):
        uses = ReferenceIndex.get_references_to(row)
        return {use.content_type.model for use in uses}

    assert users(location) == {"lessonpage"}
    assert users(advertising) == {"stepcard"}
    assert users(Source.objects.originals().get(key="hilfe")) == {"stepcard"}


def test_an_unknown_card_is_named_with_its_line_and_the_nearest(db, site, linking):
    linking.edit("02-nacht.md", "card:standort", "card:standrot")

    lines = (linking.root / "02-nacht.md").read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, start=1) if "standrot" in line)
    assert problems(site.root, linking.root) == [
        f"spuren/02-nacht.md:{number}: Es gibt keinen Handgriff „standrot“ in "
        "_site/cards.yaml. Vielleicht ist „standort“ gemeint."
    ]


def test_a_card_names_only_sources_and_cards_that_exist(db, site, linking):
    site.edit("cards.yaml", "card:werbe-id", "card:werbung")
    site.edit("cards.yaml", "sources: [hilfe]", "sources: [hilfen]")

    found = problems(site.root, linking.root)

    assert [line.partition(": ")[0] for line in found] == [
        "_site/cards.yaml:12",
        "_site/cards.yaml:16",
    ]


def test_a_course_is_checked_with_the_cards_beside_it(db, site, linking):
    both(site, linking)
    StepCard.objects.all().delete()

    check_packages([linking.root])

    assert any("standort" in each for each in problems(linking.root))


def test_what_was_changed_in_the_cms_is_left(db, site, linking):
    both(site, linking)
    row = StepCard.objects.originals().get(key="standort")
    row.title = "Im CMS geändert"
    row.save()

    outcome = both(site, linking)

    row.refresh_from_db()
    assert row.title == "Im CMS geändert"
    assert any("„standort“" in notice for notice in outcome.notices)
    both(site, linking, take="package")
    row.refresh_from_db()
    assert row.title == "Standort ausschalten"


def test_a_card_that_left_goes_unless_it_is_linked(db, site, linking):
    both(site, linking)
    site.write("cards.yaml", CARDS[: CARDS.index("- id: werbe-id")])
    site.edit("cards.yaml", "[Werbe-Kennung löschen](card:werbe-id)", "Kennung")

    gone = import_packages([site.root])
    site.delete("cards.yaml")
    site.delete("en/cards.yaml")
    stays = import_packages([site.root])

    assert any("werbe-id" in each and "gelöscht" in each for each in gone.notices)
    assert any("standort" in each and "bleibt" in each for each in stays.notices)
    keys = StepCard.objects.originals().values_list("key", flat=True)
    assert list(keys) == ["standort"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  as_of: 2026-11-27\n", "", "Das Feld „as_of“ fehlt"),
        ("system: ios", "system: symbian", "„symbian“"),
        ("- id: werbe-id", "- id: standort", "Der Handgriff „standort“ steht doppelt"),
        ("        - Auf **Werbung** tippen.\n", "", "„steps“"),
    ],
)
def test_a_card_that_lacks_something_is_refused(db, site, linking, old, new, message):
    site.edit("cards.yaml", old, new)

    assert any(message in each for each in problems(site.root))


def test_a_broken_list_is_refused(db, site):
    site.write("cards.yaml", "id: a\n")

    assert any("Handgriffe sind eine Liste" in each for each in problems(site.root))


def test_a_translation_of_no_card_is_refused(db, site, linking):
    site.edit("en/cards.yaml", "id: standort", "id: fremd")

    (found,) = problems(site.root)

    assert found.startswith("_site/en/cards.yaml:1:")
    assert "„fremd“" in found


def test_a_card_past_its_day_is_told(db, site, linking, capsys):
    site.edit("cards.yaml", "as_of: 2026-11-27\n", "as_of: 2019-07-01\n")
    site.edit("cards.yaml", "review: 2027-05-27\n", "review: 2020-01-01\n")

    call_command("check_course", str(site.root), str(linking.root))

    told = [
        line for line in capsys.readouterr().out.split("\n") if "2020-01-01" in line
    ]
    assert any("_site/cards.yaml:1:" in line for line in told)
    assert any("spuren/02-nacht.md:" in line for line in told)
